import { maxWeightOf, replicasOf } from '../../rollout/defaults'
import { stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const canaryScaleAboveReplicas = rolloutRule(
  {
    id: 'canary-scale-above-replicas',
    severity: 'warning',
    summary: 'a canary with more pods than the Rollout has replicas',
    why: 'With `dynamicStableScale` a full promotion sets the weight of the canary from its pods. If it has more pods than `replicas`, its weight is above 100 %, stable gets a negative weight, routers such as Istio refuse both, and the update is stuck.',
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
