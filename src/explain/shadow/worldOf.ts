import type { ClusterObjects } from '../../cluster/objects'
import { isJsonObject, isWalkableList } from '../../model/json'
import { revisionAnnotation } from '../../model/labelKeys'
import type { KubeObject } from '../../model/meta'

// Which parts of a cluster are the doing of the Rollout's controller, and which are the world that it looks at: pods,
// people, analyses, other controllers.

const pluralIn = (key: string): string => key.slice(0, key.indexOf('/'))

/** Kinds whose objects a Rollout's controller makes: one that is new is a decision of it. */
const madeByController: ReadonlySet<string> = new Set(['replicasets', 'analysisruns', 'experiments'])

/**
 * The world as a later observation shows it, and what the controller did as an earlier one does: what it had to
 * decide about.
 */
export function situationOf(before: ClusterObjects, after: ClusterObjects, key: string): ClusterObjects {
  const objects: Record<string, KubeObject> = {}
  for (const [name, object] of Object.entries(after)) {
    const own = before[name]
    if (own === undefined && madeByController.has(pluralIn(name)) && isOwned(object, after[key])) continue
    // A ReplicaSet may be the workload of the Rollout, or somebody else's by now.
    const isForeign = object.kind === 'ReplicaSet' && !isOwned(object, after[key])
    objects[name] = own === undefined || isForeign ? object : withDeedsOf(own, object, name === key)
  }
  for (const [name, object] of Object.entries(before))
    if (after[name] === undefined && madeByController.has(pluralIn(name))) objects[name] = object
  return objects
}

/** By the Rollout itself, or by an Experiment of it. */
export function isOwned({ metadata }: KubeObject, rollout: KubeObject | undefined): boolean {
  const owners = isWalkableList(metadata.ownerReferences) ? metadata.ownerReferences : []
  return owners.some((one) => one?.uid === rollout?.metadata.uid || one?.kind === 'Experiment')
}

function withDeedsOf(before: KubeObject, after: KubeObject, isRollout: boolean): KubeObject {
  if (isRollout) {
    const annotations = { ...after.metadata.annotations }
    const revision = before.metadata.annotations?.[revisionAnnotation]
    if (revision === undefined) delete annotations[revisionAnnotation]
    else annotations[revisionAnnotation] = revision
    return { ...after, metadata: { ...after.metadata, annotations }, status: before.status }
  }
  if (after.kind === 'ReplicaSet' || after.kind === 'AnalysisRun' || after.kind === 'Experiment')
    return { ...before, metadata: { ...before.metadata, generation: after.metadata.generation }, status: after.status }
  if (after.kind !== 'Service' || !hasSelector(after)) return after
  return { ...after, metadata: before.metadata, spec: before.spec }
}

/** The controller changes selectors; it removes none. */
const hasSelector = ({ spec }: KubeObject): boolean => isJsonObject(spec) && isJsonObject(spec.selector)

/** What became of an object that the engine made as well: its pods or measurements are those of the world. */
export function withLife(objects: ClusterObjects, before: ClusterObjects, after: ClusterObjects): ClusterObjects {
  const next: Record<string, KubeObject> = { ...objects }
  for (const [name, object] of Object.entries(objects)) {
    const seen = after[name]
    if (seen === undefined || before[name] !== undefined || !madeByController.has(pluralIn(name))) continue
    const { uid, creationTimestamp } = seen.metadata
    next[name] = { ...object, metadata: { ...object.metadata, uid, creationTimestamp }, status: seen.status }
  }
  return next
}

/** What a controller did, as it shows in objects; times aside, since nobody knows when it looked. */
export function deedsOf(objects: ClusterObjects, key: string): Record<string, unknown> {
  const deeds: Record<string, unknown> = {}
  const rollout = objects[key]
  const namespace = rollout?.metadata.namespace ?? ''
  if (rollout) {
    const { conditions, ...status } = isJsonObject(rollout.status) ? rollout.status : {}
    deeds['rollout status'] = withoutTimes(status)
    deeds['rollout conditions'] = byType(conditions)
    deeds['rollout revision'] = rollout.metadata.annotations?.[revisionAnnotation]
  }
  for (const [name, object] of Object.entries(objects)) {
    if ((object.metadata.namespace ?? '') !== namespace) continue
    const deed = deedIn(object, rollout)
    if (deed !== undefined) deeds[name.replace(`/${namespace}/`, ' ')] = deed
  }
  return deeds
}

/** Their order says only which of them changed last. */
function byType(conditions: unknown): Record<string, string> {
  const list = isWalkableList(conditions) ? conditions.filter(isJsonObject) : []
  return Object.fromEntries(
    list.map(({ type, status, reason }) => [String(type), `${String(status)}, ${String(reason)}`]),
  )
}

function deedIn(object: KubeObject, rollout: KubeObject | undefined): unknown {
  const spec = isJsonObject(object.spec) ? object.spec : {}
  if (object.kind === 'Service') return { selector: spec.selector }
  if (!isOwned(object, rollout)) return undefined
  if (object.kind === 'ReplicaSet') return { replicas: spec.replicas ?? 1, ...annotationsOf(object) }
  if (object.kind === 'AnalysisRun' || object.kind === 'Experiment') return { terminate: spec.terminate === true }
  return undefined
}

const deadline = 'scale-down-deadline'

const annotationsOf = ({ metadata }: KubeObject) => ({
  revision: metadata.annotations?.[revisionAnnotation],
  hasScaleDownDeadline: (metadata.annotations?.[deadline] ?? '') !== '',
})

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/
const mostLevels = 30

function withoutTimes(value: unknown, level = 0): unknown {
  if (typeof value === 'string') return time.test(value) ? 'a time' : value
  if (level > mostLevels) return undefined
  if (isWalkableList(value)) return value.map((item) => withoutTimes(item, level + 1))
  if (!isJsonObject(value)) return value
  const kept = Object.entries(value).map(([name, field]) => [name, withoutTimes(field, level + 1)] as const)
  return Object.fromEntries(kept.filter(([, field]) => !isNothing(field)))
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)
