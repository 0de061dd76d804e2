import type { FieldPath } from '../../input/places'
import type { Rollout } from '../../model/rollout'
import { isRouted, maxSurgeOf, maxWeightOf, replicasOf } from '../../rollout/defaults'
import { approximateWeight } from '../../rollout/desired/canaryCounts'
import { stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const thresholdNeverMet = rolloutRule(
  {
    id: 'threshold-never-met',
    severity: 'warning',
    summary: 'a replicaProgressThreshold that the step can never reach',
    why: '`replicaProgressThreshold` as a number of pods counts available canary pods, whatever the step asks for. A step that creates fewer never completes, and the progress deadline ends the update.',
    thread: 'https://github.com/argoproj/argo-rollouts/pull/4341',
  },
  function* (rollout) {
    const threshold = rollout.spec.strategy?.canary?.replicaProgressThreshold
    if (!threshold) return
    const path: FieldPath = [...canaryPath, 'replicaProgressThreshold', 'value']
    const { type, value } = threshold
    if (type === 'Percent') {
      if (value > 100) yield { path, message: `${value} % of the pods are never available: no step is ever over` }
      return
    }
    const step = rollout.spec.replicas === undefined ? undefined : firstBelow(rollout, value)
    if (!step) return
    const message = `step ${step.index + 1} (setWeight: ${step.weight}) makes ${step.pods} of ${replicasOf(rollout)} pods and waits for ${value}: it is never over`
    yield { path, message }
  },
)

interface SmallStep {
  readonly index: number
  readonly weight: number
  readonly pods: number
}

/**
 * The first setWeight that makes fewer pods than wanted; pods that setCanaryScale makes are left to the people who set
 * them.
 */
function firstBelow(rollout: Rollout, wanted: number): SmallStep | undefined {
  for (const [index, { setWeight, setCanaryScale }] of stepsOf(rollout).entries()) {
    if (setCanaryScale) return undefined
    if (setWeight === undefined) continue
    const pods = podsAt(rollout, setWeight)
    if (pods < wanted) return { index, weight: setWeight, pods }
  }
  return undefined
}

function podsAt(rollout: Rollout, weight: number): number {
  const [replicas, whole] = [replicasOf(rollout), maxWeightOf(rollout)]
  if (!isRouted(rollout)) return approximateWeight(replicas, weight, whole, maxSurgeOf(rollout)).canary
  const share = Math.ceil((replicas * weight) / whole)
  const minimum = Math.min(rollout.spec.strategy?.canary?.minPodsPerReplicaSet ?? 0, replicas)
  return share === 0 ? 0 : Math.max(share, minimum)
}
