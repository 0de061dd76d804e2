import { copyToFill } from '../model/copies'
import { givenObject, givenText } from '../model/given'
import { ownValue } from '../model/json'
import type { ObjectOf } from '../model/kinds'
import type { KubeObject } from '../model/meta'

/**
 * A modelled cluster: every object under `<plural>/<namespace>/<name>` (empty namespace when cluster-scoped).
 * A plain record, so a state can be recorded, diffed and replayed.
 */
export type ClusterObjects = Readonly<Record<string, KubeObject>>

const plurals: Readonly<Record<string, string>> = {
  Rollout: 'rollouts',
  AnalysisRun: 'analysisruns',
  AnalysisTemplate: 'analysistemplates',
  ClusterAnalysisTemplate: 'clusteranalysistemplates',
  Experiment: 'experiments',
  ReplicaSet: 'replicasets',
  Deployment: 'deployments',
  PodTemplate: 'podtemplates',
  Pod: 'pods',
  Service: 'services',
  Secret: 'secrets',
  Ingress: 'ingresses',
  VirtualService: 'virtualservices',
  DestinationRule: 'destinationrules',
  TargetGroupBinding: 'targetgroupbindings',
  Endpoints: 'endpoints',
}

/** `pods` for `Pod`; unknown kinds get their lower-case name and an s. */
export const pluralOf = (kind: string): string =>
  Object.hasOwn(plurals, kind) ? plurals[kind]! : `${kind.toLowerCase()}s`

/**
 * Key of an object in ClusterObjects.
 *
 * @example
 * import { objectKey } from 'rollout-engine/simulate'
 * objectKey('ReplicaSet', 'shop', 'web-5f') // => 'replicasets/shop/web-5f'
 * objectKey('ClusterAnalysisTemplate', '', 'latency') // => 'clusteranalysistemplates//latency'
 */
export const objectKey = (kind: string, namespace: string, name: string): string =>
  `${pluralOf(givenText(kind))}/${givenText(namespace)}/${givenText(name)}`

/** The cluster with one object more, or another one in its place. */
export function withObject(objects: ClusterObjects, key: string, object: KubeObject): ClusterObjects {
  const next: Record<string, KubeObject> = copyToFill(objects)
  next[key] = object
  return next
}

/**
 * Keys of all objects of a kind in a namespace, in the order of their names.
 *
 * @example
 * import { keysOf } from 'rollout-engine/simulate'
 * const pod = (name: string) => ({ kind: 'Pod', metadata: { name, namespace: 'shop' } })
 * keysOf({ 'pods/shop/b': pod('b'), 'pods/shop/a': pod('a') }, 'Pod', 'shop') // => ['pods/shop/a', 'pods/shop/b']
 */
export function keysOf(objects: ClusterObjects, kind: string, namespace: string): string[] {
  const plural = pluralOf(givenText(kind))
  const infix = `/${givenText(namespace)}/`
  const keys: string[] = []
  for (const key of Object.keys(givenObject(objects)))
    if (key.startsWith(plural) && key.startsWith(infix, plural.length)) keys.push(key)
  return keys.length > 1 ? keys.sort() : keys
}

/**
 * The object under a key, as its kind's type; undefined if there is none, or one of another kind.
 *
 * @example
 * import { objectAt } from 'rollout-engine/simulate'
 * const objects = { 'services/shop/web': { kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' } } } }
 * objectAt(objects, 'Service', 'services/shop/web')?.spec?.selector // => { app: 'web' }
 * objectAt(objects, 'Pod', 'services/shop/web') // => undefined
 */
export const objectAt = <Kind extends string>(
  objects: ClusterObjects,
  kind: Kind,
  key: string,
): ObjectOf<Kind> | undefined =>
  givenText(key).startsWith(`${pluralOf(givenText(kind))}/`)
    ? (ownValue(givenObject<ClusterObjects>(objects), givenText(key)) as ObjectOf<Kind> | undefined)
    : undefined

/**
 * All objects of a kind in a namespace, in the order of their names (as an API server lists them), as the kind's type.
 *
 * @example
 * import { listObjects } from 'rollout-engine/simulate'
 * const objects = { 'pods/shop/a': { kind: 'Pod', metadata: { name: 'a', namespace: 'shop' } } }
 * listObjects(objects, 'Pod', 'shop').map((pod) => pod.metadata.name) // => ['a']
 * listObjects(objects, 'Pod', 'other') // => []
 */
export const listObjects = <Kind extends string>(
  objects: ClusterObjects,
  kind: Kind,
  namespace: string,
): ObjectOf<Kind>[] => keysOf(objects, kind, namespace).map((key) => objects[key] as ObjectOf<Kind>)

/** All objects of a namespace by the plural of their kind, each list as `listObjects` gives it, in one pass. */
export function objectsByPlural(
  objects: ClusterObjects,
  namespace: string,
): ReadonlyMap<string, readonly KubeObject[]> {
  const lists = new Map<string, KubeObject[]>()
  const infix = `/${namespace}/`
  for (const key of Object.keys(objects).sort()) {
    const slash = key.indexOf('/')
    if (!key.startsWith(infix, slash)) continue
    const plural = key.slice(0, slash)
    const list = lists.get(plural)
    if (list) list.push(objects[key] as KubeObject)
    else lists.set(plural, [objects[key] as KubeObject])
  }
  return lists
}
