import { describe, expect, test } from 'vitest'
import { reconcileRollout } from '../../src/reconcile'
import type { RolloutObservation } from '../../src/rollout/observation'
import { decide } from '../conformance/rolloutTrace'
import { walkTrace } from '../conformance/trace'
import { readCases, vectorsFolder } from '../conformance/vectors'
import { propertySeed } from './seed'

// Decisions about objects that were seen before may be remembered. Nobody may be able to tell.

const families = ['canary-basic', 'canary-routed', 'blue-green', 'canary-analysis', 'blue-green-analysis']

/** One case in so many is walked, and one in `everyStep` of its steps is looked at; which ones is the seed's choice. */
const [everyCase, everyStep] = [41, 11]

function observationsOf(family: string): { readonly name: string; readonly observation: RolloutObservation }[] {
  const found: { name: string; observation: RolloutObservation }[] = []
  readCases(vectorsFolder, family).forEach((testCase, at) => {
    if ((at + propertySeed) % everyCase !== 0) return
    walkTrace(testCase, (situation, _step, index) => {
      if ((index + propertySeed) % everyStep !== 0 || !situation.key.startsWith('rollouts/')) return
      found.push({ name: `${testCase.id} step ${index}`, observation: decide(situation).observation })
    })
  })
  return found
}

const bytesOf = (observation: RolloutObservation): string => JSON.stringify(reconcileRollout(observation))
/** Objects that nobody saw before. */
const freshBytesOf = (observation: RolloutObservation): string =>
  JSON.stringify(reconcileRollout(structuredClone(observation)))

const later = (now: string, seconds: number): string =>
  new Date(Date.parse(now) + seconds * 1000).toISOString().replace('.000', '')

type Part = Readonly<Record<string, unknown>>

/** The same objects in new lists, as an informer hands them out. */
const inNewLists = (observation: RolloutObservation): RolloutObservation =>
  Object.fromEntries(
    Object.entries(observation).map(([field, value]) => [field, Array.isArray(value) ? [...value] : value]),
  ) as unknown as RolloutObservation

/** Observations that differ in one thing from one that was seen, all other objects being the same ones. */
function* neighboursOf(observation: RolloutObservation): Generator<RolloutObservation> {
  for (const seconds of [1, 61, 700, 40_000]) yield { ...observation, now: later(observation.now, seconds) }
  for (const [field, value] of Object.entries(observation)) {
    if (field === 'rollout' || field === 'now') continue
    const { [field]: _, ...without } = observation as unknown as Part
    if (field !== 'replicaSets') yield without as unknown as RolloutObservation
    if (!Array.isArray(value)) continue
    if (value.length > 0) yield { ...observation, [field]: value.slice(1) }
    if (value.length > 1) yield { ...observation, [field]: [...value].reverse() }
  }
  const { replies = {}, failures = {} } = observation.answers ?? {}
  for (const key of Object.keys(replies)) {
    const { [key]: _, ...others } = replies
    yield { ...observation, answers: { replies: others, failures } }
    yield { ...observation, answers: { replies: { ...replies, [key]: { verified: false } }, failures } }
  }
  yield { ...observation, options: { ...observation.options, verifyTargetGroups: true } }
  const { rollout } = observation
  yield { ...observation, rollout: { ...rollout, metadata: { ...rollout.metadata, uid: 'x' } } }
  // Hashes, validity and the door's verdict are remembered by the spec, whatever else changes.
  yield { ...observation, options: { ...observation.options, controller: 'v1.8' } }
  yield { ...observation, rollout: { ...rollout, status: { ...rollout.status, collisionCount: 3 } } }
  yield { ...observation, rollout: { ...rollout, status: 'spoilt' as never } }
}

describe(`a remembered decision is the decision (PROPERTY_SEED=${propertySeed})`, () => {
  test.for(families)('%s: the same objects, new lists, later, and with one thing changed', (family) => {
    const observations = observationsOf(family)
    expect(observations.length).toBeGreaterThan(8)
    for (const { name, observation } of observations) {
      const fresh = freshBytesOf(observation)
      expect(bytesOf(observation), name).toBe(fresh)
      expect(bytesOf(inNewLists(observation)), name).toBe(fresh)
      for (const neighbour of neighboursOf(observation)) {
        expect(bytesOf(neighbour), name).toBe(freshBytesOf(neighbour))
        expect(bytesOf(observation), name).toBe(fresh)
      }
    }
  })
})

describe('what a caller may do with lists', () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
  const spec = { selector: { matchLabels: { app: 'web' } }, replicas: 1, strategy: { canary: {} }, template }
  const observation = (): RolloutObservation => ({
    now: '2030-01-01T00:00:00Z',
    rollout: { metadata: { name: 'web', namespace: 'shop', uid: 'u' }, spec },
    replicaSets: [],
    services: [],
  })

  test('a list that the host fills anew is read anew', () => {
    const replicaSets: RolloutObservation['replicaSets'][number][] = []
    const observed = { ...observation(), replicaSets }
    const [first] = reconcileRollout(observed).changes
    expect(first).toMatchObject({ kind: 'createReplicaSet' })
    if (first?.kind !== 'createReplicaSet') return
    replicaSets.push({
      ...first.replicaSet,
      metadata: { ...first.replicaSet.metadata, creationTimestamp: observed.now },
    })
    expect(bytesOf(observed)).toBe(freshBytesOf(observed))
  })

  test('a caller that empties the lists of a decision spoils no other one', () => {
    const observed = observation()
    const bytes = freshBytesOf(observed)
    for (let round = 0; round < 3; round++) {
      const decision = reconcileRollout(observed)
      expect(JSON.stringify(decision)).toBe(bytes)
      for (const list of [decision.changes, decision.events, decision.blockers, decision.wakeUps, decision.asks])
        (list as unknown[]).length = 0
    }
  })

  test('an object where a list was seen is no list', () => {
    const options = { disabledPlugins: ['a'] }
    const observed = { ...observation(), options }
    reconcileRollout(observed)
    const spoilt = { ...observed, options: ['disabledPlugins', options.disabledPlugins] }
    expect(bytesOf(spoilt as unknown as RolloutObservation)).toContain('malformed')
  })
})
