import type { JsonObject } from './json'
import type { Condition, LabelSelector, ObjectMeta, StringMap } from './meta'

/** A Kubernetes pod template, including unknown fields. */
export interface PodTemplate {
  readonly metadata?: {
    readonly labels?: StringMap
    readonly annotations?: StringMap
    readonly [field: string]: unknown
  }
  /** Kept unchanged: the engine reads only `affinity` and the containers' names and images. */
  readonly spec?: JsonObject
}

/** A ReplicaSet as Kubernetes has it: wanted pods in `spec`, existing pods in `status`. */
export interface ReplicaSet {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly spec: {
    /** Wanted pods; the engine treats an absent value as 0. */
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

/** A pod, observed only for restarts and labels. */
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

/** A Service whose selector the engine sets. */
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

/** What `workloadRef` may name: Deployment, ReplicaSet or PodTemplate (whose template is at the top level). */
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
