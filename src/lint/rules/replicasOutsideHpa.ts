import { isJsonObject } from '../../model/json'
import { isFromCluster, neighbours } from '../facts'
import { rolloutRule } from '../rule'

export const replicasOutsideHpa = rolloutRule(
  {
    id: 'replicas-outside-hpa',
    severity: 'warning',
    summary: 'replicas outside the range of the autoscaler',
    why: 'Each apply sets `replicas`, and the autoscaler changes it back: pods come and go. Leave `replicas` out if an autoscaler decides.',
    thread: 'https://github.com/argoproj/argo-cd/issues/5105',
  },
  function* (rollout, at, target) {
    const { replicas } = rollout.spec
    if (replicas === undefined || replicas === 0 || isFromCluster(at)) return
    for (const { object } of neighbours(target, at, 'HorizontalPodAutoscaler')) {
      const { scaleTargetRef, minReplicas = 1, maxReplicas } = isJsonObject(object.spec) ? object.spec : {}
      if (
        !isJsonObject(scaleTargetRef) ||
        scaleTargetRef.kind !== 'Rollout' ||
        scaleTargetRef.name !== rollout.metadata.name
      )
        continue
      if (typeof minReplicas !== 'number' || typeof maxReplicas !== 'number') continue
      if (replicas >= minReplicas && replicas <= maxReplicas) continue
      const path = ['spec', 'replicas']
      const message = `the HorizontalPodAutoscaler ${object.metadata.name} keeps ${minReplicas} to ${maxReplicas}: leave replicas out`
      yield { path, message, fix: { op: 'remove', path } }
    }
  },
)
