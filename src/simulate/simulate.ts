import { openStory } from './createWorld'
import type { Reducers } from './reducers'
import type { SimulationInput, Timeline } from './simulation'
import type { Watch } from './tracedTurn'

/**
 * Simulates a Rollout, with its Experiments and AnalysisRuns, or an Experiment alone, in a modelled cluster: observe,
 * reconcile, apply, then continue with the next second at which something can happen. Nothing real is touched and no
 * time passes.
 *
 * @example
 * import { simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const { frames } = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], untilSeconds: 10 })
 * frames.at(-1)?.phase // => 'Healthy'
 */
export function simulate(input: SimulationInput): Timeline {
  return simulateWatched(input, undefined)
}

/**
 * Simulates, and calls `watch` for every turn: the property kit checks each turn, while the timeline has only seconds.
 */
export function simulateWatched(input: SimulationInput, watch: Watch | undefined, reducers?: Reducers): Timeline {
  const { world, untilSeconds } = openStory(input, watch, reducers)
  world.advance(untilSeconds)
  return world.timeline()
}
