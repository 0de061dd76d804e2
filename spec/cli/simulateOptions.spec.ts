import { describe, expect, test } from 'vitest'
import { secondsOf } from '../../src/cli/commandLine/common'
import { readGiven } from '../../src/cli/commandLine/readWords'
import { simulateDefinition } from '../../src/cli/commands/simulate'

const simulateArguments = (...words: string[]) => {
  const read = readGiven(simulateDefinition, words)
  if (!('given' in read)) throw new Error(JSON.stringify(read))
  return read.given
}
const problemOf = (...words: string[]) => {
  const read = readGiven(simulateDefinition, words)
  return 'problem' in read ? read.problem : undefined
}

describe('the command line', () => {
  test('says what was probably meant', () => {
    expect(problemOf('r.yaml', '--updat', 'x')).toBe('unknown option --updat: did you mean --update?')
    expect(problemOf('r.yaml', '--at', '5m=promot')).toBe('unknown command "promot": did you mean promote?')
    expect(problemOf('r.yaml', '--zzzzzzzzzzzz', 'x')).toBe('unknown option --zzzzzzzzzzzz')
  })

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

  test('reads what metrics measure: phases, values, lists; said again, a metric goes on', () => {
    const { series, seriesFiles } = simulateArguments(
      'r.yaml',
      '--measure=rate=Successful,0.4',
      '--measure',
      'rate=[0.9,0.95], error: timeout',
      '--series',
      'rates.csv',
    )
    expect(series).toEqual({
      rate: [{ phase: 'Successful' }, { value: 0.4 }, { value: [0.9, 0.95] }, { error: 'timeout' }],
    })
    expect(seriesFiles).toEqual([{ file: 'rates.csv' }])
  })

  test('reads parts of the world that act by themselves', () => {
    const words = ['--crash-loop', 'reg/shop@sha256:ab@45s', '--quota=5', '--load', 'load.csv', '--sync=10m']
    const given = simulateArguments('r.yaml', '--ready-after', '10s..40s', '--requests-per-pod=2.5', ...words)
    expect(given.models.map(({ name }) => name)).toEqual(['crash loop', 'quota'])
    expect(given.models[0]?.pod?.(null, { atSeconds: 0, images: ['reg/shop@sha256:ab'], number: 1 })).toEqual({
      crashAfterSeconds: 45,
    })
    expect(given).toMatchObject({ readyAfterSeconds: 10, readyAtMostSeconds: 40, load: 'load.csv' })
    expect(given).toMatchObject({ requestsPerPod: 2.5, syncSeconds: 600 })
    const wrong = [
      ['--ready-after', '40s..10s'],
      ['--crash-loop', 'shop:2'],
      ['--quota', 'five'],
      ['--requests-per-pod', '0'],
      ['--sync', '0s'],
    ] as const
    for (const [option, value] of wrong)
      expect(problemOf('r.yaml', option, value)).toMatch(new RegExp(`^${option} wants`))
  })

  test('reads how the router behaves', () => {
    expect(simulateArguments('r.yaml', '--router-lies', '--router-refuses', '40s-2m')).toMatchObject({
      routerLies: true,
      routerRefuses: { fromSeconds: 40, untilSeconds: 120 },
    })
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
    [[], 'name a file'],
    [['-x'], 'unknown option -x'],
    [['r.yaml', '--at', 'soon=promote'], '--at wants TIME=COMMAND'],
    [['r.yaml', '--at', '5m=fly'], 'unknown command "fly"'],
    [['r.yaml', '--until'], '--until needs a value'],
    [['r.yaml', '--until', '-5s'], '--until wants a time'],
    [['r.yaml', '--output', 'xml'], '--output is table, chart, json, svg, mermaid, csv or markdown'],
    [['r.yaml', '--colour', 'red'], 'unknown option --colour'],
    [['r.yaml', '--measure', 'rate'], '--measure wants METRIC=ITEM,...'],
    [['r.yaml', '--measure', 'rate='], '--measure wants METRIC=ITEM,...'],
    [['r.yaml', '--router-refuses', '2m-40s'], '--router-refuses wants FROM-TO'],
  ] as const)('%j is refused with a reason', ([words, reason]) => {
    expect(problemOf(...words)).toContain(reason)
  })

  test('times are durations, with days and weeks, or seconds', () => {
    expect(['90s', '1h30m', '15', '1.5', 'x', '-1s'].map(secondsOf)).toEqual([90, 5400, 15, 1.5, undefined, undefined])
    expect(['1d', '1w', '1w2d12h', '0d'].map(secondsOf)).toEqual([86_400, 604_800, 820_800, 0])
    expect(['', '1d2', '2days', '1.5d', '1h1d', 'd'].map(secondsOf)).toEqual(Array(6).fill(undefined))
  })
})
