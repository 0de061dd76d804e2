import { applyMergePatch } from '../kube/mergePatch'
import type { Change, StringMapPatch } from '../model/change'
import { withFields } from '../model/copies'
import { isJsonObject, ownValue } from '../model/json'
import type { KindTypes, ModelKind } from '../model/kinds'
import { managedByAnnotation, podTemplateHashLabel } from '../model/labelKeys'
import type { KubeObject, ObjectMeta } from '../model/meta'
import type { Draft } from './immer'

// What changes do to objects, each written down once: the modelled cluster applies them to drafts of its objects
// (applied.ts), the reducers to copies of those that they know (changedBy).

interface Named {
  readonly namespace: string
  readonly name: string
}

export interface Creation {
  readonly does: 'create'
  readonly kind: string
  readonly apiVersion: string
  readonly object: { readonly metadata: ObjectMeta } | null | undefined
}

export interface Deletion {
  readonly does: 'delete'
  readonly kind: string
  readonly named: Named
}

export interface Edit {
  readonly does: 'edit'
  readonly kind: string
  readonly named: Named
  /** Replaces fields of `metadata` and `spec`, each as a whole. */
  readonly recipe: (draft: Draft<KubeObject>) => void
}

export type Effect = Creation | Deletion | Edit

/** An edit of an object of a kind that the model has a type for. */
const edit = <K extends ModelKind>(kind: K, named: Named, recipe: (draft: Draft<KindTypes[K]>) => void): Edit => ({
  does: 'edit',
  kind,
  named,
  recipe: recipe as unknown as Edit['recipe'],
})

const create = (kind: string, apiVersion: string, object: Creation['object']): Creation => ({
  does: 'create',
  kind,
  apiVersion,
  object,
})

const remove = (kind: string, named: Named): Deletion => ({ does: 'delete', kind, named })

const argo = 'argoproj.io/v1alpha1'

const annotatedReplicaSet = (change: Extract<Change, { kind: 'annotateReplicaSet' }>): Edit =>
  edit('ReplicaSet', change, (set) => {
    const spec = specOf(set)
    if (change.minReadySeconds) spec.minReadySeconds = change.minReadySeconds
    else if (change.minReadySeconds === 0) delete spec.minReadySeconds
    if (change.template !== undefined) spec.template = change.template as typeof spec.template
    patchMetadata(set, change)
  })

/** What a change does to one object; undefined for calls of routers. */
export function effectOf(change: Change): Effect | undefined {
  switch (change.kind) {
    case 'annotateRollout':
    case 'setRolloutReplicas':
      return edit('Rollout', change, (rollout) => {
        // The controller updates a Rollout whole, as its types print it.
        if (change.spec) rollout.spec = change.spec as typeof rollout.spec
        if (change.kind === 'setRolloutReplicas') specOf(rollout).replicas = change.replicas
        patchMetadata(rollout, change)
      })
    case 'createReplicaSet':
      return create('ReplicaSet', 'apps/v1', change.replicaSet)
    case 'adoptReplicaSet':
      return edit('ReplicaSet', change, ({ metadata }) => {
        metadata.ownerReferences = [...(metadata.ownerReferences ?? []), change.ownerReference]
      })
    case 'releaseReplicaSet':
      return edit('ReplicaSet', change, ({ metadata }) => {
        metadata.ownerReferences = (metadata.ownerReferences ?? []).filter(({ uid }) => uid !== change.ownerUid)
      })
    case 'scaleReplicaSet':
      return edit('ReplicaSet', change, (set) => {
        specOf(set).replicas = change.replicas
        patchMetadata(set, change)
      })
    case 'annotateReplicaSet':
      return annotatedReplicaSet(change)
    case 'deleteReplicaSet':
      return remove('ReplicaSet', change)
    case 'labelPod':
      return edit('Pod', change, (pod) => patchMetadata(pod, change))
    case 'evictPod':
      return remove('Pod', change)
    case 'selectPods':
      return edit('Service', change, (service) => {
        const spec = specOf(service)
        spec.selector = patchedMap(spec.selector, { [podTemplateHashLabel]: change.podTemplateHash })
        if (change.managedBy !== undefined)
          patchMetadata(service, { annotations: { [managedByAnnotation]: change.managedBy } })
      })
    case 'createService':
      return create('Service', 'v1', change.service)
    case 'deleteService':
      return remove('Service', change)
    case 'scaleWorkload':
      return edit(change.workloadKind, change, (workload) => {
        specOf(workload).replicas = change.replicas
      })
    default:
      return effectOnRun(change)
  }
}

/** The same for AnalysisRuns and Experiments. */
function effectOnRun(change: Change): Effect | undefined {
  switch (change.kind) {
    case 'createAnalysisRun':
      return create('AnalysisRun', argo, change.analysisRun)
    case 'terminateAnalysisRun':
      return edit('AnalysisRun', change, (run) => {
        specOf(run).terminate = true
      })
    case 'deleteAnalysisRun':
      return remove('AnalysisRun', change)
    case 'createExperiment':
      return create('Experiment', argo, change.experiment)
    case 'terminateExperiment':
      return edit('Experiment', change, (experiment) => {
        specOf(experiment).terminate = true
      })
    case 'deleteExperiment':
      return remove('Experiment', change)
    default:
      return undefined
  }
}

/** The spec to write to; observed objects may lack one. */
function specOf<Spec extends object>(object: { spec?: Spec }): Spec {
  const spec = isJsonObject(object.spec) ? object.spec : ({} as Spec)
  object.spec = spec
  return object.spec
}

interface MetadataPatch {
  readonly annotations?: StringMapPatch
  readonly labels?: StringMapPatch
}

function patchMetadata({ metadata }: { metadata: Draft<ObjectMeta> }, { annotations, labels }: MetadataPatch): void {
  if (annotations) metadata.annotations = patchedMap(metadata.annotations, annotations)
  if (labels) metadata.labels = patchedMap(metadata.labels, labels)
}

/** The same map if the patch changes nothing. */
function patchedMap(map: Readonly<Record<string, string>> | undefined, patch: StringMapPatch): Record<string, string> {
  return isJsonObject(map) && Object.entries(patch).every(([key, value]) => (ownValue(map, key) ?? null) === value)
    ? map
    : (applyMergePatch(map, patch) as Record<string, string>)
}

interface Changeable {
  readonly metadata: ObjectMeta
  readonly spec?: unknown
}

/**
 * An object as an edit leaves it. Nothing is mutated: recipes write to `metadata` and `spec` only, so copies of these
 * are enough.
 */
export function changedBy<T extends Changeable>(object: T, { recipe }: Pick<Edit, 'recipe'>): T {
  const metadata = { ...object.metadata }
  const copy = withFields(object, isJsonObject(object.spec) ? { metadata, spec: { ...object.spec } } : { metadata })
  recipe(copy as unknown as Draft<KubeObject>)
  return copy as unknown as T
}

/** A list of objects of one kind as an effect leaves it. */
export function changedList<T extends Changeable>(list: readonly T[], effect: Effect): readonly T[] {
  if (effect.does === 'create') return [...list, effect.object as T]
  const { name } = effect.named
  if (effect.does === 'delete') return list.filter(({ metadata }) => metadata.name !== name)
  return list.map((one) => (one.metadata.name === name ? changedBy(one, effect) : one))
}
