import type { Rollout } from '../model/rollout'
import type { TargetRef } from './plan'
import { targetOf } from './planFor'
import { takeRollout } from './wellFormed'

/**
 * Which object `setImage` changes: the Rollout, or, as upstream, the Deployment that its `workloadRef` names, for any
 * kind.
 *
 * @example
 * import { templateHolder } from 'rollout-engine/commands'
 * const spec = { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web-base' } }
 * templateHolder({ metadata: { name: 'web', namespace: 'shop' }, spec }) // => { resource: 'deployments', namespace: 'shop', name: 'web-base' }
 */
export function templateHolder(given: Rollout): TargetRef {
  const rollout = takeRollout(given)
  const { workloadRef } = rollout.spec ?? {}
  if (!workloadRef) return targetOf('rollouts', rollout)
  return targetOf('deployments', { metadata: { ...rollout.metadata, name: workloadRef.name ?? '' } })
}
