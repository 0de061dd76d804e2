import type { JsonObject } from './json'
import type { Condition, LabelSelector, ObjectMeta, StringMap } from './meta'

/** A pod template as Kubernetes has it, unknown fields included. */
export interface PodTemplate {
  readonly metadata?: {
    readonly labels?: StringMap
    readonly annotations?: StringMap
    readonly [field: string]: unknown
  }
  /** Kept whole: the engine reads `affinity` and the containers' names and images only. */
  readonly spec?: JsonObject
}

/** A ReplicaSet as Kubernetes has it: pods wanted in `spec`, pods that are there in `status`. */
export interface ReplicaSet {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly spec: {
    /** Pods wanted; absent counts as 0 where the engine reads it. */
    readonly replicas?: number
    readonly minReadySeconds?: number
    readonly selector?: LabelSelector
    readonly template?: PodTemplate
  }
  readonly status?: {
    readonly replicas?: number
    readonly fullyLabeledReplicas?: number
    readonly readyReplicas?: number
    readonly availableReplicas?: number
    readonly observedGeneration?: number
    readonly conditions?: readonly Condition[]
  }
}

/** A pod, observed only where its restart or its labels matter. */
export interface Pod {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly spec?: JsonObject
  readonly status?: {
    readonly phase?: string
    readonly conditions?: readonly Condition[]
    readonly [field: string]: unknown
  }
}

export interface ServicePort {
  readonly name?: string
  readonly protocol?: string
  readonly port: number
  readonly targetPort?: number | string
  readonly nodePort?: number
  readonly appProtocol?: string
}

/** A Service, of which the engine decides the selector. */
export interface Service {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly spec?: {
    readonly selector?: StringMap
    readonly ports?: readonly ServicePort[]
    readonly [field: string]: unknown
  }
  readonly status?: JsonObject
}

/** What `workloadRef` may name: Deployment, ReplicaSet or PodTemplate (whose template stands at the top level). */
export interface Workload {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly spec?: {
    readonly replicas?: number
    readonly selector?: LabelSelector
    readonly template?: PodTemplate
    readonly [field: string]: unknown
  }
  /** Of kind PodTemplate only. */
  readonly template?: PodTemplate
  readonly status?: JsonObject
}
