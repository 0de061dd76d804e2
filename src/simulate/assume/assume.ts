import type { ClusterObjects } from '../../cluster/objects'
import type { Issue } from '../../model/issue'
import type { KubeObject } from '../../model/meta'
import { assumedObject, saysOf } from './assumedObjects'
import { assumedTemplates } from './assumedTemplates'
import { analysesOf, keyOf, type Reference, rolloutReferences, workloadReference } from './references'
import { textsAt } from './walk'

/**
 * What becomes of objects that the Rollout names and that are not among the manifests. `assume`: they are in the
 * cluster, as the Rollout needs them. `strict`: they do not exist, and the controller says what it says then.
 */
export type Missing = 'assume' | 'strict'

/** An object that is not among the manifests and was taken to exist. */
export interface AssumedObject {
  readonly kind: string
  /** Empty for kinds without a namespace. */
  readonly namespace: string
  readonly name: string
  /** The object that names it, and the field that does. */
  readonly namedBy: { readonly kind: string; readonly namespace: string; readonly name: string }
  readonly path: string
  /** What it is assumed to be: `to select the Rollout's pods`. */
  readonly as: string
}

export interface Assumptions {
  readonly objects: ClusterObjects
  readonly assumed: readonly AssumedObject[]
  /** Metrics of templates that nobody has shown: how they judge a value is not known. */
  readonly metrics: ReadonlySet<string>
}

/**
 * Puts in what the Rollout under `key` names and nobody has shown. Pods come first: what Services select depends on
 * them.
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
