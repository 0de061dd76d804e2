import { describe, expect, test } from 'vitest'
import { reconcileAnalysisRun } from '../../src/analysis/reconcileAnalysisRun'
import { blockerText } from '../../src/model/blockerText'
import { at, measured, messages, metric, play, reconcile, runOf, start } from './host'

const silent = () => ({})
const succeeds = () => measured('Successful', start)

describe('when a metric is measured (behaviour 4.4)', () => {
  test('at once, then strictly after its interval', () => {
    const run = runOf({ metrics: [metric('m', { interval: '30s', count: 3 })] })
    const steps = play(run, [0, 30, 31, 61, 62], { m: ['Successful'] })
    expect(steps.map(({ asked }) => asked)).toEqual([['run m'], [], ['run m'], [], ['run m']])
    expect(steps.map(({ requeueAfterSeconds }) => requeueAfterSeconds)).toEqual([30, 0, 30, 0, undefined])
    expect(steps[4]?.status).toMatchObject({ phase: 'Successful', completedAt: at(62) })
  })

  test('not before its initial delay, which counts from the first reconcile', () => {
    const run = runOf({ metrics: [metric('m', { initialDelay: '1m' })] })
    const steps = play(run, [5, 64, 65], { m: ['Successful'] })
    expect(steps.map(({ asked }) => asked)).toEqual([[], [], ['run m']])
    expect(steps[0]?.status).toMatchObject({ phase: 'Running', startedAt: at(5) })
    expect(steps[0]?.requeueAfterSeconds).toBe(60)
  })

  test('ten seconds after an error, whatever the interval', () => {
    const run = runOf({ metrics: [metric('m', { interval: '1h' })] })
    const steps = play(run, [0, 10, 11], { m: ['Error', 'Successful'] })
    expect(steps.map(({ asked }) => asked)).toEqual([['run m'], [], ['run m']])
    expect(steps[0]?.requeueAfterSeconds).toBe(10)
  })

  test('a measurement in flight is resumed when it asked for it, and terminated when the run ends', () => {
    const run = runOf({ metrics: [metric('m')] })
    const inFlight = { measurement: { phase: 'Running', startedAt: at(0), resumeAt: at(20) } } as const
    const first = reconcile(run, at(0), () => inFlight)
    expect(first.requeueAfterSeconds).toBe(20)
    expect(reconcile(first.next, at(19), silent).asked).toEqual([])
    expect(reconcile(first.next, at(20), () => inFlight).asked).toEqual(['resume m'])
    const ended = reconcile({ ...first.next, spec: { ...run.spec, terminate: true } }, at(5), () =>
      measured('Successful', at(5)),
    )
    expect(ended.asked).toEqual(['terminate m'])
    expect(ended.status.metricResults?.[0]?.measurements).toMatchObject([{ message: 'Metric Terminated' }])
    expect(ended.status).toMatchObject({ phase: 'Successful', message: 'Run Terminated' })
  })

  test('a clock with fractions: what happened just now is not taken for its whole second', () => {
    const run = runOf({ metrics: [metric('m', { interval: '30s' }), metric('late', { initialDelay: '60s' })] })
    const now = '2030-01-01T00:00:00.25Z'
    expect(reconcile(run, now, () => measured('Successful', start)).requeueAfterSeconds).toBe(29.75)
    expect(reconcile(run, now, () => measured('Successful', now)).requeueAfterSeconds).toBe(30)
    expect(reconcile(run, now, () => ({ measurement: { phase: 'Error' } })).requeueAfterSeconds).toBe(10)
    const waiting = runOf({ metrics: [metric('late', { initialDelay: '60s' })] })
    expect(reconcile(waiting, now, silent).requeueAfterSeconds).toBe(60)
    const asleep = { phase: 'Running', startedAt: start, resumeAt: '2030-01-01T00:00:05.75Z' } as const
    const inFlight = reconcile(run, now, () => ({ measurement: asleep }))
    expect(inFlight.requeueAfterSeconds).toBe(5.5)
    expect(inFlight.status.metricResults?.[0]?.measurements?.[0]?.resumeAt).toBe(at(5))
  })

  test('nothing new once another metric has ended badly', () => {
    const run = runOf({ metrics: [metric('bad'), metric('late', { initialDelay: '10s' })] })
    const steps = play(run, [0, 0, 11], { bad: ['Failed'], late: ['Successful'] })
    expect(steps.map(({ asked }) => asked)).toEqual([['run bad'], [], []])
    expect(steps.map(({ status }) => status.phase)).toEqual(['Running', 'Failed', 'Failed'])
  })
})

describe('limits (behaviour 4.5)', () => {
  test('one failure more than allowed fails the metric, and the run with a reason', () => {
    const run = runOf({ metrics: [metric('m', { interval: '10s', failureLimit: 1 })] })
    const steps = play(run, [0, 11, 22], { m: ['Failed', 'Successful', 'Failed'] })
    expect(steps.at(-1)?.status).toMatchObject({
      phase: 'Failed',
      message: 'Metric "m" assessed Failed due to failed (2) > failureLimit (1)',
    })
    expect(messages(steps.at(-1)!)).toEqual([
      "Warning MetricFailed: Metric 'm' Completed. Result: Failed",
      'Warning AnalysisRunFailed: Analysis Completed. Result: Failed',
    ])
  })

  test('the fifth error in a row ends a metric; a success in between forgives', () => {
    const run = runOf({ metrics: [metric('m', { interval: '10s' })] })
    const seconds = [0, 11, 22, 33, 44]
    expect(play(run, seconds, { m: ['Error'] }).at(-1)?.status.phase).toBe('Error')
    const forgiven = play(run, seconds, { m: ['Error', 'Error', 'Successful', 'Error', 'Error'] })
    expect(forgiven.at(-1)?.status.metricResults?.[0]).toMatchObject({ phase: 'Running', consecutiveError: 2 })
  })

  test('a metric rather errs than is inconclusive than fails, but a failed metric is the worst for the run', () => {
    const broken = (failureLimit: number) =>
      metric('m', { interval: '10s', failureLimit, inconclusiveLimit: 0, consecutiveErrorLimit: 0 })
    const toEnd = (phases: ('Failed' | 'Inconclusive' | 'Error')[]) =>
      play(runOf({ metrics: [broken(1)] }), [0, 11, 22, 33], { m: phases }).at(-1)?.status.metricResults?.[0]?.phase
    expect(toEnd(['Failed', 'Inconclusive'])).toBe('Inconclusive')
    expect(toEnd(['Failed', 'Error'])).toBe('Error')
    const two = runOf({ metrics: [metric('bad'), metric('odd', { consecutiveErrorLimit: 0 })] })
    expect(play(two, [0], { bad: ['Failed'], odd: ['Error'] })[0]?.status).toMatchObject({ phase: 'Failed' })
  })

  test('who wants successes in a row and gets them is done; who does not is inconclusive at the count', () => {
    const spec = { interval: '10s', count: 4, failureLimit: 2, consecutiveSuccessLimit: 2 }
    const run = runOf({ metrics: [metric('m', spec)] })
    const done = play(run, [0, 11, 22], { m: ['Failed', 'Successful', 'Successful'] })
    expect(done.at(-1)?.status.phase).toBe('Successful')
    const missed = play(run, [0, 11, 22, 33], { m: ['Failed', 'Successful', 'Failed', 'Successful'] })
    expect(missed.at(-1)?.status).toMatchObject({ phase: 'Inconclusive', runSummary: { count: 1, successful: 1 } })
    expect(missed.at(-1)?.status.message).toBeUndefined()
  })

  test('a negative failureLimit allows any number of failures', () => {
    const run = runOf({ metrics: [metric('m', { interval: '10s', failureLimit: -1, consecutiveSuccessLimit: 1 })] })
    const steps = play(run, [0, 11, 22, 33], { m: ['Failed', 'Failed', 'Failed', 'Successful'] })
    expect(steps.map(({ status }) => status.phase)).toEqual(['Running', 'Running', 'Running', 'Successful'])
  })
})

describe('dry run (behaviour 4.5)', () => {
  test('a dry metric is told how it ended and harms nothing', () => {
    const run = runOf({ metrics: [metric('real'), metric('dry')], dryRun: [{ metricName: '^dry$' }] })
    const [only] = play(run, [0], { real: ['Successful'], dry: ['Failed'] })
    expect(only?.status).toMatchObject({
      phase: 'Successful',
      runSummary: { count: 1, successful: 1 },
      dryRunSummary: { count: 1, failed: 1 },
    })
    expect(only?.status.metricResults?.[1]).toMatchObject({
      dryRun: true,
      message: 'Metric assessed Failed due to failed (1) > failureLimit (0)',
    })
  })

  test('a rule without a name is the empty expression, which matches everything', () => {
    const dryRun = [{}] as unknown as readonly { metricName: string }[]
    const [only] = play(runOf({ metrics: [metric('m')], dryRun }), [0], { m: ['Failed'] })
    expect(only?.status.phase).toBe('Successful')
  })

  test('a rule that matches nothing, or is no expression, makes the run invalid', () => {
    for (const metricName of ['other', '*', '[']) {
      const decision = reconcile(runOf({ metrics: [metric('m')], dryRun: [{ metricName }] }), start, silent)
      expect(decision.status).toEqual({
        phase: 'Error',
        message: "Analysis spec invalid: dryRun[0]: Rule didn't match any metric name(s)",
      })
    }
  })
})

describe('arguments and secrets (behaviour 4.3)', () => {
  const token = { name: 'token', valueFrom: { secretKeyRef: { name: 'creds', key: 'api' } } }
  const secretive = metric('m', { provider: { web: { url: 'http://x.example?t={{args.token}}' } } })
  const run = runOf({ metrics: [secretive], args: [token] })

  test('secrets are asked for first, stand in clear in the measurement, and never in messages', () => {
    const seen: unknown[] = []
    const { asked, status } = reconcile(run, start, (ask) => {
      if (ask.kind === 'secret') return { data: { api: 'hunter2' } }
      seen.push(ask.metric.provider)
      return measured('Failed', start, 'GET http://x.example?t=hunter2: refused')
    })
    expect(asked).toEqual(['secret creds', 'run m'])
    expect(seen).toMatchObject([{ web: { url: 'http://x.example?t=hunter2' } }])
    expect(status.metricResults?.[0]?.measurements?.[0]?.message).toBe('GET http://x.example?t=*****: refused')
    expect(JSON.stringify(status)).not.toContain('hunter2')
  })

  test('a missing secret, a missing key and a missing argument end the run', () => {
    const endsWith = (answer: object, given = run) => reconcile(given, start, () => answer).status.message
    const prefix = 'Unable to resolve metric arguments: '
    expect(endsWith({ error: 'secrets "creds" not found' })).toBe(`${prefix}secrets "creds" not found`)
    expect(endsWith({ data: { other: 'x' } })).toBe(`${prefix}key 'api' does not exist in secret 'creds'`)
    const keyless = { name: 'token', valueFrom: { secretKeyRef: { name: 'creds' } } } as unknown as typeof token
    const unkeyed = runOf({ metrics: [metric('m')], args: [keyless] })
    expect(endsWith({ data: {} }, unkeyed)).toBe(`${prefix}key '' does not exist in secret 'creds'`)
    const unset = runOf({ metrics: [metric('m')], args: [{ name: 'unused' }] })
    expect(endsWith({}, unset)).toBe(`${prefix}argument "unused" was not supplied`)
  })

  test('limits may be templated', () => {
    const args = [{ name: 'limit', value: '1' }]
    const templated = metric('m', { interval: '10s', failureLimit: '{{args.limit}}' })
    const steps = play(runOf({ metrics: [templated], args }), [0, 11], { m: ['Failed'] })
    expect(steps.map(({ status }) => status.phase)).toEqual(['Running', 'Failed'])
  })
})

describe('what stays and what goes', () => {
  test('ten measurements are kept, or as many as a rule says; the provider cleans up', () => {
    const spec = { metrics: [metric('m', { interval: '1s' })] }
    const seconds = Array.from({ length: 12 }, (_, i) => i * 2)
    const kept = play(runOf(spec), seconds, { m: ['Successful'] })
    expect(kept[9]?.asked).toEqual(['run m'])
    expect(kept[10]?.asked).toEqual(['run m', 'garbageCollect m'])
    expect(kept.at(-1)?.status.metricResults?.[0]).toMatchObject({ count: 12, measurements: { length: 10 } })
    const rules = { measurementRetention: [{ metricName: 'm', limit: 2 }] }
    const fewer = play(runOf({ ...spec, ...rules }), seconds, { m: ['Successful'] })
    expect(fewer.at(-1)?.status.metricResults?.[0]?.measurements).toMatchObject([
      { finishedAt: at(20) },
      { finishedAt: at(22) },
    ])
  })

  test('a provider that cannot be made, or cannot clean up, keeps the measurements', () => {
    const spec = { metrics: [metric('m', { interval: '1s' })], measurementRetention: [{ metricName: 'm', limit: 1 }] }
    const [, full] = play(runOf({ ...spec, measurementRetention: [] }), [0, 2], { m: ['Successful'] })
    const run = { ...full!.next, spec }
    const gone = reconcile(run, at(2), () => ({ providerError: 'no provider' }))
    expect(gone.status.metricResults?.[0]?.measurements).toHaveLength(2)
    const failures = { 'garbageCollect/m': { message: 'forbidden' } }
    const failed = reconcileAnalysisRun({ now: at(2), analysisRun: run, answers: { failures } })
    expect(failed.asks).toEqual([])
    expect(failed.status.metricResults?.[0]?.measurements).toHaveLength(2)
  })

  test('a finished run is deleted strictly after its time to live, by its phase', () => {
    const ttlStrategy = { secondsAfterSuccess: 60, secondsAfterCompletion: 600 }
    const ended = (phase: 'Successful' | 'Failed') => ({
      ...runOf({ metrics: [metric('m')], ttlStrategy }),
      status: { phase, completedAt: start },
    })
    const changes = (phase: 'Successful' | 'Failed', seconds: number) =>
      reconcile(ended(phase), at(seconds), silent).changes
    expect(changes('Successful', 60)).toEqual([])
    expect(changes('Successful', 61)).toEqual([{ kind: 'deleteAnalysisRun', namespace: 'shop', name: 'verdict' }])
    expect(changes('Failed', 61)).toEqual([])
    expect(changes('Failed', 601)).toHaveLength(1)
  })

  test('a run that is being deleted is left alone', () => {
    const run = runOf({ metrics: [] })
    const dying = { ...run, metadata: { ...run.metadata, deletionTimestamp: start } }
    expect(reconcile(dying, start, succeeds)).toMatchObject({ status: { phase: '' }, changes: [], events: [] })
  })

  test('new results stand in the order of the metrics; what does not change is the very same object', () => {
    const run = runOf({ metrics: [metric('late', { initialDelay: '5s' }), metric('now', { interval: '1m' })] })
    const steps = play(run, [0, 3, 5], { late: ['Successful'], now: ['Successful'] })
    expect(steps[1]?.status).toBe(steps[0]?.status)
    expect(steps[2]?.status.metricResults?.map(({ name }) => name)).toEqual(['late', 'now'])
    expect(steps[2]?.status.metricResults?.[1]).toBe(steps[0]?.status.metricResults?.[0])
  })

  test('a status that says nothing about its summary says that nothing was counted', () => {
    const run = runOf({ metrics: [metric('m', { initialDelay: '1m' })], dryRun: [{ metricName: 'm' }] })
    const { next } = reconcile(run, start, silent)
    expect(next.status).toEqual({ phase: 'Running', startedAt: start, dryRunSummary: { count: 1 } })
    expect(reconcile(next, at(1), silent).status).toBe(next.status)
    const counted = { ...next, status: { ...next.status, phase: 'Running', runSummary: {} } } as const
    expect(reconcile(counted, at(1), silent).status).toBe(counted.status)
  })

  test('everything that keeps a run from its verdict is named', () => {
    const run = runOf({ metrics: [metric('m', { interval: '30s', count: 2 }), metric('n', { initialDelay: '1m' })] })
    const [only] = play(run, [0], { m: ['Successful'] })
    expect(only?.wakeUps).toEqual([
      { code: 'measurement', data: { metric: 'm' }, afterSeconds: 30 },
      { code: 'measurement', data: { metric: 'n' }, afterSeconds: 60 },
    ])
    expect(only?.blockers.map((one) => blockerText(one).waitsFor)).toEqual([
      'metric m: 30 s until its next measurement',
      'metric n: 60 s until its next measurement',
    ])
  })
})
