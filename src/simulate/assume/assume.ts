import type { ClusterObjects } from '../../cluster/objects'
import type { Issue } from '../../model/issue'
import type { KubeObject } from '../../model/meta'
import { assumedObject, saysOf } from './assumedObjects'
import { assumedTemplates } from './assumedTemplates'
import { analysesOf, keyOf, type Reference, rolloutReferences, workloadReference } from './references'
import { textsAt } from './walk'

/**
 * How to treat objects that the Rollout refers to and that are not in the manifests. `assume`: they exist in the
 * cluster, in the form that the Rollout needs. `strict`: they do not exist, and the controller reacts to that.
 */
export type Missing = 'assume' | 'strict'

/** An object that is not in the manifests and is assumed to exist. */
export interface AssumedObject {
  readonly kind: string
  /** Empty for kinds without a namespace. */
  readonly namespace: string
  readonly name: string
  /** The object and the field that refer to it. */
  readonly namedBy: { readonly kind: string; readonly namespace: string; readonly name: string }
  readonly path: string
  /** What is assumed about it: `to select the Rollout's pods`. */
  readonly as: string
}

export interface Assumptions {
  readonly objects: ClusterObjects
  readonly assumed: readonly AssumedObject[]
  /** Metrics of templates that are not given, so their conditions are unknown. */
  readonly metrics: ReadonlySet<string>
}

/**
 * Adds the objects that the Rollout under `key` refers to and that are not given. Pods come first, because selectors of
 * Services depend on them.
 */
export function assumeMissing(given: ClusterObjects, key: string, now: string, assumedBefore = 0): Assumptions {
  const rollout = given[key] as KubeObject
  const assumed: AssumedObject[] = []
  const metrics = new Set<string>()
  let objects = given
  const put = (reference: Reference, object: KubeObject, as: string): void => {
    const uid = `assumed-${assumedBefore + assumed.length + 1}`
    const metadata = { uid, creationTimestamp: now, generation: 1, ...object.metadata }
    objects = { ...objects, [keyOf(reference)]: { ...object, metadata } }
    assumed.push(noteOf(reference, as))
  }
  const workload = workloadReference(rollout)
  for (const reference of [...(workload ? [workload] : []), ...rolloutReferences(rollout)]) {
    if (objects[keyOf(reference)]) continue
    put(reference, assumedObject(reference, rollout, objects), saysOf(reference.kind))
  }
  for (const [reference, template] of assumedTemplates(analysesOf(rollout, objects), objects)) {
    const names = textsAt(template, 'spec.metrics[].name')
    for (const name of names) metrics.add(name)
    put(reference, template, `to be Successful unless measurements of ${names.join(', ')} say otherwise`)
  }
  return { objects, assumed, metrics }
}

function noteOf({ kind, namespace, name, path, namedBy }: Reference, as: string): AssumedObject {
  const { metadata } = namedBy
  const by = { kind: namedBy.kind ?? '', namespace: metadata.namespace ?? '', name: metadata.name }
  return { kind, namespace, name, namedBy: by, path, as }
}

/** The warning about an assumption. It says where the object is, if it is in another namespace. */
export function assumptionIssue({ kind, namespace, name, path, as }: AssumedObject, objects: ClusterObjects): Issue {
  const elsewhere = Object.values(objects).find(
    (one) => one.kind === kind && one.metadata.name === name && (one.metadata.namespace ?? '') !== namespace,
  )
  const hint = elsewhere
    ? ` (there is one in namespace ${elsewhere.metadata.namespace}, but the Rollout is in ${namespace})`
    : ''
  const message = `${kind} ${name} is not among the manifests${hint}: it is assumed to exist and ${as}`
  return { code: 'assumed', path, message, severity: 'warning' }
}
