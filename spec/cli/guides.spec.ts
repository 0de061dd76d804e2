import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { runCommandLine } from '../../src/cli/runCommandLine'

// Every `console` block of a guide runs: what stands below its `$` is what the command prints, on both streams in order, and how it ends.

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'examples/11-commands')

interface Shown {
  readonly page: string
  readonly words: readonly string[]
  readonly printed: string
}

const shown: readonly Shown[] = readdirSync(join(root, 'docs/guides')).flatMap((page) => {
  const text = readFileSync(join(root, 'docs/guides', page), 'utf8')
  return [...text.matchAll(/^```console\n\$ rollout-engine (.*)\n([\s\S]*?)```$/gm)].map(
    ([, line = '', printed = '']) => ({
      page,
      words: line.split(' ').map((word) => word.replace(/^'(.*)'$/, '$1')),
      printed,
    }),
  )
})

afterEach(() => {
  vi.restoreAllMocks()
})

test('guides show commands', () => expect(shown.length).toBeGreaterThan(8))

test.for(shown)('$page: $words', ({ words, printed }) => {
  let said = ''
  const keep = (text: string | Uint8Array): boolean => {
    said += text
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  vi.spyOn(process.stderr, 'write').mockImplementation(keep)
  const code = runCommandLine(words.map((word) => (word.endsWith('.yaml') ? join(folder, word) : word)))
  // Pages have no blanks at the ends of lines.
  const lines = said.trimEnd().replace(/ +$/gm, '')
  expect(`${lines}\n${code === 0 ? '' : `[exit code ${code}]\n`}`).toBe(printed)
})
