import type { RolloutObservation } from '../../src/rollout/observation'
import type { Figure } from './bench'
import { allocated, fastest, quantile } from './measure'
import { completeObservations, families, observedAgain } from './observations'
import { type Shipped, withShipped } from './shipped'

/**
 * What one complete reconcile costs, as a multiple of `structuredClone` of its own observation, on the recorded steps: with
 * objects that nobody saw before, and with the very same objects as last time. And what it puts on the heap.
 */
export async function bench(): Promise<readonly Figure[]> {
  const observations = families.map((family) => completeObservations(family, 1000))
  return withShipped(({ core }) => families.flatMap((family, i) => figuresOf(core, family, observations[i] ?? [])))
}

type Reconcile = Shipped['core']['reconcileRollout']

/** In a row; `rounds` of them at different times. */
const calls = 5
const rounds = 4

function figuresOf(
  { reconcileRollout }: Shipped['core'],
  family: string,
  observations: RolloutObservation[],
): Figure[] {
  const costs = observations.map((): Cost => ({ clone: Infinity, fresh: Infinity, again: Infinity, bytes: Infinity }))
  for (let round = 0; round < rounds; round++)
    for (const [i, observation] of observations.entries()) measure(reconcileRollout, observation, costs[i] as Cost)
  const ratios = (of: 'fresh' | 'again'): number[] => costs.map((cost) => cost[of] / cost.clone)
  const overhead = allocated(100, () => undefined)
  const bytes = costs.map((cost) => cost.bytes - overhead)
  const name = `${family}: reconcile / structuredClone`
  return [
    { name: `${name}, median of ${observations.length}`, value: quantile(ratios('fresh'), 0.5), unit: 'x', most: 0.5 },
    { name: `${name}, p99`, value: quantile(ratios('fresh'), 0.99), unit: 'x', most: 1 },
    {
      name: `${name}, same objects as last time, median`,
      value: quantile(ratios('again'), 0.5),
      unit: 'x',
      most: 0.15,
    },
    { name: `${family}: allocated by a reconcile, median`, value: quantile(bytes, 0.5) / 1000, unit: 'kB', most: 16 },
  ]
}

interface Cost {
  clone: number
  fresh: number
  again: number
  bytes: number
}

/** Fresh objects for every call, as a host that reads from an API has: nothing is recognised by identity. */
function measure(reconcile: Reconcile, observation: RolloutObservation, cost: Cost): void {
  cost.clone = Math.min(
    cost.clone,
    fastest(calls, () => structuredClone(observation)),
  )
  const copies = Array.from({ length: 2 * calls }, () => structuredClone(observation))
  const copy = (call: number): RolloutObservation => copies[call] ?? observation
  cost.fresh = Math.min(
    cost.fresh,
    fastest(calls, (call) => reconcile(copy(call))),
  )
  cost.bytes = Math.min(
    cost.bytes,
    allocated(calls, (call) => reconcile(copy(calls + call))),
  )
  const again = copies.slice(0, calls).map(() => observedAgain(copy(0)))
  cost.again = Math.min(
    cost.again,
    fastest(calls, (call) => reconcile(again[call] ?? observation)),
  )
}
