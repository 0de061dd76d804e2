import { describe, expect, test } from 'vitest'
import type { ClusterObjects } from '../../src/simulate/cluster/state'
import { reconcileAsRecorded } from '../conformance/rolloutTrace'
import type { Situation } from '../conformance/trace'
import { propertySeed, recordedSituations } from './recorded'

// "If nothing new happens, the decisions come to rest": with the clock stopped and no pod moving, a few rounds of
// reconcile and apply must reach a state that the next round leaves as it is (invariant L3, AR#3078, AR#2982).

const mostRounds = 12

/** Recorded states that do not come to rest, and why. A pattern names the reason, never a case. */
const restless: readonly { readonly reason: string; readonly applies: (situation: Situation) => boolean }[] = [
  {
    reason: 'pods that should restart are evicted round after round: nothing in this world brings new ones',
    applies: ({ objects, key }) => (objects[key] as { spec?: { restartAt?: string } }).spec?.restartAt !== undefined,
  },
]

function roundsToRest(situation: Situation): number {
  let objects: ClusterObjects = situation.objects
  for (let round = 0; round < mostRounds; round++) {
    const next = reconcileAsRecorded({ ...situation, objects, given: calm(situation.given) }).objects
    if (JSON.stringify(next) === JSON.stringify(objects)) return round
    objects = next
  }
  return mostRounds
}

/** A host that does what it is told: no refusals, plugins that succeed. */
const calm = (given: Situation['given']): Situation['given'] => ({
  weightVerified: given.weightVerified,
  stepPlugins: { run: { phase: 'Successful' }, terminate: {}, abort: {} },
})

describe(`with nothing new, decisions come to rest (PROPERTY_SEED=${propertySeed})`, () => {
  test.for(['canary-basic', 'canary-routed'])('%s', (family) => {
    const moving: string[] = []
    let checked = 0
    for (const { name, situation } of recordedSituations(family, 13)) {
      if (restless.some(({ applies }) => applies(situation))) continue
      checked++
      if (roundsToRest(situation) >= mostRounds) moving.push(name)
    }
    expect(checked).toBeGreaterThan(500)
    expect(moving).toEqual([])
  })
})
