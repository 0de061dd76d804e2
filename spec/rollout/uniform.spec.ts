import { expect, test } from 'vitest'
import type { ReplicaSet } from '../../src/model/workload'
import { copyOfFacts, type Facts } from '../../src/rollout/facts/facts'
import { byCreation } from '../../src/rollout/facts/replicaSets'
import { uniformRollout } from '../../src/rollout/resolve/uniform'
import { fc } from '../properties/fc'
import { observationOf, recordedSituations } from '../properties/recorded'

// What is written out field by field takes every field to its own place.

test.for(['canary-basic', 'canary-routed', 'blue-green', 'canary-analysis', 'blue-green-analysis'] as const)(
  '%s: the uniform Rollout says what the recorded one says',
  (family) => {
    let compared = 0
    for (const { name, situation } of recordedSituations(family, 19)) {
      if (!situation.key.startsWith('rollouts/')) continue
      const { rollout } = observationOf(situation)
      expect([name, JSON.parse(JSON.stringify(uniformRollout(rollout)))]).toEqual([name, rollout])
      compared++
    }
    expect(compared).toBeGreaterThan(10)
  },
)

test('a copy of facts has each of them in its place', () => {
  const named = new Proxy({}, { get: (_, field) => field }) as Facts
  const copy = copyOfFacts(named)
  expect(Object.keys(copy).length).toBeGreaterThan(30)
  for (const [field, value] of Object.entries(copy)) expect(value).toBe(field)
})

test('texts of creation times are in the order of the times', () => {
  const times = fc
    .tuple(fc.integer({ min: 1_800_000_000, max: 1_800_000_100 }), fc.constantFrom('Z', '.000Z', '+00:00', 'z'))
    .map(([seconds, end]) => ({ seconds, text: new Date(seconds * 1000).toISOString().replace('.000Z', end) }))
  const setAt = (text: string): ReplicaSet => ({ metadata: { name: 'web', creationTimestamp: text }, spec: {} })
  fc.assert(
    fc.property(times, times, (one, other) => {
      expect(Math.sign(byCreation(setAt(one.text), setAt(other.text)))).toBe(Math.sign(one.seconds - other.seconds))
    }),
  )
})
