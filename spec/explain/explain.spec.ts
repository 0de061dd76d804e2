import { describe, expect, test } from 'vitest'
import { explain } from '../../src/explain/explain'
import { explanationText } from '../../src/explain/explainText'
import { parseTime } from '../../src/model/time'
import { observedAt, start, stories } from './states'

const storyOf = (name: string) => stories[name] as NonNullable<(typeof stories)[string]>
const known = new Map<string, ReturnType<typeof explain>>()
/** Several tests look at the same second. */
function explained(name: string, second: number): ReturnType<typeof explain> {
  const explanation = known.get(`${name} ${second}`) ?? explain(observedAt(storyOf(name), second))
  known.set(`${name} ${second}`, explanation)
  return explanation
}

describe('explain says', () => {
  test.for([
    ['a pause for a person', 40, 'pause', 'promote', 'CanaryPauseStep: a person to promote'],
    ['a pause for a while', 40, 'pause', 'promote', 'CanaryPauseStep: 90 s to pass'],
    ['pods that never become ready', 60, 'pods', 'abort', /^ReplicaSet fig-\w+: 0 of 2 pods available$/],
    ['pods that never become ready', 900, 'deadline', 'abort', /has timed out progressing/],
    ['blue-green, promoted by a person', 40, 'pause', 'promote', 'BlueGreenPause: a person to promote'],
    ['blue-green, promoted after a while', 40, 'pause', 'promote', 'BlueGreenPause: 45 s to pass'],
    ['an abort', 60, 'aborted', 'retry', 'a retry or another template'],
    ['a pause by hand', 60, 'paused', 'resume', 'a person to resume'],
  ] as const)('%s, in second %i: %s, and that %s ends it', ([name, second, code, command, waitsFor]) => {
    const wait = explained(name, second).waits.find((one) => one.code === code)
    expect(wait).toMatchObject({ object: 'Rollout fig', command, waitsFor: expect.stringMatching(waitsFor) })
  })

  test('which AnalysisRun, and when it measures next', () => {
    const { waits } = explained('an analysis', 20)
    const [own, run] = [waits.find(({ code }) => code === 'analysis'), waits.find(({ code }) => code === 'interval')]
    expect(own?.waitsFor).toMatch(/^AnalysisRun fig-\w+-2-0 to complete$/)
    expect(own?.command).toMatch(/^terminate analysisrun fig-\w+-2-0$/)
    expect(run).toMatchObject({ object: expect.stringMatching(/^AnalysisRun fig-/), clearedBy: 'time' })
  })

  test('when the controller reconciles again by itself, and why', () => {
    const explanation = explained('a pause for a while', 40)
    expect(explanation.wakeUps[0]).toMatchObject({
      object: 'Rollout fig',
      code: 'pauseStepEnds',
      reason: expect.stringMatching(/^pause of step \d ends$/),
    })
    const until = explanation.waits.find(({ code }) => code === 'pause')?.until
    expect(explanation.wakeUps[0]?.at).toBe(until)
    expect(explanationText(explanation)).toContain('the controller reconciles again by itself')
  })

  test('what happens if nobody does anything', () => {
    expect(explained('a pause for a while', 40).ifNobodyActs).toMatchObject({
      outcome: 'healthy',
      sentence: expect.stringMatching(/^after 1m5s all steps done.*Healthy/),
      assumes: ['new pods become ready at once'],
    })
    expect(explained('a pause for a person', 40).ifNobodyActs.sentence).toBe(
      'nothing changes: then it waits for a person (promote)',
    )
  })

  test('nothing where nothing holds it up', () => {
    const explanation = explained('nothing at all', 40)
    expect(explanation.waits).toEqual([])
    expect(explanationText(explanation)).toContain('nothing holds it up')
  })

  test('which version of the controller it speaks of', () => {
    const observation = observedAt({ ...storyOf('an abort that gets stuck'), options: { controller: 'v1.9' } }, 300)
    expect(explain(observation).controller).toBe('v1.9')
    expect(explained('an abort', 60).controller).toBe('v1.10')
  })
})

describe('a circular wait', () => {
  test('is printed as a circle: an abort that never ends (AR#4898)', () => {
    const explanation = explained('an abort that gets stuck', 300)
    expect(explanation.circle).toEqual([
      expect.stringMatching(/^the weight stays at 50% while 4 pods of the aborted revision are available/),
      expect.stringMatching(/^those pods stay for abortScaleDownDelaySeconds/),
      expect.stringMatching(/^the stable revision gets its other 2 pods only as the weight goes down/),
    ])
    expect(explanationText(explanation)).toMatch(/-> 2\.\n.*-> 3\.\n.*-> 1\.\n/)
  })

  test('of two: the weight holds the pods and the pods hold the weight (AR#4841)', () => {
    const { circle, waits } = explained('an abort that keeps its pods and gets stuck', 300)
    expect(circle).toEqual([
      expect.stringMatching(/^the weight stays at 5% while 2 pods of the aborted revision are there/),
      expect.stringMatching(/^those pods stay as long as the revision has any weight/),
    ])
    expect(waits.map(({ code }) => code)).toContain('aborted')
  })

  test.for(['v1.8', 'main'] as const)('is none under %s, which gets out of it', (controller) => {
    const observation = observedAt({ ...storyOf('an abort that gets stuck'), options: { controller } }, 82)
    expect(explain(observation)).not.toHaveProperty('circle')
  })

  test.for(Object.keys(stories).filter((name) => !name.includes('stuck')))('is none in %s', (name) => {
    for (const second of [12, 40, 120]) expect(explained(name, second)).not.toHaveProperty('circle')
  })
})

describe('in every state of every story', () => {
  const seconds = [0, 3, 12, 25, 40, 85, 300]
  const states = Object.keys(stories).flatMap((name) => seconds.map((second) => [name, second] as const))

  test.for(states)('%s, second %i: what is neither healthy nor moving waits for something', ([name, second]) => {
    const { phase, waits } = explained(name, second)
    if (phase !== 'Healthy') expect(waits.length).toBeGreaterThan(0)
  })

  test.for(states)('%s, second %i: what waits until a time waits no longer then', ([name, second]) => {
    for (const { code, since, until } of explained(name, second).waits) {
      if (until === undefined) continue
      const end = (parseTime(until) ?? 0) - (parseTime(start) ?? 0)
      expect(end).toBeGreaterThanOrEqual(second)
      const events = (storyOf(name).events ?? []).filter(({ atSeconds = 0 }) => atSeconds <= second)
      const later = explain(observedAt({ ...storyOf(name), events }, end + 1)).waits.filter(
        (one) => one.code === code && one.since === since,
      )
      expect(later).toEqual([])
    }
  })
})
