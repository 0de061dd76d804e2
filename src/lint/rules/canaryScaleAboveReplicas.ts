import { maxWeightOf, replicasOf } from '../../rollout/defaults'
import { stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const canaryScaleAboveReplicas = rolloutRule(
  {
    id: 'canary-scale-above-replicas',
    severity: 'warning',
    summary: 'a canary that is larger than the Rollout',
    why: 'With `dynamicStableScale` a full promotion gives the canary the weight that its pods are worth. With more pods than `replicas` that is more than all of the traffic, stable gets a negative weight, and routers such as Istio refuse it: the update gets stuck.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/4424',
  },
  function* (rollout) {
    const canary = rollout.spec.strategy?.canary
    if (!canary?.trafficRouting || !canary.dynamicStableScale || rollout.spec.replicas === undefined) return
    const [replicas, whole] = [replicasOf(rollout), maxWeightOf(rollout)]
    for (const [index, { setCanaryScale: scale }] of stepsOf(rollout).entries()) {
      const isShare = scale?.weight !== undefined
      const pods = isShare ? Math.ceil((replicas * (scale.weight ?? 0)) / 100) : scale?.replicas
      if (pods === undefined || pods <= replicas || replicas === 0) continue
      const weight = Math.floor((pods * whole) / replicas)
      const path = [...canaryPath, 'steps', index, 'setCanaryScale', isShare ? 'weight' : 'replicas']
      yield {
        path,
        message: `${pods} pods beside ${replicas} replicas: promote --full asks the router for weight ${weight} of ${whole}`,
      }
      return
    }
  },
)
