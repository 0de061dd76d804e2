import { describe, expect, test } from 'vitest'
import { reconcileAnalysisRun } from '../../src/analysis/reconcileAnalysisRun'
import { reconcileRollout } from '../../src/reconcile'
import { simulateWatched } from '../../src/simulate/simulate'
import type { SimulationInput } from '../../src/simulate/simulation'

// The controller's queue keeps one waiting entry for each object: the earliest time that was asked for.

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const storyOf = (pauses: readonly number[], events: NonNullable<SimulationInput['events']>): SimulationInput => {
  const steps = [{ setWeight: 50 }, ...pauses.map((duration) => ({ pause: { duration } }))]
  const spec = { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps } }, template }
  const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec }
  return { manifests: [rollout], events: [{ atSeconds: 10, image: 'web:2' }, ...events], untilSeconds: 300 }
}

/** The seconds in which the Rollout was reconciled, each once. */
function secondsOf(input: SimulationInput): readonly number[] {
  const seconds = new Set<number>()
  simulateWatched(input, undefined, {
    analysisRun: reconcileAnalysisRun,
    rollout: (observation) => {
      seconds.add(Math.floor((Date.parse(observation.now ?? '') - Date.parse('2030-01-01T00:00:00Z')) / 1000))
      return reconcileRollout(observation)
    },
  })
  return [...seconds]
}

describe('waits in the queue', () => {
  test('an earlier wait stays, though a later reconcile asks for a later time', () => {
    // The first pause would end in second 70; the second one begins in second 30 and ends in second 130.
    const seconds = secondsOf(storyOf([60, 100], [{ atSeconds: 30, command: 'promote' }]))
    expect(seconds.filter((second) => second > 30)).toEqual([70, 130])
  })

  test('a later time is dropped where the object waits already, and does not come back', () => {
    // In second 30 a wait until 130 is dropped for the one until 70, and asked for again in 70; in second 80 the third
    // pause begins, whose end in 90 takes its place.
    const events = [30, 80].map((atSeconds) => ({ atSeconds, command: 'promote' as const }))
    const seconds = secondsOf(storyOf([60, 100, 10], events))
    expect(seconds.filter((second) => second > 30)).toEqual([70, 80, 90])
  })

  test('a controller that starts again has forgotten its waits, and reconciles everything', () => {
    const events = [
      { atSeconds: 30, command: 'promote' as const },
      { atSeconds: 40, crashAfterChanges: 0 },
      { atSeconds: 50, replicas: 5 },
    ]
    // It dies in second 50 and is back in second 51: the wait until 70 is gone, and the pause still ends in 130.
    const seconds = secondsOf(storyOf([60, 100], events))
    expect(seconds.filter((second) => second > 30)).toEqual([50, 51, 130])
  })

  test('its own clock that is set back does not touch a wait that began before', () => {
    // In second 70 its clock shows 40; the pause ends when it shows 70.
    const seconds = secondsOf(storyOf([60], [{ atSeconds: 30, clockStepSeconds: -30 }]))
    expect(seconds.filter((second) => second > 10)).toEqual([40, 70])
  })
})

describe('watched worlds', () => {
  const crash = storyOf(
    [60],
    [
      { atSeconds: 30, crashAfterChanges: 3 },
      { atSeconds: 71, command: 'undo' },
    ],
  )

  test('decide as unwatched ones do: a reconcile more would have met the fault of another', () => {
    const { frames } = simulateWatched(crash, undefined)
    expect(simulateWatched(crash, () => undefined).frames).toEqual(frames)
    expect(simulateWatched({ ...crash, trace: true }, undefined).frames).toEqual(frames)
  })

  test('the controller dies in the reconcile that its timer asks for, and is back a second later', () => {
    // In second 71 somebody takes the update back first.
    const { frames } = simulateWatched(crash, undefined)
    expect(frames.map(({ atSeconds }) => atSeconds)).not.toContain(70)
    expect(
      secondsOf(crash)
        .filter((second) => second > 30)
        .slice(0, 2),
    ).toEqual([70, 71])
  })
})
