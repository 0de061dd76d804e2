import { describe, expect, test } from 'vitest'
import { reconcileRollout } from '../../src/reconcile'
import { reconcileAnyAsRecorded } from '../conformance/anyTrace'
import type { Outcome, Situation } from '../conformance/trace'
import { deepFreeze, observationOf, recordedSituations } from './recorded'
import { propertySeed } from './seed'

/** How many of a family's recorded states are looked at: one in so many. */
const families: readonly (readonly [family: string, every: number])[] = [
  ['canary-basic', 13],
  ['canary-routed', 13],
  ['blue-green', 13],
  ['canary-analysis', 17],
  ['blue-green-analysis', 17],
  ['experiment', 7],
  ['target-groups', 3],
  ['analysis-run', 3],
]

/** Everything that a decision comes to, with all questions answered as they were in the recording. */
const bytesOf = (situation: Situation): string => JSON.stringify(told(reconcileAnyAsRecorded(situation), situation))

/** What was left alone says nothing. */
const told = (outcome: Outcome, { objects: before }: Situation): object => ({
  ...outcome,
  objects: Object.entries(outcome.objects).filter(([key, object]) => before[key] !== object),
})

describe(`a decision is a function of its observation (PROPERTY_SEED=${propertySeed})`, () => {
  test.for(families)(
    '%s: frozen inputs, run twice, same bytes; a JSON round trip changes nothing',
    ([family, every]) => {
      let checked = 0
      for (const { name, situation } of recordedSituations(family, every)) {
        const { key, now, testCase } = situation
        const frozen = {
          objects: deepFreeze(situation.objects),
          given: deepFreeze(situation.given),
          key,
          now,
          testCase,
        }
        const first = bytesOf(frozen)
        expect(bytesOf(frozen), name).toBe(first)
        const copy = JSON.parse(JSON.stringify({ objects: situation.objects, given: situation.given }))
        expect(bytesOf({ ...copy, key, now, testCase }), name).toBe(first)
        checked++
      }
      expect(checked).toBeGreaterThan(500)
    },
  )

  test.for(families)('%s: what a decision of a Rollout leaves alone is the same object', ([family, every]) => {
    for (const { name, situation } of recordedSituations(family, every)) {
      if (!situation.key.startsWith('rollouts/')) continue
      const observation = observationOf(situation)
      const { changes, desired, status } = reconcileRollout(observation)
      const before = observation.rollout.status
      if (before && JSON.stringify(status) === JSON.stringify(before)) expect(status, name).toBe(before)
      if (changes.length > 0) continue
      for (const set of desired.replicaSets) expect(observation.replicaSets.includes(set), name).toBe(true)
      for (const service of desired.services) expect(observation.services?.includes(service), name).toBe(true)
      for (const run of desired.analysisRuns ?? []) expect(observation.analysisRuns?.includes(run), name).toBe(true)
      for (const experiment of desired.experiments ?? [])
        expect(observation.experiments?.includes(experiment), name).toBe(true)
    }
  })
})
