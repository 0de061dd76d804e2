import { describe, expect, test } from 'vitest'
import { parseArguments, secondsOf } from '../../src/cli/arguments'

const simulateArguments = (...words: string[]) => {
  const parsed = parseArguments(['simulate', ...words])
  if (!('simulate' in parsed)) throw new Error(JSON.stringify(parsed))
  return parsed.simulate
}
const problemOf = (...words: string[]) => {
  const parsed = parseArguments(words)
  return 'problem' in parsed ? parsed.problem : undefined
}

describe('the command line', () => {
  test('reads updates, with and without a container, and digests', () => {
    const { events } = simulateArguments('r.yaml', '--update', 'web=repo/app:2@10s', '--update=repo/app@sha256:ab@1m')
    expect(events).toEqual([
      { atSeconds: 10, image: 'repo/app:2', container: 'web' },
      { atSeconds: 60, image: 'repo/app@sha256:ab' },
    ])
  })

  test('takes image= in front as a keyword', () => {
    const { events } = simulateArguments('r.yaml', '--update', 'image=repo/app:2@10s', '--update=image=web=app:3@20s')
    expect(events).toEqual([
      { atSeconds: 10, image: 'repo/app:2' },
      { atSeconds: 20, image: 'app:3', container: 'web' },
    ])
  })

  test('reads commands at times and when paused', () => {
    const { events } = simulateArguments(
      'r.yaml',
      '--at',
      '5m=promote',
      '--at',
      '90=scale:7',
      '--when-paused',
      'promote-full',
    )
    expect(events).toEqual([
      { atSeconds: 300, command: 'promote' },
      { atSeconds: 90, replicas: 7 },
      { whenPaused: true, command: 'promote --full' },
    ])
  })

  test.for([
    [['apply'], 'unknown command "apply"'],
    [['simulate'], 'name a file'],
    [['simulate', '-x'], 'unknown option -x'],
    [['simulate', 'r.yaml', '--at', 'soon=promote'], '--at wants TIME=COMMAND'],
    [['simulate', 'r.yaml', '--at', '5m=fly'], 'unknown command "fly"'],
    [['simulate', 'r.yaml', '--until'], '--until needs a value'],
    [['simulate', 'r.yaml', '--until', '-5s'], '--until wants a time'],
    [['simulate', 'r.yaml', '--format', 'xml'], '--format is table or json'],
    [['simulate', 'r.yaml', '--colour', 'red'], 'unknown option --colour'],
  ] as const)('%j is refused with a reason', ([words, reason]) => {
    expect(problemOf(...words)).toContain(reason)
  })

  test('times are Go durations or seconds', () => {
    expect(['90s', '1h30m', '15', '1.5', 'x', '-1s'].map(secondsOf)).toEqual([90, 5400, 15, 1.5, undefined, undefined])
  })
})
