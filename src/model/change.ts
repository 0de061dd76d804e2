import type { AnalysisRun } from './analysis'
import type { Experiment } from './experiment'
import type { OwnerReference } from './meta'
import type { RolloutSpec, SetHeaderRoute, SetMirrorRoute } from './rollout'
import type { WeightDestination } from './rolloutStatus'
import type { PodTemplate, ReplicaSet, Service } from './workload'

/** Text sets a key, null removes it. */
export type StringMapPatch = Readonly<Record<string, string | null>>

interface Named {
  readonly namespace: string
  readonly name: string
}

// Rollout
export interface AnnotateRollout extends Named {
  readonly kind: 'annotateRollout'
  readonly annotations: StringMapPatch
  /**
   * The whole spec that the same update writes, if it differs from the observed one: the controller updates the whole
   * Rollout as its types print it. The status of this decision relies on the resulting generation.
   */
  readonly spec?: RolloutSpec
}
export interface SetRolloutReplicas extends Named {
  readonly kind: 'setRolloutReplicas'
  readonly replicas: number
  /** As in AnnotateRollout, without the replicas. */
  readonly spec?: RolloutSpec
  /** Annotations about the workload that the same update writes. */
  readonly annotations?: StringMapPatch
}

// ReplicaSets
export interface CreateReplicaSet {
  readonly kind: 'createReplicaSet'
  readonly replicaSet: ReplicaSet
}
export interface AdoptReplicaSet extends Named {
  readonly kind: 'adoptReplicaSet'
  readonly ownerReference: OwnerReference
}
export interface ReleaseReplicaSet extends Named {
  readonly kind: 'releaseReplicaSet'
  /** UID of the owner whose reference is removed. */
  readonly ownerUid: string
}
export interface ScaleReplicaSet extends Named {
  readonly kind: 'scaleReplicaSet'
  readonly fromReplicas: number
  readonly replicas: number
  readonly annotations?: StringMapPatch
}
export interface AnnotateReplicaSet extends Named {
  readonly kind: 'annotateReplicaSet'
  readonly annotations?: StringMapPatch
  readonly labels?: StringMapPatch
  readonly minReadySeconds?: number
  /** The whole pod template, if its labels, annotations or affinity change. */
  readonly template?: PodTemplate
}
export interface DeleteReplicaSet extends Named {
  readonly kind: 'deleteReplicaSet'
}

// Pods
export interface LabelPod extends Named {
  readonly kind: 'labelPod'
  readonly labels?: StringMapPatch
  readonly annotations?: StringMapPatch
}
export interface EvictPod extends Named {
  readonly kind: 'evictPod'
}

// Services and workloads
export interface SelectPods extends Named {
  readonly kind: 'selectPods'
  /** Value of the `rollouts-pod-template-hash` selector key; null removes the key. */
  readonly podTemplateHash: string | null
  /** Rollout that manages the Service from now on (annotation); null removes it; absent leaves it. */
  readonly managedBy?: string | null
}
export interface CreateService {
  readonly kind: 'createService'
  readonly service: Service
}
export interface DeleteService extends Named {
  readonly kind: 'deleteService'
}
export interface ScaleWorkload extends Named {
  readonly kind: 'scaleWorkload'
  readonly workloadKind: 'Deployment'
  readonly replicas: number
}

// Traffic: calls of one router, in roles and percent; traffic/ turns them into resources
export interface UpdateHash {
  readonly kind: 'updateHash'
  readonly router: string
  readonly canaryHash: string
  readonly stableHash: string
  readonly destinations: readonly WeightDestination[]
}
export interface SetWeight {
  readonly kind: 'setWeight'
  readonly router: string
  readonly weight: number
  readonly destinations: readonly WeightDestination[]
}
export interface SetHeaderRouteChange {
  readonly kind: 'setHeaderRoute'
  readonly router: string
  readonly route: SetHeaderRoute
}
export interface SetMirrorRouteChange {
  readonly kind: 'setMirrorRoute'
  readonly router: string
  readonly route: SetMirrorRoute
}
export interface RemoveManagedRoutes {
  readonly kind: 'removeManagedRoutes'
  readonly router: string
}

// Analysis and experiments
export interface CreateAnalysisRun {
  readonly kind: 'createAnalysisRun'
  readonly analysisRun: AnalysisRun
}
export interface TerminateAnalysisRun extends Named {
  readonly kind: 'terminateAnalysisRun'
}
export interface DeleteAnalysisRun extends Named {
  readonly kind: 'deleteAnalysisRun'
}
export interface CreateExperiment {
  readonly kind: 'createExperiment'
  readonly experiment: Experiment
}
export interface TerminateExperiment extends Named {
  readonly kind: 'terminateExperiment'
}
export interface DeleteExperiment extends Named {
  readonly kind: 'deleteExperiment'
}

/** Calls of traffic routers. `router` is the field of `trafficRouting`, or `plugins/<name>`. */
export type TrafficChange = UpdateHash | SetWeight | SetHeaderRouteChange | SetMirrorRouteChange | RemoveManagedRoutes

/** Every effect that a reducer can request from the host. Plain records; `namespace` and `name` identify the object. */
export type Change =
  | AnnotateRollout
  | SetRolloutReplicas
  | CreateReplicaSet
  | AdoptReplicaSet
  | ReleaseReplicaSet
  | ScaleReplicaSet
  | AnnotateReplicaSet
  | DeleteReplicaSet
  | LabelPod
  | EvictPod
  | SelectPods
  | CreateService
  | DeleteService
  | ScaleWorkload
  | TrafficChange
  | CreateAnalysisRun
  | TerminateAnalysisRun
  | DeleteAnalysisRun
  | CreateExperiment
  | TerminateExperiment
  | DeleteExperiment
