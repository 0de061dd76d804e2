import type { ClusterObjects } from './objects'

/**
 * What Kubernetes collects after objects were deleted: objects that have lost all their owners, and the objects that
 * those owned. The same objects if nothing was deleted.
 */
export function collectGarbage(objects: ClusterObjects, before: ClusterObjects): ClusterObjects {
  const gone = new Set<string>()
  for (const [key, { metadata }] of Object.entries(before)) {
    if (!Object.hasOwn(objects, key) && metadata.uid !== undefined) gone.add(metadata.uid)
  }
  let kept = objects
  let size = 0
  while (gone.size > size) {
    size = gone.size
    for (const [key, { metadata }] of Object.entries(kept)) {
      const owners = metadata.ownerReferences ?? []
      if (owners.length === 0 || !owners.every(({ uid }) => gone.has(uid))) continue
      if (metadata.uid !== undefined) gone.add(metadata.uid)
      const { [key]: _collected, ...others } = kept
      kept = others
    }
  }
  return kept
}
