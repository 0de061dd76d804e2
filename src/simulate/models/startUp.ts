import { givenObject } from '../../model/given'
import type { Model } from './model'
import { drawnSeconds, isAbout, type PodRule, type Spread } from './ruledPods'

/** How long pods take to become ready. */
export interface StartUpOptions extends PodRule {
  readonly readyAfterSeconds: Spread
  /** Another seed, other times. Default 1. */
  readonly seed?: number
}

/**
 * Pods that take a time of their own to become ready: of an image, or in a time in which the registry is slow. Of more
 * than 50 pods that start together some share a time.
 *
 * @example
 * import { simulate, startUp } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 3, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const models = [startUp({ readyAfterSeconds: { between: [10, 60] }, seed: 7 })]
 * const { frames } = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], models })
 * frames.map(({ atSeconds, pods }) => `${atSeconds}: ${pods[0]?.available}`) // => ['0: 0', '18: 1', '31: 2', '53: 3']
 */
export function startUp(options: StartUpOptions): Model<null> {
  const rule = givenObject<StartUpOptions>(options)
  return {
    name: 'start-up',
    start: null,
    step: () => ({ state: null }),
    pod: (_, pod) =>
      isAbout(rule, pod) ? { readyAfterSeconds: drawnSeconds(rule.readyAfterSeconds, rule.seed, pod) } : undefined,
  }
}
