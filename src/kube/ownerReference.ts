import type { ObjectMeta, OwnerReference } from '../model/meta'

/** The reference to the one owner that manages an object. */
export function controllerOf({ metadata }: { readonly metadata: ObjectMeta }): OwnerReference | undefined {
  for (const owner of metadata.ownerReferences ?? none) if (owner.controller === true) return owner
  return undefined
}

const none: readonly never[] = []
