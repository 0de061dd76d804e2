import { listObjects } from '../../cluster/objects'
import { podTemplateHashLabel } from '../../model/labelKeys'
import { sameJson } from '../../model/sameJson'
import type { PodTemplate, ReplicaSet } from '../../model/workload'
import type { Invariant } from '../invariant'
import { watching } from './steps'

/** Without what the controller adds. */
function asWritten(template: PodTemplate | undefined): unknown {
  const { labels, ...metadata } = template?.metadata ?? {}
  const own = Object.entries(labels ?? {}).filter(([name]) => name !== podTemplateHashLabel)
  return { ...template, metadata: { ...metadata, labels: Object.fromEntries(own) } }
}

export const stableIdentity: Invariant = {
  id: 'S8',
  sentence: 'the same pod template never becomes a second ReplicaSet',
  threads: ['AR#4696', 'AR#4818'],
  start: watching(({ before, now }) => {
    for (const change of now.changes) {
      if (change.kind !== 'createReplicaSet' || !before) continue
      const { metadata, spec } = change.replicaSet
      const owner = metadata.ownerReferences?.[0]
      if (owner?.kind !== 'Rollout') continue
      const sets = listObjects(
        before.objects,
        'ReplicaSet',
        metadata.namespace ?? '',
      ) as unknown as readonly ReplicaSet[]
      const twin = sets.find(
        (set) =>
          set.metadata.ownerReferences?.some(({ uid }) => uid === owner.uid) &&
          sameJson(asWritten(set.spec.template), asWritten(spec.template)),
      )
      if (twin) return `${metadata.name} has the template of ${twin.metadata.name}`
    }
    return undefined
  }),
}
