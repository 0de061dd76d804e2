import { controllerOf } from '../../kube/ownerReference'
import type { OwnerReference } from '../../model/meta'
import type { ReplicaSet } from '../../model/workload'
import type { Facts } from './facts'

/** The owner reference that makes an object this Rollout's. */
export const ownerReferenceTo = ({ name, rollout }: Facts): OwnerReference => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  name,
  uid: rollout.metadata.uid ?? '',
  controller: true,
  blockOwnerDeletion: true,
})

export const isOwnedBy = ({ rollout }: Facts, object: ReplicaSet): boolean =>
  controllerOf(object)?.uid === (rollout.metadata.uid ?? '')
