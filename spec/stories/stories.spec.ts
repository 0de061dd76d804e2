import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { errorTexts, errorTextsOf } from './errorTexts'
import { parseStory, printStory, wordsOf } from './story'
import { storyFile, storyNames } from './storyFiles'

// Stories are documentation that the program writes (spec/stories/story.ts): `npm run stories -- --rewrite`.

describe('every story prints what its file says', () => {
  test.for(storyNames())('%s', (name) => {
    const { current, wanted } = storyFile(name)
    expect(wanted()).toBe(current())
  })
})

test('every room of the Rollout reducer has a story', () => {
  const rollout = new URL('../../src/rollout', import.meta.url)
  const rooms = readdirSync(rollout, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  // Rooms that decide nothing by themselves.
  const machinery = ['facts', 'turn']
  const told = storyNames().map((name) => name.split('/').at(-1)?.split('-')[0])
  const untold = rooms.map(({ name }) => name).filter((name) => !told.includes(name) && !machinery.includes(name))
  expect(untold).toEqual([])
})

describe('a story', () => {
  const text = `Shows it.

==> a/rollout.yaml
kind: Rollout

spec: {}

==> $ rollout-engine get a/rollout.yaml
NAME

==> errors
oh

==> exit code 2

==> $ rollout-engine list
`
  const story = {
    about: 'Shows it.',
    files: { 'a/rollout.yaml': 'kind: Rollout\n\nspec: {}\n' },
    scenes: [
      { command: 'get a/rollout.yaml', output: 'NAME\n', errors: 'oh\n', exitCode: 2 },
      { command: 'list', output: '', errors: '', exitCode: 0 },
    ],
  }

  test('is read and printed', () => {
    expect(parseStory(text)).toEqual(story)
    expect(printStory(story)).toBe(text)
  })

  test('says what it shows, has a command, and has files before the first command', () => {
    expect(() => parseStory('==> $ rollout-engine list\n')).toThrow('what it shows')
    expect(() => parseStory('Text.\n\n==> a.yaml\n')).toThrow('rollout-engine')
    expect(() => parseStory('Text.\n\n==> $ rollout-engine list\n\n==> a.yaml\n')).toThrow('before the first command')
  })

  test('has words with quotes, as a shell reads them', () => {
    expect(wordsOf(`check --step '{"pause": {}}' a="b c" --x ''`)).toEqual([
      'check',
      '--step',
      '{"pause": {}}',
      'a=b c',
      '--x',
      '',
    ])
  })
})

describe('every error of the command line', () => {
  /** Texts that no story shows, and why. */
  const elsewhere = new Map([
    ['rollout-engine: cannot write', 'needs a disk that is full or a file without permission: spec/cli/output.spec.ts'],
    ['no message', 'a part of another text'],
    ['reconciles are read: give a shorter log', 'needs a log of 20,001 lines: spec/cli/hostLog.spec.ts'],
    ['a worker died', 'needs a thread that is killed'],
    ['gitFiles.ts: `rollout-engine: there is no manifest', 'needs a repository: spec/cli/gitFiles.spec.ts'],
    ['bytes that are not UTF-8', 'a story is a text file: spec/cli/files.spec.ts'],
    ['not text, ', 'a story is a text file: spec/cli/files.spec.ts'],
    ['looks like binary data', 'a story is a text file: spec/cli/files.spec.ts'],
  ])
  const shown = storyNames()
    .map((name) => storyFile(name).current())
    .join('\n')

  test('has a story', () => {
    expect(errorTexts().length).toBeGreaterThan(60)
    const missing = errorTexts().filter(({ pattern }) => !pattern.test(shown))
    const known = [...elsewhere.keys()]
    expect(missing.filter(({ name }) => !known.some((text) => name.includes(text))).map(({ name }) => name)).toEqual([])
    expect(known.filter((text) => !missing.some(({ name }) => name.includes(text)))).toEqual([])
  })

  test('is found in the source: what is noted, a problem, or returned as a complaint', () => {
    const code = `
      printNote(\`rollout-engine: no file \${name}\`)
      const read = () => ({ problem: isOld ? 'it is too old' : 'it is too new' })
      const option = { help: 'Some help text.', set: (given, value) => { return \`--x wants a time, not "\${value}"\` } }
      function check(given): string | undefined { return given ? undefined : 'say which file' }
      const title = (): string => 'not an error'
    `
    expect(errorTextsOf('a.ts', code).map(({ pattern }) => pattern.source)).toEqual([
      'rollout-engine: no file .*?',
      'it is too old',
      'it is too new',
      '--x wants a time, not ".*?"',
      'say which file',
    ])
  })
})
