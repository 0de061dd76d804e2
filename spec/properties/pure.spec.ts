import { describe, expect, test } from 'vitest'
import { reconcileRollout } from '../../src/reconcile'
import { deepFreeze, observationOf, propertySeed, recordedSituations } from './recorded'

const families = ['canary-basic', 'canary-routed']

describe(`a decision is a function of its observation (PROPERTY_SEED=${propertySeed})`, () => {
  test.for(families)('%s: frozen inputs, run twice, same bytes', (family) => {
    let checked = 0
    for (const { name, situation } of recordedSituations(family, 5)) {
      const observation = deepFreeze(observationOf(situation))
      const first = JSON.stringify(reconcileRollout(observation))
      expect(JSON.stringify(reconcileRollout(observation)), name).toBe(first)
      checked++
    }
    expect(checked).toBeGreaterThan(1000)
  })

  test.for(families)('%s: a JSON round trip of the observation changes nothing', (family) => {
    let checked = 0
    for (const { name, situation } of recordedSituations(family, 11)) {
      const observation = observationOf(situation)
      const copy = JSON.parse(JSON.stringify(observation)) as typeof observation
      expect(JSON.stringify(reconcileRollout(copy)), name).toBe(JSON.stringify(reconcileRollout(observation)))
      checked++
    }
    expect(checked).toBeGreaterThan(500)
  })

  test.for(families)('%s: what a decision leaves alone is the same object', (family) => {
    for (const { name, situation } of recordedSituations(family, 11)) {
      const observation = observationOf(situation)
      const { changes, desired, status } = reconcileRollout(observation)
      if (changes.length > 0) continue
      for (const set of desired.replicaSets) expect(observation.replicaSets.includes(set), name).toBe(true)
      for (const service of desired.services) expect(observation.services?.includes(service), name).toBe(true)
      const before = observation.rollout.status
      if (before && JSON.stringify(status) === JSON.stringify(before)) expect(status, name).toBe(before)
    }
  })
})
