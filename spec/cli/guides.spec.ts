import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { runCommandLine } from '../../src/cli/runCommandLine'

// Every `console` block of a page runs: what stands below its `$` is what the command prints, on both streams in order, and how it
// ends. A page has its own files as `yaml` blocks that begin with their name (`# rollout.yaml`); others are those of an example.

const root = fileURLToPath(new URL('../..', import.meta.url))
const docs = join(root, 'docs')
const example = join(root, 'examples/11-commands')
const own = mkdtempSync(join(tmpdir(), 'rollout-engine-guides-'))
afterAll(() => rmSync(own, { recursive: true }))

interface Shown {
  readonly page: string
  readonly words: readonly string[]
  readonly printed: string
}

const pages = ['start.md', 'concepts.md', ...readdirSync(join(docs, 'guides')).map((name) => `guides/${name}`)]

/** The files that a page shows, and where they are. */
function filesOf(page: string, text: string): Readonly<Record<string, string>> {
  const blocks = [...text.matchAll(/^```yaml\n# (\S+\.yaml)\n([\s\S]*?)^```$/gm)]
  return Object.fromEntries(
    blocks.map(([, name = '', content = '']) => {
      const path = join(own, page, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
      return [name, path]
    }),
  )
}

const shown: readonly Shown[] = pages.flatMap((page) => {
  const text = readFileSync(join(docs, page), 'utf8')
  const files = filesOf(page, text)
  const path = (word: string): string => files[word] ?? (word.endsWith('.yaml') ? join(example, word) : word)
  return [...text.matchAll(/^```console\n\$ rollout-engine (.*)\n([\s\S]*?)```$/gm)].map(
    ([, line = '', printed = '']) => ({
      page,
      words: line.split(' ').map((word) => path(word.replace(/^'(.*)'$/, '$1'))),
      printed,
    }),
  )
})

afterEach(() => {
  vi.restoreAllMocks()
})

test('pages show commands', () => expect(shown.length).toBeGreaterThan(11))

test.for(shown)('$page: $words', ({ words, printed }) => {
  let said = ''
  const keep = (text: string | Uint8Array): boolean => {
    said += text
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  vi.spyOn(process.stderr, 'write').mockImplementation(keep)
  const code = runCommandLine(words)
  // Pages have no blanks at the ends of lines.
  const lines = said.trimEnd().replace(/ +$/gm, '')
  expect(`${lines}\n${code === 0 ? '' : `[exit code ${code}]\n`}`).toBe(printed)
})
