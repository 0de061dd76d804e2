import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands } from '../../src/cli/commands'
import { root } from './snippets'

// Every command line of a page that the command line itself does not run (`console` blocks do, see spec/cli/guides.spec.ts) can be
// read: the command and its options exist, with values as they have to be.

const pages = ['README.md', 'start.md', ...readdirSync(join(root, 'docs/guides')).map((name) => `guides/${name}`)]

interface Shown {
  readonly page: string
  readonly line: string
}

const shown: readonly Shown[] = pages.flatMap((page) => {
  const text = readFileSync(join(root, page === 'README.md' ? page : `docs/${page}`), 'utf8')
  const blocks = [...text.matchAll(/^```(?:bash|sh)\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
  const lines = blocks.flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
  return lines.filter((line) => /\brollout-engine [a-z]/.test(line)).map((line) => ({ page, line }))
})

/** The words after `rollout-engine`, as a shell reads them. */
function wordsOf(line: string): string[] {
  const [, after = ''] = /\brollout-engine ((?:'[^']*'|"[^"]*"|\$\([^)]*\)|[^'"|>&])*)/.exec(line) ?? []
  const words: readonly string[] = after.match(/(?:'[^']*'|"[^"]*"|\$\([^)]*\)|\S)+/g) ?? []
  const comment = words.indexOf('#')
  return words.slice(0, comment < 0 ? undefined : comment).map((word) => word.replace(/['"]/g, ''))
}

/** What the command line would complain about. */
function problemOf(words: readonly string[]): string | undefined {
  if (words.includes('--help')) return undefined
  const named = commands
    .filter(({ name }) => name.split(' ').every((word, at) => words[at] === word))
    .sort((a, b) => b.name.length - a.name.length)[0]
  if (!named) return `unknown command: ${words[0]}`
  const read = named.read(words.slice(named.name.split(' ').length))
  return 'problem' in read ? read.problem : undefined
}

test('pages show command lines', () => expect(shown.length).toBeGreaterThan(40))

test.for(shown)('$page: $line', ({ line }) => {
  expect(problemOf(wordsOf(line))).toBeUndefined()
})

test('a wrong one is found', () => {
  expect(problemOf(wordsOf('npx rollout-engine simulate a.yaml --updat web=web:2 # comment'))).toContain('--updat')
  expect(problemOf(wordsOf('npx rollout-engine simulates a.yaml'))).toContain('simulates')
})
