import { replicasOf } from '../../rollout/defaults'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const minPodsUnreachable = rolloutRule(
  {
    id: 'min-pods-unreachable',
    severity: 'warning',
    summary: 'a minPodsPerReplicaSet above replicas',
    why: '`minPodsPerReplicaSet` above `replicas` asks for more pods than the Rollout has. Since v1.10 `replicas` is used instead; before, canary and stable each got more pods than the Rollout has.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1738',
  },
  function* (rollout) {
    const minimum = rollout.spec.strategy?.canary?.minPodsPerReplicaSet
    if (minimum === undefined || rollout.spec.replicas === undefined || minimum <= replicasOf(rollout)) return
    const path = [...canaryPath, 'minPodsPerReplicaSet']
    yield { path, message: `there are ${replicasOf(rollout)} replicas: no ReplicaSet gets ${minimum} pods` }
  },
)
