import type { AnalysisPhase } from './analysis'
import type { Condition } from './meta'

/** The phase that users see; `message` of the status has the reason. */
export type RolloutPhase = 'Healthy' | 'Degraded' | 'Progressing' | 'Paused'

export type PauseReason = 'InconclusiveAnalysisRun' | 'InconclusiveExperiment' | 'CanaryPauseStep' | 'BlueGreenPause'

export interface PauseCondition {
  readonly reason: PauseReason
  /** RFC 3339. */
  readonly startTime: string
}

export interface RunReference {
  readonly name: string
  readonly status?: AnalysisPhase
  readonly message?: string
}

/** A share of the traffic: a Service, the pods of a hash, a weight out of `maxTrafficWeight`. */
export interface WeightDestination {
  readonly weight: number
  readonly serviceName?: string
  readonly podTemplateHash?: string
}

/** The weights that were set last. `verified` is absent if the router cannot verify. */
export interface TrafficWeights {
  readonly canary: WeightDestination
  readonly stable: WeightDestination
  readonly additional?: readonly WeightDestination[]
  readonly verified?: boolean
}

export interface StepPluginStatus {
  readonly index: number
  readonly name: string
  readonly operation: 'Run' | 'Terminate' | 'Abort'
  readonly phase?: 'Running' | 'Successful' | 'Failed' | 'Error'
  readonly message?: string
  readonly startedAt?: string
  readonly updatedAt?: string
  readonly finishedAt?: string
  /** Go duration. */
  readonly backoff?: string
  readonly executions?: number
  readonly disabled?: boolean
  /** The plugin's own data, kept unchanged. */
  readonly status?: unknown
}

export interface CanaryStatus {
  readonly currentStepAnalysisRunStatus?: RunReference
  readonly currentBackgroundAnalysisRunStatus?: RunReference
  readonly currentExperiment?: string
  readonly weights?: TrafficWeights
  readonly stablePingPong?: 'ping' | 'pong'
  readonly stepPluginStatuses?: readonly StepPluginStatus[]
}

export interface BlueGreenStatus {
  readonly previewSelector?: string
  readonly activeSelector?: string
  readonly scaleUpPreviewCheckPoint?: boolean
  readonly prePromotionAnalysisRunStatus?: RunReference
  readonly postPromotionAnalysisRunStatus?: RunReference
}

export type CompletionStatus = 'Promoted' | 'FastPromoted' | 'Aborted' | 'Superseded' | 'RolledBack' | 'FastRolledBack'

export interface RolloutDuration {
  readonly rolloutStartedAt?: string
  readonly manualPauseStartedAt?: string
  readonly totalManualPauseDurationSeconds?: number
  readonly finishedAt?: string
  readonly completionStatus?: CompletionStatus
}

export interface AlbResourceRef {
  readonly name: string
  readonly arn: string
  readonly fullName?: string
}

export interface AlbStatus {
  readonly loadBalancer?: AlbResourceRef
  readonly canaryTargetGroup?: AlbResourceRef
  readonly stableTargetGroup?: AlbResourceRef
  readonly ingress?: string
}

/**
 * `status` of a Rollout (behaviour 1.7). Hashes name ReplicaSets; times are RFC 3339; `currentStepIndex` counts from 0.
 */
export interface RolloutStatus {
  readonly abort?: boolean
  readonly abortedAt?: string
  readonly pauseConditions?: readonly PauseCondition[]
  readonly controllerPause?: boolean
  readonly currentPodHash?: string
  readonly currentStepHash?: string
  readonly currentStepIndex?: number
  readonly replicas?: number
  readonly updatedReplicas?: number
  readonly readyReplicas?: number
  readonly availableReplicas?: number
  readonly HPAReplicas?: number
  readonly collisionCount?: number
  /** `metadata.generation` as decimal text. */
  readonly observedGeneration?: string
  readonly workloadObservedGeneration?: string
  readonly conditions?: readonly Condition[]
  readonly canary?: CanaryStatus
  readonly blueGreen?: BlueGreenStatus
  readonly selector?: string
  /** Hash of the last ReplicaSet that was fully rolled out. */
  readonly stableRS?: string
  readonly restartedAt?: string
  readonly promoteFull?: boolean
  readonly phase?: RolloutPhase
  readonly message?: string
  readonly alb?: AlbStatus
  readonly albs?: readonly AlbStatus[]
  readonly duration?: RolloutDuration
}
