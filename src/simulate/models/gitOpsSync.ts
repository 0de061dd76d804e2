import { givenObject } from '../../model/given'
import type { Manifest } from '../worldEvent'
import type { Model } from './model'

/** Another controller that applies the manifests of a repository. */
export interface GitOpsOptions {
  readonly manifests: readonly Manifest[]
  readonly everySeconds: number
  /** Default 0. */
  readonly fromSecond?: number
}

/** When it compares again. */
export interface GitOpsState {
  readonly nextSecond: number
}

/**
 * A GitOps controller with self-healing: every so many seconds it applies its manifests, so that what people scaled
 * or edited meanwhile is taken back.
 *
 * @example
 * import { gitOpsSync, simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const manifests = [{ kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const models = [gitOpsSync({ manifests, everySeconds: 180, fromSecond: 60 })]
 * const { frames } = simulate({ manifests, models, events: [{ atSeconds: 70, replicas: 5 }], untilSeconds: 600 })
 * frames.map(({ atSeconds, replicas }) => `${atSeconds}: ${replicas}`) // => ['0: 2', '70: 5', '241: 2']
 */
export function gitOpsSync(options: GitOpsOptions): Model<GitOpsState> {
  const { manifests, everySeconds, fromSecond = 0 } = givenObject<GitOpsOptions>(options)
  return {
    name: 'GitOps',
    start: { nextSecond: fromSecond },
    step: (state, { atSeconds }) => {
      if (atSeconds < state.nextSecond) return { state }
      return { state: { nextSecond: atSeconds + Math.max(1, everySeconds) }, deeds: [{ apply: manifests }] }
    },
    next: ({ nextSecond }) => nextSecond,
  }
}
