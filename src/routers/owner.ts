import { controllerOf } from '../kube/ownerReference'
import type { KubeObject, OwnerReference } from '../model/meta'
import type { Rollout } from '../model/rollout'

export const isControlledBy = (object: KubeObject, { metadata }: Rollout): boolean =>
  controllerOf(object)?.uid === (metadata.uid ?? '')

/** The reference that makes Kubernetes delete an object together with its Rollout. */
export const ownedBy = ({ metadata }: Rollout): OwnerReference => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  name: metadata.name,
  uid: metadata.uid ?? '',
  controller: true,
  blockOwnerDeletion: true,
})
