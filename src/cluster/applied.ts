import type { Change } from '../model/change'
import { givenObject, givenText } from '../model/given'
import { isJsonObject, ownValue } from '../model/json'
import type { KubeObject } from '../model/meta'
import { sameJson } from '../model/sameJson'
import { type Creation, changedBy, type Edit, effectOf } from './effects'
import { type ClusterObjects, objectKey } from './objects'
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
  const objects = wellFormedCluster(given)
  const effect = effectOf(wellFormedChange(change))
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
  return after === object ? objects : { ...objects, [key]: after }
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
  return !isJsonObject(object) || object.status === status ? objects : { ...objects, [key]: { ...object, status } }
}

function created(
  objects: ClusterObjects,
  { kind, apiVersion, object }: Creation,
  { uidOf, now }: CreationContext,
): ClusterObjects {
  if (!object) return objects
  const key = objectKey(kind, object.metadata.namespace ?? '', object.metadata.name)
  if (objects[key]) return objects
  const metadata = { ...object.metadata, uid: uidOf(key), creationTimestamp: now, generation: 1 }
  return { ...objects, [key]: { apiVersion, kind, ...object, metadata } }
}

/** What the edit left as it was is the same object as before. */
function shared(before: KubeObject, after: KubeObject): KubeObject {
  const metadata = isSameShallow(before.metadata, after.metadata) ? before.metadata : after.metadata
  const spec = isSameShallow(before.spec, after.spec) ? before.spec : after.spec
  if (metadata === before.metadata && spec === before.spec) return before
  return { ...after, metadata, ...('spec' in after && { spec }) }
}

function isSameShallow(before: unknown, after: unknown): boolean {
  if (!isJsonObject(before) || !isJsonObject(after)) return before === after
  const keys = Object.keys(after)
  return (
    keys.length === Object.keys(before).length &&
    keys.every((key) => Object.hasOwn(before, key) && Object.is(before[key], after[key]))
  )
}

/** An API server increments the generation when the spec changes, but not for Pods. */
function edited(object: KubeObject, { kind, recipe }: Edit): KubeObject {
  const after = shared(object, changedBy(object, { recipe }))
  const { generation } = object.metadata
  if (kind === 'Pod' || generation === undefined) return after
  if (after.spec === object.spec || sameJson(object.spec, after.spec)) return after
  return { ...after, metadata: { ...after.metadata, generation: generation + 1 } }
}
