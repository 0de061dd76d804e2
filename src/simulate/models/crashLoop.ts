import { givenObject } from '../../model/given'
import type { Model } from './model'
import { drawnSeconds, isAbout, type PodRule, type Spread } from './ruledPods'

/** Containers that end again and again. */
export interface CrashLoopOptions extends PodRule {
  /** Seconds from the moment in which a pod is ready until its container ends. */
  readonly afterSeconds: Spread
  /** Default 1. */
  readonly seed?: number
}

/**
 * Pods in a crash loop: the container ends so long after it became ready, and is started again with the waits of the
 * kubelet: at once, after 10 s, 20 s and so on, at most 5 minutes.
 *
 * @example
 * import { crashLoop, simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 1, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const manifests = [{ kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const models = [crashLoop({ image: 'web:1', afterSeconds: 20 })]
 * const { frames } = simulate({ manifests, models, pods: { readyAfterSeconds: 5 }, untilSeconds: 90 })
 * frames.map(({ atSeconds, pods }) => `${atSeconds}: ${pods[0]?.available}`) // => ['0: 0', '5: 1', '25: 0', '30: 1', '50: 0', '65: 1', '85: 0']
 */
export function crashLoop(options: CrashLoopOptions): Model<null> {
  const rule = givenObject<CrashLoopOptions>(options)
  return {
    name: 'crash loop',
    start: null,
    step: () => ({ state: null }),
    pod: (_, pod) =>
      isAbout(rule, pod) ? { crashAfterSeconds: drawnSeconds(rule.afterSeconds, rule.seed, pod) } : undefined,
  }
}
