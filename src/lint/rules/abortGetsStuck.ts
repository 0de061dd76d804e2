import type { ControllerVersion } from '../../model/controllerVersion'
import type { Rollout } from '../../model/rollout'
import { isRouted, maxWeightOf, replicasOf } from '../../rollout/defaults'
import { stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { type Complaint, rolloutRule } from '../rule'

export const abortGetsStuck = rolloutRule(
  {
    id: 'abort-gets-stuck',
    severity: 'warning',
    summary: 'an abort that never returns all traffic to the stable version',
    why: 'With `dynamicStableScale`, v1.9 and later compute the weight of an aborted canary from its pods. Pods that an abort delay or `minPodsPerReplicaSet` keeps hold their share of the traffic for ever.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/4841',
  },
  function* (rollout, _at, _target, { controller }) {
    if (!isRouted(rollout) || !rollout.spec.strategy?.canary?.dynamicStableScale) return
    const byDelay = withDelay.has(controller) ? heldByDelay(rollout) : undefined
    const found = byDelay ?? (withMinimum.has(controller) ? heldByMinimum(rollout) : undefined)
    if (found) yield found
  },
)

/** The controllers of AR#4898: the main branch has fixed it. */
const withDelay: ReadonlySet<ControllerVersion> = new Set<ControllerVersion>(['v1.9', 'v1.10'])
/** The controllers of AR#4841. */
const withMinimum: ReadonlySet<ControllerVersion> = new Set<ControllerVersion>(['v1.9', 'v1.10', 'main'])

const weightsOf = (rollout: Rollout): readonly number[] =>
  stepsOf(rollout).flatMap(({ setWeight }) => (setWeight === undefined || setWeight === 0 ? [] : [setWeight]))

/** AR#4898: an abort beyond the first weight comes back to an earlier one and no further. */
function heldByDelay(rollout: Rollout): Complaint | undefined {
  const seconds = rollout.spec.strategy?.canary?.abortScaleDownDelaySeconds
  const weights = weightsOf(rollout)
  const [first = 0] = weights
  if (seconds === undefined || seconds === 0 || !weights.some((weight) => weight > first)) return undefined
  const message = `an abort comes back to weight ${first} and stays there: the pods wait for a delay that begins only once all traffic is back (AR#4898); leave it out`
  return { path: [...canaryPath, 'abortScaleDownDelaySeconds'], message }
}

/** AR#4841: a minimum above the share of a weight. */
function heldByMinimum(rollout: Rollout): Complaint | undefined {
  const { minPodsPerReplicaSet: minimum = 0, abortScaleDownDelaySeconds } = rollout.spec.strategy?.canary ?? {}
  if (rollout.spec.replicas === undefined || abortScaleDownDelaySeconds !== undefined) return undefined
  const [replicas, whole] = [replicasOf(rollout), maxWeightOf(rollout)]
  const pods = Math.min(minimum, replicas)
  const weight = weightsOf(rollout).find((one) => Math.ceil((replicas * one) / whole) < pods)
  if (weight === undefined) return undefined
  const message = `an abort at weight ${weight} stays there: the canary keeps ${pods} pods as long as it has traffic, and traffic as long as it has them (AR#4841)`
  return { path: [...canaryPath, 'minPodsPerReplicaSet'], message }
}
