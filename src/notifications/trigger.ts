import { givenText } from '../model/given'

/**
 * The trigger that an event of the controller pulls: `RolloutStepCompleted` becomes `on-rollout-step-completed`.
 *
 * Source: behaviour 9.3.
 *
 * @example
 * ```ts
 * import { triggerOf } from 'rollout-engine/notifications'
 *
 * triggerOf('PatchingALBIngress') // 'on-patching-alb-ingress'
 * ```
 */
export function triggerOf(reason: string): string {
  const words = givenText(reason)
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
  return `on-${words.toLowerCase()}`
}
