import { describe, expect, test } from 'vitest'
import { parseStory, printStory, wordsOf } from '../stories/story'
import { storyFile, storyNames } from '../stories/storyFiles'

// Stories are documentation that the program writes (spec/stories/story.ts): `npm run stories -- --rewrite`.

describe('every story prints what its file says', () => {
  test.for(storyNames())('%s', (name) => {
    const { current, wanted } = storyFile(name)
    expect(wanted()).toBe(current())
  })
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
