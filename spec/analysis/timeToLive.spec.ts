import { expect, test } from 'vitest'
import { isTimeToLiveOver } from '../../src/analysis/timeToLive'
import type { AnalysisPhase, AnalysisRun } from '../../src/model/analysis'

// Behaviour 4.8: which limit of `ttlStrategy` counts for which phase. Found by mutants: no recording has a failed run with limits
// that differ.

const completedAt = '2030-01-01T00:00:00Z'
const after = (seconds: number): number => Date.parse(completedAt) / 1000 + seconds

const run = (phase: AnalysisPhase, ttlStrategy: AnalysisRun['spec']['ttlStrategy']): AnalysisRun =>
  ({ metadata: { name: 'run' }, spec: { metrics: [], ttlStrategy }, status: { phase, completedAt } }) as AnalysisRun

const everyLimit = { secondsAfterSuccess: 10, secondsAfterFailure: 20, secondsAfterCompletion: 30 }

test.each<readonly [AnalysisPhase, number]>([
  ['Successful', 10],
  ['Failed', 20],
  ['Error', 30],
  ['Inconclusive', 30],
])('a run that ended %s lives %d s', (phase, seconds) => {
  expect(isTimeToLiveOver(run(phase, everyLimit), after(seconds))).toBe(false)
  expect(isTimeToLiveOver(run(phase, everyLimit), after(seconds + 1))).toBe(true)
})

test.each<AnalysisPhase>(['Successful', 'Failed', 'Error', 'Inconclusive'])(
  'secondsAfterCompletion counts for %s where nothing closer is said',
  (phase) => {
    expect(isTimeToLiveOver(run(phase, { secondsAfterCompletion: 5 }), after(5))).toBe(false)
    expect(isTimeToLiveOver(run(phase, { secondsAfterCompletion: 5 }), after(6))).toBe(true)
    expect(isTimeToLiveOver(run(phase, {}), after(1e9))).toBe(false)
  },
)

test('a run that is under way lives on', () => {
  expect(isTimeToLiveOver(run('Running', everyLimit), after(1e9))).toBe(false)
})
