import type {
  AnalysisRunArgument,
  AnalysisRunMetadata,
  AnalysisTemplateRef,
  DryRun,
  MeasurementRetention,
} from './analysis'
import type { IntOrString, LabelSelector, ObjectMeta, StringMap } from './meta'
import type { RolloutStatus } from './rolloutStatus'
import type { TrafficRouting } from './trafficRouting'
import type { PodTemplate } from './workload'

/** A Rollout in its Kubernetes form; objects of a cluster can be used unchanged (behaviour 1). */
export interface Rollout {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly spec: RolloutSpec
  readonly status?: RolloutStatus
}

/** `spec` of a Rollout. Exactly one strategy; `template` or `workloadRef`. */
export interface RolloutSpec {
  /** Pods wanted. Default 1: the controller writes it into the spec. */
  readonly replicas?: number
  readonly selector?: LabelSelector
  readonly template?: PodTemplate
  readonly workloadRef?: WorkloadRef
  readonly minReadySeconds?: number
  readonly rollbackWindow?: { readonly revisions?: number }
  readonly strategy?: { readonly canary?: CanaryStrategy; readonly blueGreen?: BlueGreenStrategy }
  /** Default 10. */
  readonly revisionHistoryLimit?: number
  readonly paused?: boolean
  /** Default 600. */
  readonly progressDeadlineSeconds?: number
  readonly progressDeadlineAbort?: boolean
  /** RFC 3339: pods created before it are evicted. */
  readonly restartAt?: string
  readonly analysis?: {
    /** Default 5. */
    readonly successfulRunHistoryLimit?: number
    /** Default 5. */
    readonly unsuccessfulRunHistoryLimit?: number
  }
}

export interface WorkloadRef {
  readonly apiVersion?: string
  readonly kind?: string
  readonly name?: string
  /** `never`, `onsuccess` or `progressively`; anything else means `never`. */
  readonly scaleDown?: string
}

export interface PodMetadata {
  readonly labels?: StringMap
  readonly annotations?: StringMap
}

export interface AntiAffinity {
  readonly preferredDuringSchedulingIgnoredDuringExecution?: { readonly weight: number }
  readonly requiredDuringSchedulingIgnoredDuringExecution?: Readonly<Record<string, never>>
}

/**
 * `spec.strategy.blueGreen` (behaviour 1.3). Seconds and replicas are whole numbers; absent fields have the
 * controller's default.
 */
export interface BlueGreenStrategy {
  readonly activeService?: string
  readonly previewService?: string
  readonly previewReplicaCount?: number
  /** Default true. */
  readonly autoPromotionEnabled?: boolean
  readonly autoPromotionSeconds?: number
  readonly maxUnavailable?: IntOrString
  /** Default 30. */
  readonly scaleDownDelaySeconds?: number
  readonly scaleDownDelayRevisionLimit?: number
  readonly prePromotionAnalysis?: RolloutAnalysis
  readonly postPromotionAnalysis?: RolloutAnalysis
  readonly antiAffinity?: AntiAffinity
  readonly previewMetadata?: PodMetadata
  readonly activeMetadata?: PodMetadata
  /** Default 30; 0 means never. */
  readonly abortScaleDownDelaySeconds?: number
}

/** `spec.strategy.canary` (behaviour 1.2). Numbers or percentages of `spec.replicas`; seconds are whole numbers. */
export interface CanaryStrategy {
  readonly canaryService?: string
  readonly stableService?: string
  readonly steps?: readonly CanaryStep[]
  readonly trafficRouting?: TrafficRouting
  /** Default `25` (text), that is 25 %, rounded down. */
  readonly maxUnavailable?: IntOrString
  /** Default `25` (text), that is 25 %, rounded up. */
  readonly maxSurge?: IntOrString
  readonly analysis?: RolloutAnalysisBackground
  readonly antiAffinity?: AntiAffinity
  readonly canaryMetadata?: PodMetadata
  readonly stableMetadata?: PodMetadata
  /** Default 30 with traffic routing; 0 without. */
  readonly scaleDownDelaySeconds?: number
  readonly scaleDownDelayRevisionLimit?: number
  /** Default 30 with traffic routing; 0 means never; ignored without. */
  readonly abortScaleDownDelaySeconds?: number
  readonly dynamicStableScale?: boolean
  readonly pingPong?: { readonly pingService: string; readonly pongService: string }
  readonly minPodsPerReplicaSet?: number
  /** `Percent` or `Pods`: how many new pods must be available to leave a step. */
  readonly replicaProgressThreshold?: { readonly type: string; readonly value: number }
}

/** Exactly one member (the controller checks four of the eight only; behaviour 2.1). */
export interface CanaryStep {
  readonly setWeight?: number
  readonly pause?: { readonly duration?: IntOrString }
  readonly experiment?: RolloutExperimentStep
  readonly analysis?: RolloutAnalysis
  readonly setCanaryScale?: SetCanaryScale
  readonly setHeaderRoute?: SetHeaderRoute
  readonly setMirrorRoute?: SetMirrorRoute
  readonly plugin?: { readonly name: string; readonly config?: unknown }
}

export interface SetCanaryScale {
  readonly weight?: number
  readonly replicas?: number
  readonly matchTrafficWeight?: boolean
}

export interface StringMatch {
  readonly exact?: string
  readonly prefix?: string
  readonly regex?: string
}

export interface SetHeaderRoute {
  readonly name?: string
  readonly match?: readonly { readonly headerName: string; readonly headerValue?: StringMatch }[]
}

export interface SetMirrorRoute {
  readonly name?: string
  readonly match?: readonly {
    readonly method?: StringMatch
    readonly path?: StringMatch
    readonly headers?: Readonly<Record<string, StringMatch>>
  }[]
  /** Default 100. */
  readonly percentage?: number
}

export interface RolloutAnalysis {
  readonly templates?: readonly AnalysisTemplateRef[]
  readonly args?: readonly AnalysisRunArgument[]
  readonly dryRun?: readonly DryRun[]
  readonly measurementRetention?: readonly MeasurementRetention[]
  readonly analysisRunMetadata?: AnalysisRunMetadata
}

export interface RolloutAnalysisBackground extends RolloutAnalysis {
  readonly startingStep?: number
}

export interface RolloutExperimentStep {
  readonly templates?: readonly RolloutExperimentTemplate[]
  /** Go duration. */
  readonly duration?: string
  readonly analyses?: readonly {
    readonly name: string
    readonly templateName: string
    readonly clusterScope?: boolean
    readonly args?: readonly AnalysisRunArgument[]
    readonly requiredForCompletion?: boolean
  }[]
  readonly dryRun?: readonly DryRun[]
  readonly analysisRunMetadata?: AnalysisRunMetadata
  readonly scaleDownDelaySeconds?: number
}

export interface RolloutExperimentTemplate {
  readonly name: string
  readonly specRef: 'canary' | 'stable' | string
  readonly replicas?: number
  readonly metadata?: PodMetadata
  readonly selector?: LabelSelector
  readonly weight?: number
  readonly service?: { readonly name?: string }
}
