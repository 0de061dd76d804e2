import { isJsonObject } from '../../model/json'
import { neighbours } from '../facts'
import { rolloutRule } from '../rule'

export const hpaScalesWorkload = rolloutRule(
  {
    id: 'hpa-scales-workload',
    severity: 'error',
    summary: 'an autoscaler that scales the workload of a Rollout instead of the Rollout',
    why: 'With `workloadRef` the Rollout scales the pods. An autoscaler on the Deployment scales pods that should not exist, and brings back those that the Rollout scaled down.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/3825',
  },
  function* (rollout, at, target) {
    const { workloadRef } = rollout.spec
    if (!workloadRef) return
    for (const { object } of neighbours(target, at, 'HorizontalPodAutoscaler')) {
      const { scaleTargetRef } = isJsonObject(object.spec) ? object.spec : {}
      if (!isJsonObject(scaleTargetRef)) continue
      if (scaleTargetRef.kind !== workloadRef.kind || scaleTargetRef.name !== workloadRef.name) continue
      const message = `the HorizontalPodAutoscaler ${object.metadata.name} scales the ${workloadRef.kind}: let it scale the Rollout ${rollout.metadata.name}`
      yield { path: ['spec', 'workloadRef', 'name'], message }
    }
  },
)
