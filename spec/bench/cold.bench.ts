import type { RolloutObservation } from '../../src/rollout/observation'
import type { Figure } from './bench'
import { fastest, sum } from './measure'
import { completeObservations, ofNamespace } from './observations'
import { type Shipped, withShipped } from './shipped'

/**
 * What a host with many Rollouts pays: 1,000 different ones in turn, none of whose objects is in the processor's caches, as a
 * multiple of what the same reconciles cost one by one.
 */
export async function bench(): Promise<readonly Figure[]> {
  const families = ['canary-basic', 'canary-routed', 'canary-analysis', 'blue-green']
  const rollouts = families.flatMap((family) =>
    completeObservations(family, 2500)
      .filter((_, i) => i % 10 === 0)
      .map((observation, i) => ofNamespace(observation, `${family}-${i}`)),
  )
  return withShipped(({ core }) => figuresOf(core, rollouts))
}

const passes = 6

function figuresOf({ reconcileRollout }: Shipped['core'], rollouts: readonly RolloutObservation[]): Figure[] {
  const warm = rollouts.map(() => Number.POSITIVE_INFINITY)
  const cold = rollouts.map(() => Number.POSITIVE_INFINITY)
  for (let pass = 0; pass < passes; pass++) {
    rollouts.forEach((rollout, i) => {
      const copies = Array.from({ length: passes }, () => structuredClone(rollout))
      warm[i] = Math.min(
        warm[i] as number,
        fastest(passes, (call) => reconcileRollout(copies[call] ?? rollout)),
      )
    })
    const inTurn = rollouts.map((rollout) => structuredClone(rollout))
    inTurn.forEach((rollout, i) => {
      cold[i] = Math.min(
        cold[i] as number,
        fastest(1, () => reconcileRollout(rollout)),
      )
    })
  }
  const name = `${rollouts.length} Rollouts in turn`
  return [
    { name: `${name} / one by one`, value: sum(cold) / sum(warm), unit: 'x', most: 2 },
    { name: `${name}, each`, value: sum(cold) / rollouts.length / 1000, unit: 'us' },
  ]
}
