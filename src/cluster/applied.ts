import type { Change } from '../model/change'
import { withFields } from '../model/copies'
import { givenObject, givenText } from '../model/given'
import { isJsonObject, ownValue } from '../model/json'
import type { KubeObject } from '../model/meta'
import { sameJson } from '../model/sameJson'
import { type Creation, type Edit, effectOf } from './effects'
import { copiable, produced } from './immer'
import { type ClusterObjects, objectKey, withObject } from './objects'
import { wellFormedChange, wellFormedCluster } from './wellFormed'

/** What the modelled API server needs to create an object. */
export interface CreationContext {
  /** RFC 3339. */
  readonly now: string
  /** The UID of the next object: any unique text. */
  readonly uidOf: (key: string) => string
}

/**
 * The cluster after one change: the only place that defines the effect of changes on objects. Nothing is mutated;
 * unchanged objects are shared, and the same record is returned if nothing changes: the object does not exist, or the
 * change is a call of a router, which owns its objects.
 *
 * @example
 * import { applied } from 'rollout-engine/simulate'
 * const service = { kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' } } }
 * const change = { kind: 'selectPods', namespace: 'shop', name: 'web', podTemplateHash: '5f' } as const
 * const objects = applied({ 'services/shop/web': service }, change, { now: '2030-01-01T00:00:00Z', uidOf: (key) => key })
 * objects['services/shop/web']?.spec // => { selector: { app: 'web', 'rollouts-pod-template-hash': '5f' } }
 */
export function applied(given: ClusterObjects, change: Change, context: CreationContext): ClusterObjects {
  return appliedSound(wellFormedCluster(given), wellFormedChange(change), context)
}

/** The same for objects and a change that are known to be well-formed: they are not checked. */
export function appliedSound(objects: ClusterObjects, change: Change, context: CreationContext): ClusterObjects {
  const effect = effectOf(change)
  if (!effect) return objects
  if (effect.does === 'create') return created(objects, effect, context)
  const key = objectKey(effect.kind, effect.named.namespace, effect.named.name)
  const object = objects[key]
  if (!object) return objects
  if (effect.does === 'delete') {
    const { [key]: _, ...others } = objects
    return others
  }
  const after = edited(object, effect)
  return after === object ? objects : withObject(objects, key, after)
}

/**
 * Writes the whole status that a reducer decided.
 *
 * @example
 * import { applyStatus } from 'rollout-engine/simulate'
 * const rollout = { kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' } }
 * const objects = applyStatus({ 'rollouts/shop/web': rollout }, 'rollouts/shop/web', { phase: 'Healthy' })
 * objects['rollouts/shop/web']?.status // => { phase: 'Healthy' }
 */
export function applyStatus(objects: ClusterObjects, key: string, status: unknown): ClusterObjects {
  const object = ownValue(givenObject<ClusterObjects>(objects), givenText(key))
  if (!isJsonObject(object) || object.status === status) return objects
  return withObject(objects, key, withFields(object as KubeObject, { status }))
}

function created(
  objects: ClusterObjects,
  { kind, apiVersion, object }: Creation,
  { uidOf, now }: CreationContext,
): ClusterObjects {
  if (!object) return objects
  const key = objectKey(kind, object.metadata.namespace ?? '', object.metadata.name)
  if (objects[key]) return objects
  const metadata = withFields(object.metadata, { uid: uidOf(key), creationTimestamp: now, generation: 1 })
  return withObject(objects, key, { apiVersion, kind, ...object, metadata })
}

/**
 * The same object if the edit changes nothing. An API server increments the generation when the spec changes, but not
 * for Pods.
 */
function edited(object: KubeObject, { kind, recipe }: Edit): KubeObject {
  const base = withCopiableParts(object)
  const after = produced(base, recipe)
  if (after === base) return object
  const { generation } = object.metadata
  if (kind === 'Pod' || generation === undefined) return after
  if (after.spec === base.spec || sameJson(base.spec, after.spec)) return after
  return withFields(after, { metadata: withFields(after.metadata, { generation: generation + 1 }) })
}

/** A recipe writes to `metadata` and `spec`. A draft would write to a caller's instance of a class in place. */
function withCopiableParts(object: KubeObject): KubeObject {
  const metadata = copiable(object.metadata)
  const spec = copiable(object.spec)
  return metadata === object.metadata && spec === object.spec ? object : withFields(object, { metadata, spec })
}
