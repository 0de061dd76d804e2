import { beforeAll, describe, expect, test } from 'vitest'
import { objectKey } from '../../src/cluster/objects'
import type { Rollout } from '../../src/model/rollout'
import type { TrafficWeights } from '../../src/model/rolloutStatus'
import type { ReplicaSet } from '../../src/model/workload'
import { decide } from '../conformance/rolloutTrace'
import type { Situation } from '../conformance/trace'
import { recordedSituations } from './recorded'

// Invariant S3: what routers are told is whole numbers, each within 0..maxWeight, that add up to maxWeight.

interface Exception {
  readonly quirk: string
  readonly reason: string
  readonly applies: (situation: Situation) => boolean
}

/** States in which the controller leaves the domain, and the engine with it. Nothing else may. */
const exceptions: readonly Exception[] = [
  {
    quirk: 'shareOfAvailablePods (AR#4424), restForStable (AR#3470)',
    reason: 'full promotion with dynamicStableScale and more pods than replicas: more than all, stable below nothing',
    applies: (situation) => {
      const { spec, status } = rolloutOf(situation)
      const full = status?.promoteFull === true && spec.strategy?.canary?.dynamicStableScale === true
      return full && mostAvailable(situation) > (spec.replicas ?? 1)
    },
  },
]

const rolloutOf = ({ objects, key }: Situation): Rollout => objects[key] as unknown as Rollout
const setsOf = ({ objects }: Situation): ReplicaSet[] =>
  Object.entries(objects)
    .filter(([key]) => key.startsWith('replicasets/'))
    .map(([, object]) => object as unknown as ReplicaSet)
const mostAvailable = (situation: Situation): number =>
  Math.max(0, ...setsOf(situation).map((set) => set.status?.availableReplicas ?? 0))
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

/** What is wrong with commanded weights; nothing, as a rule. */
function flawsOf({ canary, stable, additional = [] }: TrafficWeights, maxWeight: number): string[] {
  const weights = [canary, stable, ...additional].map(({ weight }) => weight)
  const flaws: string[] = []
  if (!weights.every(Number.isInteger)) flaws.push(`not whole: ${weights}`)
  if (weights.some((weight) => weight < 0 || weight > maxWeight)) flaws.push(`out of 0..${maxWeight}: ${weights}`)
  if (sum(weights) !== maxWeight) flaws.push(`sum is not ${maxWeight}: ${weights}`)
  return flaws
}

const trafficOf = (situation: Situation) => decide(situation).decision.desired.traffic

describe('weights of every recorded reconcile of canary-routed', () => {
  const flawed: string[] = []
  const unlike: string[] = []
  const counts = { commanded: 0, verified: 0 }
  beforeAll(() => {
    for (const { name, situation } of recordedSituations('canary-routed', 1)) look(name, situation)
  }, 120_000)

  function look(name: string, situation: Situation): void {
    const traffic = trafficOf(situation)
    if (traffic?.verified !== undefined) counts.verified++
    if (traffic?.verified !== undefined && traffic.verified !== traffic.commanded) unlike.push(name)
    if (!traffic?.commanded) return
    counts.commanded++
    const flaws = flawsOf(traffic.commanded, traffic.maxWeight)
    if (flaws.length === 0 || exceptions.some(({ applies }) => applies(situation))) return
    flawed.push(`${name}: ${flaws.join('; ')}`)
  }

  test('commanded weights are whole, within 0..maxWeight, and add up to maxWeight', () => {
    expect(flawed).toEqual([])
    expect(counts.commanded).toBeGreaterThan(8000)
  })

  test('verified weights are the commanded ones, or absent', () => {
    expect(unlike).toEqual([])
    expect(counts.verified).toBeGreaterThan(4000)
    expect(counts.commanded).toBeGreaterThan(counts.verified)
  })
})

describe('the exceptions are real', () => {
  /** Recorded states hurried to their end with dynamicStableScale, where twice the pods that are wanted are available. */
  function* crowded(): Generator<Situation> {
    for (const { situation } of recordedSituations('canary-routed', 1)) {
      const rollout = rolloutOf(situation)
      const { spec, status } = rollout
      if (!spec.strategy?.canary?.dynamicStableScale || status?.abort || !status?.canary?.weights) continue
      if (status.currentPodHash === status.stableRS || !spec.replicas || spec.paused) continue
      const objects: Record<string, unknown> = { ...situation.objects }
      objects[situation.key] = { ...rollout, status: { ...status, promoteFull: true } }
      for (const set of setsOf(situation)) {
        const { namespace = '', name } = set.metadata
        const availableReplicas = spec.replicas * 2
        objects[objectKey('ReplicaSet', namespace, name)] = { ...set, status: { ...set.status, availableReplicas } }
      }
      yield { ...situation, objects: objects as Situation['objects'] }
    }
  }

  test('AR#4424: a crowded canary is given more than everything, and only then', () => {
    const [exception] = exceptions
    let beyond = 0
    for (const situation of crowded()) {
      const traffic = trafficOf(situation)
      if (!traffic?.commanded || flawsOf(traffic.commanded, traffic.maxWeight).length === 0) continue
      expect(exception?.applies(situation)).toBe(true)
      beyond++
    }
    expect(beyond).toBeGreaterThan(0)
  }, 120_000)
})
