import { podTemplateHash } from '../../kube/hash/podTemplateHash'
import { stepHash } from '../../kube/hash/stepHash'
import { newSet, podHash } from '../pods/replicaSets'
import { stepsOf } from '../steps/steps'
import type { Turn } from '../turn'

/** Hash of the template that the Rollout wants now. */
export function wantedPodHash(turn: Turn): string {
  const { spec } = turn.rollout
  turn.wantedPodHash ??= podTemplateHash(spec.template, turn.before.collisionCount, turn.controller)
  return turn.wantedPodHash
}

/** Hash of the canary's steps; empty for blue-green. */
export function wantedStepHash(turn: Turn): string {
  const { canary, blueGreen } = turn.rollout.spec.strategy ?? {}
  turn.wantedStepHash ??= blueGreen || !canary ? '' : stepHash(stepsOf(turn.rollout), turn.controller)
  return turn.wantedStepHash
}

/** The recorded hash is that of another template. */
export function podTemplateChanged(turn: Turn): boolean {
  const recorded = turn.before.currentPodHash ?? ''
  if (recorded === '') return false
  const fresh = newSet(turn)
  return recorded !== (fresh ? podHash(fresh) : wantedPodHash(turn))
}

/** A new update begins: other steps, or another template (behaviour 3.7). */
export const podTemplateOrStepsChanged = (turn: Turn): boolean =>
  (turn.before.currentStepHash ?? '') === '' ||
  turn.before.currentStepHash !== wantedStepHash(turn) ||
  podTemplateChanged(turn)
