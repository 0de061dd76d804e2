import type { AnalysisRun, AnalysisTemplate } from './analysis'
import type { Experiment } from './experiment'
import type { KubeObject } from './meta'
import type { Rollout } from './rollout'
import type { Pod, ReplicaSet, Service, Workload } from './workload'

/** The kinds that the model has a type for. Every other kind is a `KubeObject`, kept whole. */
export interface KindTypes {
  readonly Rollout: Rollout
  readonly AnalysisTemplate: AnalysisTemplate
  readonly ClusterAnalysisTemplate: AnalysisTemplate
  readonly AnalysisRun: AnalysisRun
  readonly Experiment: Experiment
  readonly ReplicaSet: ReplicaSet
  readonly Pod: Pod
  readonly Service: Service
  readonly Deployment: Workload
  readonly PodTemplate: Workload
}

/** A kind that the readers know: a key of `KindTypes`. */
export type ModelKind = keyof KindTypes

/** The type of the objects of a kind; KubeObject for kinds without one. */
export type ObjectOf<Kind extends string> = Kind extends ModelKind ? KindTypes[Kind] : KubeObject

/**
 * An object whose kind the caller knows, as that kind's type. Nothing is checked: the reducers do that where they read
 * an observation.
 */
export function asKind<Kind extends string>(kind: Kind, object: KubeObject): ObjectOf<Kind>
export function asKind<Kind extends string>(kind: Kind, object: KubeObject | undefined): ObjectOf<Kind> | undefined
export function asKind<Kind extends string>(_kind: Kind, object: KubeObject | undefined): ObjectOf<Kind> | undefined {
  return object as ObjectOf<Kind> | undefined
}

/** A list whose items the caller knows to be of one kind. */
export const asKinds = <Kind extends string>(_kind: Kind, objects: readonly KubeObject[]): readonly ObjectOf<Kind>[] =>
  objects as readonly ObjectOf<Kind>[]

/** The objects of one kind, in their order. */
export const allOfKind = <Kind extends string>(objects: readonly KubeObject[], kind: Kind): readonly ObjectOf<Kind>[] =>
  asKinds(
    kind,
    objects.filter((object) => object.kind === kind),
  )

/** An object of a kind as the store of a cluster holds it. */
export const asKubeObject = (object: KindTypes[ModelKind]): KubeObject => object as unknown as KubeObject
