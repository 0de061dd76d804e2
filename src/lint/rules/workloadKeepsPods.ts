import { isJsonObject } from '../../model/json'
import { neighbours } from '../facts'
import { rolloutRule } from '../rule'

export const workloadKeepsPods = rolloutRule(
  {
    id: 'workload-keeps-pods',
    severity: 'warning',
    summary: 'a workloadRef without scaleDown, so that the Deployment keeps its pods',
    why: 'A Rollout with `workloadRef` creates its own pods. Without `scaleDown` the pods of the Deployment stay as well, and both get traffic.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/4288',
  },
  function* (rollout, at, target) {
    const { workloadRef } = rollout.spec
    if (workloadRef?.kind !== 'Deployment' || (workloadRef.scaleDown ?? 'never') !== 'never') return
    const deployment = neighbours(target, at, 'Deployment').find(
      ({ object }) => object.metadata.name === workloadRef.name,
    )
    if (!deployment) return
    const spec = isJsonObject(deployment.object.spec) ? deployment.object.spec : {}
    if ((spec.replicas ?? 1) === 0) return
    const message = `the Deployment ${workloadRef.name} keeps ${spec.replicas ?? 1} pods beside those of the Rollout: say scaleDown: onsuccess`
    yield {
      path: ['spec', 'workloadRef'],
      message,
      fix: { op: 'add', path: ['spec', 'workloadRef', 'scaleDown'], value: 'onsuccess' },
    }
  },
)
