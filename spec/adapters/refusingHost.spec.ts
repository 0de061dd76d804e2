import { describe, expect, test } from 'vitest'
import { type RolloutPorts, reconcileOnce } from '../../src/adapters/index'
import type { Change } from '../../src/model/change'
import { changeKey } from '../../src/model/changeKey'
import { isFailureDecided } from '../../src/model/decidedFailures'
import type { EngineEvent, Failure } from '../../src/model/decision'
import { nextRound } from '../../src/model/nextRound'
import { reconcileRollout } from '../../src/reconcile'
import type { RolloutDecision, RolloutObservation } from '../../src/rollout/observation'
import { applied, applyStatus, type ClusterObjects, observeRollout } from '../../src/simulate/index'
import { answer, describeEvent, optionsOf, recordedFailure, withRecordedWorkloads } from '../conformance/rolloutTrace'
import { mergeObjects, type Situation, walkTrace } from '../conformance/trace'
import type { TraceStep } from '../conformance/types'
import { readCases, vectorsFolder } from '../conformance/vectors'

// What was recorded of the real controller, and hosts that refuse: the loop must bring them together.

interface Recorded {
  readonly name: string
  readonly situation: Situation
  readonly step: TraceStep
}

const families = ['canary-basic', 'canary-routed', 'canary-analysis', 'blue-green', 'target-groups']

function* recorded(family: string): Generator<Recorded> {
  for (const one of readCases(vectorsFolder, family)) {
    const found: Recorded[] = []
    walkTrace(one, (situation, step, index) => {
      if (situation.key.startsWith('rollouts/')) found.push({ name: `${one.id} step ${index}`, situation, step })
    })
    yield* found
  }
}

const observationOf = (objects: ClusterObjects, situation: Situation): RolloutObservation =>
  withRecordedWorkloads(observeRollout(objects, situation.key, situation.now, optionsOf(situation)))

interface Outcome {
  readonly objects: ClusterObjects
  readonly events: readonly EngineEvent[]
  readonly decision: RolloutDecision | undefined
  readonly applied: readonly string[]
}

async function hosted(situation: Situation, refuses: (change: Change) => Failure | undefined): Promise<Outcome> {
  let { objects } = situation
  const events: EngineEvent[] = []
  const carriedOut: string[] = []
  let created = 0
  const ports: RolloutPorts = {
    observe: async () => observationOf(situation.objects, situation),
    apply: async (change) => {
      const failure = refuses(change)
      if (failure) return failure
      carriedOut.push(changeKey(change))
      objects = applied(objects, change, { now: situation.now, uidOf: () => `created-${++created}` })
      return undefined
    },
    persistStatus: async (status) => {
      objects = applyStatus(objects, situation.key, status)
    },
    emit: async (event) => void events.push(event),
    answer: async (ask) => answer(ask, situation),
  }
  const decision = await reconcileOnce(ports)
  return { objects, events, decision, applied: carriedOut }
}

/** Without what belongs to the API server, and what says nothing. */
function printed(objects: ClusterObjects): unknown {
  const entries = Object.entries(objects).map(([key, { metadata, ...object }]) => {
    const { uid: _1, creationTimestamp: _2, generation: _3, resourceVersion: _4, ...others } = metadata
    return [key, JSON.stringify(sorted({ ...object, metadata: others }))] as const
  })
  return Object.fromEntries(entries)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== '')
  const kept = members.map(([key, member]) => [key, sorted(member)] as const).filter(([, member]) => !isEmpty(member))
  return Object.fromEntries(kept.sort(([left], [right]) => (left < right ? -1 : 1)))
}
const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

/** Refuses every k-th change of those that the reducer decides about. */
function everyKth(k: number): (change: Change) => Failure | undefined {
  let count = 0
  return (change) =>
    isFailureDecided('Rollout', change) && ++count % k === 0 ? { message: `refused ${change.kind}` } : undefined
}

describe.each(families)('recorded reconciles of %s', (family) => {
  test('a host that refuses as recorded ends in the recorded objects and events', async () => {
    let refusals = 0
    for (const { name, situation, step } of recorded(family)) {
      const { routerErrors, evictionsBlocked } = situation.given
      if (!routerErrors && !evictionsBlocked) continue
      const { objects, events, decision } = await hosted(situation, (change) => {
        const failure = recordedFailure(situation, change)
        if (failure) refusals++
        return failure
      })
      const expected = mergeObjects(situation.objects, step.expect?.objects ?? {})
      expect(printed(objects), name).toEqual(printed(expected))
      expect(events.map(describeEvent), name).toEqual(step.expect?.events ?? [])
      expect(decision?.error?.message ?? undefined, name).toBe(step.expect?.error)
    }
    if (family === 'canary-routed') expect(refusals).toBeGreaterThan(50)
  })

  test('changes that were decided before a question or a failure stand first in the finished decision', () => {
    let asked = 0
    let seen = 0
    for (const { name, situation } of recorded(family)) {
      if (++seen % 5 !== 0) continue
      const observation = observationOf(situation.objects, situation)
      let answers: NonNullable<RolloutObservation['answers']> = {}
      let before: readonly Change[] = []
      for (let round = 0; round < 20; round++) {
        const decision = reconcileRollout({ ...observation, answers })
        expect(decision.changes.slice(0, before.length), name).toEqual(before)
        before = decision.changes
        const next = nextRound(decision, answers, decision.changes.length)
        if (next.kind !== 'ask') break
        asked++
        const replies = next.asks.map((ask) => [ask.key, answer(ask, situation)] as const)
        answers = { ...answers, replies: { ...answers.replies, ...Object.fromEntries(replies) } }
      }
    }
    if (family === 'canary-routed') expect(asked).toBeGreaterThan(300)
  })

  test.each([1, 2, 3])(
    'a host that refuses every change no. %i comes to what the reducer says who knows it',
    async (k) => {
      let refused = 0
      let seen = 0
      for (const { name, situation } of recorded(family)) {
        if (++seen % 11 !== k) continue
        const failures: Record<string, Failure> = {}
        const refuses = everyKth(k)
        const { objects, events, decision, applied } = await hosted(situation, (change) => {
          const failure = refuses(change)
          if (failure) failures[changeKey(change)] = failure
          return failure
        })
        if (Object.keys(failures).length === 0) continue
        refused++
        const known = decidedKnowing(situation, failures)
        expect(events, name).toEqual(known.events)
        expect(decision?.error, name).toEqual(known.error)
        expect(objects[situation.key]?.status, name).toEqual(known.status)
        const carriedOut = known.changes
          .map(changeKey)
          .filter((key) => failures[key] === undefined || applied.includes(key))
        expect(applied, name).toEqual(carriedOut.slice(0, applied.length))
      }
      if (family === 'canary-routed') expect(refused).toBeGreaterThan(20)
    },
  )
})

/** The finished decision of a host that knows beforehand what it will refuse. */
function decidedKnowing(situation: Situation, failures: Readonly<Record<string, Failure>>): RolloutDecision {
  const observation = observationOf(situation.objects, situation)
  let answers: NonNullable<RolloutObservation['answers']> = { failures }
  for (let round = 0; ; round++) {
    const decision = reconcileRollout({ ...observation, answers })
    const next = nextRound(decision, answers, decision.changes.length)
    if (next.kind !== 'ask' || round > 50) return decision
    const replies = next.asks.map((ask) => [ask.key, answer(ask, situation)] as const)
    answers = { ...answers, replies: { ...answers.replies, ...Object.fromEntries(replies) } }
  }
}
