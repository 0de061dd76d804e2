import type { TrafficChange } from '../model/change'
import type { EngineEvent } from '../model/decision'
import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { AlbStatus, WeightDestination } from '../model/rolloutStatus'
import type { ReplicaSet } from '../model/workload'

/** API versions and options of the controller's command line; absent ones have the controller's default. */
export interface RouterOptions {
  /** `networking/v1` (default) or `extensions/v1beta1`. */
  readonly ingressApi?: string
  /** `v1alpha3` (default), `v1beta1`, `v1`. */
  readonly istioVersion?: string
  /** `v1alpha1` (default), `v1alpha2`, `v1alpha3`. */
  readonly smiVersion?: string
  /** `getambassador.io/v2` (default): group and version of Mappings. */
  readonly ambassadorVersion?: string
  /** `traefik.io` (default). */
  readonly traefikApiGroup?: string
  /** `v1alpha1` (default), with or without a group before it, which does not count. */
  readonly traefikVersion?: string
  /** Verify weights of AWS target groups. Default false: then `verifyWeight` has no answer. */
  readonly verifyTargetGroups?: boolean
  /** Tag with the Ingress and Service of a target group. Default `ingress.k8s.aws/resource`. */
  readonly albTagKey?: string
}

/** A target group of a load balancer, with its weight in the listener rules. */
export interface AwsTargetGroup {
  readonly arn: string
  readonly name: string
  readonly tags?: Readonly<Record<string, string>>
  /** Share in the listener rules; absent if no rule forwards to it. */
  readonly weight?: number
}

/** The answer of AWS' load balancer API for one host name. */
export interface AwsLoadBalancer {
  readonly name: string
  readonly arn?: string
  readonly targetGroups?: readonly AwsTargetGroup[]
  /** Why the target groups could not be read. */
  readonly targetGroupsError?: string
}

/** Answer to a question for a host name: the load balancer, none, or an error. */
export interface AwsLoadBalancerAnswer {
  readonly loadBalancer?: AwsLoadBalancer
  readonly error?: string
}

/** Asks AWS for the load balancer with a DNS name and its target groups. Answer: AwsLoadBalancerAnswer. */
export interface AwsLoadBalancerAsk {
  readonly kind: 'awsLoadBalancer'
  readonly key: string
  readonly dnsName: string
}

/** Why a write or a read failed. */
export interface ResourceFailure {
  readonly message: string
  /** Kubernetes' reason: `AlreadyExists` and `NotFound` are handled differently from the others. */
  readonly reason?: string
  /** With `AlreadyExists`: the object that exists, read after the refusal, or why it could not be read. */
  readonly existing?: KubeObject
  readonly existingError?: string
}

/** The observation for one call of a router. Objects are values: never mutated. */
export interface RouterObservation {
  readonly rollout: Rollout
  /** The reducer's call; `verifyWeight` asks whether a weight is in effect. */
  readonly change: TrafficChange | VerifyWeightCall
  /** The objects that the router reads and writes: Ingresses, VirtualServices, ... by kind, namespace and name. */
  readonly objects: readonly KubeObject[]
  /** ReplicaSets of the Rollout; Istio waits for them before it moves subsets. */
  readonly replicaSets?: readonly ReplicaSet[]
  readonly stableHash?: string
  readonly options?: RouterOptions
  readonly answers?: {
    readonly replies?: Readonly<Record<string, AwsLoadBalancerAnswer>>
    /** By `resourceKey`: `update virtualservices/shop/web`. */
    readonly failures?: Readonly<Record<string, ResourceFailure>>
  }
}

/** Asks a router whether a weight, in percent, is in effect. */
export interface VerifyWeightCall {
  readonly kind: 'verifyWeight'
  readonly router: string
  readonly weight: number
  readonly destinations: readonly WeightDestination[]
}

interface Addressed {
  /** Plural of the kind, in lower case: `virtualservices`. */
  readonly resource: string
  readonly apiVersion: string
  readonly namespace: string
  readonly name: string
}

/** One write. `update` replaces the whole object, `patch` is a JSON merge patch, where null removes. */
export type ResourceChange =
  | (Addressed & { readonly kind: 'createResource'; readonly object: KubeObject })
  | (Addressed & { readonly kind: 'updateResource'; readonly object: KubeObject })
  | (Addressed & { readonly kind: 'patchResource'; readonly patch: Readonly<Record<string, unknown>> })
  /** `afterSeconds`: the write before it has to reach every proxy first. */
  | (Addressed & { readonly kind: 'deleteResource'; readonly afterSeconds?: number })

/** `status.alb` and `status.albs` of a Rollout. */
export interface AlbStatuses {
  /** Of the last Ingress. */
  readonly alb?: AlbStatus
  readonly albs?: readonly AlbStatus[]
}

/** A router's decision for one call. */
export interface RouterDecision {
  /** In order; each is sent only when the one before it succeeded. */
  readonly changes: readonly ResourceChange[]
  readonly events: readonly EngineEvent[]
  /** Questions that have to be answered first: reduce again with the answers. */
  readonly asks: readonly AwsLoadBalancerAsk[]
  /** The error that ends the controller's reconcile; earlier changes remain. */
  readonly error?: Issue
  /** Of `verifyWeight`: whether the weight is in effect; absent if the router cannot tell. */
  readonly verified?: boolean
  /** Of an ALB's `verifyWeight`: what `status.alb` and `status.albs` of the Rollout become; absent: they go. */
  readonly albStatus?: AlbStatuses
}
