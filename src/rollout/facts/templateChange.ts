import { podTemplateHasher } from '../../kube/hash/podTemplateHasher'
import { stepHash } from '../../kube/hash/stepHash'
import type { ControllerVersion } from '../../model/controllerVersion'
import type { CanaryStep } from '../../model/rollout'
import type { Facts } from './facts'
import { podHash } from './replicaSets'
import { stepsOf } from './steps'

/** Caches by identity: templates and steps are immutable values, and a reconcile needs their hashes several times. */
const podTemplateHash = podTemplateHasher()
const stepHashes = new WeakMap<
  readonly CanaryStep[],
  { readonly controller: ControllerVersion; readonly hash: string }
>()

function rememberedStepHash(steps: readonly CanaryStep[], controller: ControllerVersion): string {
  const known = stepHashes.get(steps)
  if (known?.controller === controller) return known.hash
  const hash = stepHash(steps, controller)
  stepHashes.set(steps, { controller, hash })
  return hash
}

/** Hash of the Rollout's template. */
export const wantedPodHash = ({ rollout, before, controller }: Facts): string =>
  podTemplateHash(rollout.spec.template, before.collisionCount, controller)

/** Hash of the canary's steps; empty for blue-green. */
export function wantedStepHash({ rollout, controller }: Facts): string {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  return blueGreen || !canary ? '' : rememberedStepHash(stepsOf(rollout), controller)
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
