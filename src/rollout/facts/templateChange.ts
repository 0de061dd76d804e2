import { podTemplateHash } from '../../kube/hash/podTemplateHash'
import { stepHash } from '../../kube/hash/stepHash'
import type { Facts } from './facts'
import { podHash } from './replicaSets'

// Templates and steps are immutable values, and a reconcile needs their hashes several times.

/** Hash of the Rollout's template. */
export function wantedPodHash({ rollout, before, controller, memory }: Facts): string {
  const { template } = rollout.spec
  const { collisionCount } = before
  const known = memory.podHash
  if (known?.template === template && known?.collisionCount === collisionCount && known?.controller === controller)
    return known.hash
  const hash = podTemplateHash(template, collisionCount, controller)
  memory.podHash = { template, collisionCount, controller, hash }
  return hash
}

/** Hash of the canary's steps; empty for blue-green. */
export function wantedStepHash({ rollout, controller, memory }: Facts): string {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  if (blueGreen || !canary) return ''
  const steps = canary.steps ?? undefined
  const known = memory.stepHash
  if (known?.steps === steps && known?.controller === controller) return known.hash
  const hash = stepHash(steps, controller)
  memory.stepHash = { steps, controller, hash }
  return hash
}

/** The recorded hash belongs to another template. */
export function podTemplateChanged(facts: Facts): boolean {
  const recorded = facts.before.currentPodHash ?? ''
  if (recorded === '') return false
  const fresh = facts.newSet
  return recorded !== (fresh ? podHash(fresh) : wantedPodHash(facts))
}

/** A new update begins: other steps, or another template (behaviour 3.7). */
export const podTemplateOrStepsChanged = (facts: Facts): boolean =>
  (facts.before.currentStepHash ?? '') === '' ||
  facts.before.currentStepHash !== wantedStepHash(facts) ||
  podTemplateChanged(facts)
