import type { Issue } from '../model/issue'
import type { StringMap } from '../model/meta'
import type { CanaryStep } from '../model/rollout'

// The shapes of upstream's RolloutInfo and ExperimentInfo, the JSON that its dashboard reads
// (pkg/apiclient/rollout/rollout.proto).

/** Whose row it is. */
export interface ViewMeta {
  readonly name: string
  readonly namespace: string
  readonly uid: string
  /** RFC 3339; absent if unknown. */
  readonly creationTimestamp?: string
}

/** A pod below its ReplicaSet; `status` is the reason that kubectl would print, `ready` reads `1/2`. */
export interface PodView {
  readonly objectMeta: ViewMeta
  readonly status: string
  readonly icon: string
  readonly ready: string
  readonly restarts: number
}

/** A ReplicaSet with its roles. `template` is the Experiment's template that it was made for. */
export interface ReplicaSetView {
  readonly objectMeta: ViewMeta
  /** `Healthy`, `Progressing`, `ScaledDown` or `ReplicaFailure`. */
  readonly status: string
  readonly icon: string
  readonly revision: number
  readonly stable: boolean
  readonly canary: boolean
  readonly active: boolean
  readonly preview: boolean
  readonly ping: boolean
  readonly pong: boolean
  readonly replicas: number
  readonly available: number
  readonly template: string
  /** RFC 3339 text of the annotation, unchanged. */
  readonly scaleDownDeadline: string
  readonly images: readonly string[]
  readonly initContainerImages: readonly string[]
  readonly pods: readonly PodView[]
}

/** A measurement that a Job takes. */
export interface JobView {
  readonly objectMeta: ViewMeta
  readonly icon: string
  readonly status: string
  readonly metricName: string
  readonly startedAt?: string
}

/** Any other measurement. */
export interface NonJobView {
  readonly value: string
  readonly status: string
  readonly metricName: string
  readonly startedAt?: string
}

/** What a metric was asked for. Counts and limits that are texts read 0, as upstream's do. */
export interface MetricView {
  readonly name: string
  readonly successCondition: string
  readonly count: number
  readonly inconclusiveLimit: number
  readonly failureLimit: number
}

/** An AnalysisRun; the four counts are sums over its metrics, those of a dry run included. */
export interface AnalysisRunView {
  readonly objectMeta: ViewMeta
  readonly status: string
  readonly icon: string
  readonly revision: number
  readonly successful: number
  readonly failed: number
  readonly inconclusive: number
  readonly error: number
  readonly jobs: readonly JobView[]
  readonly nonJobInfo: readonly NonJobView[]
  readonly metrics: readonly MetricView[]
}

/** An Experiment with what hangs below it. */
export interface ExperimentView {
  readonly objectMeta: ViewMeta
  readonly status: string
  readonly message: string
  readonly icon: string
  readonly revision: number
  readonly replicaSets: readonly ReplicaSetView[]
  readonly analysisRuns: readonly AnalysisRunView[]
  /** Malformed fields of the observation, which count as missing. */
  readonly issues: readonly Issue[]
}

/** A container of a pod template. */
export interface ContainerView {
  readonly name: string
  readonly image: string
}

/** A Rollout as `get rollout` shows it, with everything that hangs below it. */
export interface RolloutView {
  readonly objectMeta: ViewMeta & {
    readonly labels?: StringMap
    readonly annotations?: StringMap
    readonly generation?: number
    readonly resourceVersion?: string
  }
  /** The phase; `Progressing` while the controller has not yet seen what was changed. */
  readonly status: string
  readonly message: string
  readonly icon: string
  /** `Canary`, `BlueGreen`, or empty if there is neither. */
  readonly strategy: string
  /** `2/5`; empty without steps or before the first status. */
  readonly step: string
  /** The weight of the current step, a whole number as text; empty for blue-green. */
  readonly setWeight: string
  /** The canary's share: of the traffic if there is a router, otherwise of the available pods. */
  readonly actualWeight: string
  readonly ready: number
  readonly current: number
  readonly desired: number
  readonly updated: number
  readonly available: number
  /** `2030-01-01 00:12:03 +0000 UTC`, or `Never`. */
  readonly restartedAt: string
  /** `status.observedGeneration`. */
  readonly generation: string
  readonly replicaSets: readonly ReplicaSetView[]
  readonly experiments: readonly ExperimentView[]
  /** Those that the Rollout itself owns; an Experiment's stand below it. */
  readonly analysisRuns: readonly AnalysisRunView[]
  readonly containers: readonly ContainerView[]
  readonly initContainers: readonly ContainerView[]
  readonly steps: readonly CanaryStep[]
  /**
   * `workload-not-found` where `workloadRef` names a Deployment that was not observed (upstream's command ends there),
   * `malformed` for what of the observation was no such field and counts as missing.
   */
  readonly issues: readonly Issue[]
}
