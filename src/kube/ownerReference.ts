import type { ObjectMeta, OwnerReference } from '../model/meta'

/** The reference to the one owner that manages an object. */
export const controllerOf = (object: { readonly metadata: ObjectMeta }): OwnerReference | undefined =>
  object.metadata.ownerReferences?.find((owner) => owner.controller === true)
