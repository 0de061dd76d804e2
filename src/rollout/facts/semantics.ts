import type { CodedFieldError } from '../../kube/fieldErrorBody'
import type { ObjectMeta, StringMap } from '../../model/meta'
import type { CanaryStep, PodMetadata, Rollout, RolloutExperimentStep } from '../../model/rollout'
import type { PauseReason, RolloutDuration, RolloutStatus } from '../../model/rolloutStatus'
import type { ReplicaSet } from '../../model/workload'

// Differences between controller versions, as types; src/rollout/semantics.ts maps each version to its behaviour.
// Facts, the view and the turn are parameters here, because facts and turn contain them.

/** What each controller version refuses, and with which text. */
export interface Dialect {
  readonly noPingPong: string
  readonly noMirror: string
  readonly noExperimentWeight: string
  /** Whether router plugins count as routers that support each of these. */
  readonly pluginsPingPong: boolean
  readonly pluginsMirror: boolean
  readonly pluginsWeighExperiments: boolean
  readonly oneStepKind: string
  /** A step without any of the kinds, each by the name that the controller prints. */
  readonly stepKinds: readonly (readonly [kind: keyof CanaryStep, printed: string])[]
  /** The same error with the wrong value as this version prints it. */
  readonly printed: (error: CodedFieldError, rollout: Rollout) => CodedFieldError
}

/** The ephemeral metadata of new and stable pods. */
export interface RoleMetadata {
  readonly fresh?: PodMetadata
  readonly stable?: PodMetadata
}

/** The result of a rung of the traffic ladder: a weight, and what comes with it. */
export interface WeightWish {
  readonly weight: number
  /** The controller crashes while it computes the weight. */
  readonly crashes?: boolean
  /** Experiment pods get their share of the traffic too. */
  readonly withExperiment?: boolean
  readonly removesManagedRoutes?: boolean
  /** The canary Service selects the stable pods again, whether or not they were checked. */
  readonly canaryServiceToStable?: boolean
  /** The router is called with the hash of the canary that loses the traffic. */
  readonly canaryHash?: string
}

/** Questions about facts whose answer depends on the version. */
export interface QuestionSemantics<Facts> {
  readonly validation: Dialect
  /** After the controller itself wrote the Rollout: this reconcile ends, or it continues. */
  readonly afterOwnWrite: 'done' | 'continue'
  /** After pods were evicted: the counts are out of date. */
  readonly afterRestart: 'done' | 'continue'
  // Pauses.
  readonly mayNotePauses: (facts: Facts) => boolean
  readonly notesPausesOf: (status: RolloutStatus) => boolean
  /** Blue-green rolls back to this ReplicaSet without a pause. */
  readonly skipsPause: (facts: Facts) => boolean
  // The status.
  /** A Progressing condition of this reason does not time out. */
  readonly standsStill: (reason: string | undefined) => boolean
  /** While the Paused condition is true, nothing times out. */
  readonly pausesHoldTheClock: boolean
  readonly startedRevision: (revision: number) => number
  readonly hasPodsToPromote: (facts: Facts, fresh: ReplicaSet, replicas: number) => boolean
  readonly rollbackReason: (facts: Facts) => string | undefined
  /** Why the promotion need not wait for post-promotion analysis. */
  readonly waivesPostPromotion: (facts: Facts) => string | undefined
  readonly describeStep: (step: CanaryStep) => string
  // Pods and sizes.
  /** A restart counts a pod as available that has been ready for so long. */
  readonly hasBeenReady: (readySeconds: number, minReadySeconds: number) => boolean
  /** The metadata of pods if the Rollout sets none; undefined leaves the pods unchanged. */
  readonly metadataWithoutWish: RoleMetadata | undefined
  readonly updateFailed: (name: string, problem: string) => string
  readonly setsThatTellScaling: (facts: Facts) => readonly (ReplicaSet | undefined)[]
  readonly minimumPods: (minimum: number, replicas: number) => number
  readonly isSubset: (facts: Facts, hash: string) => boolean
  readonly stableIsComplete: (available: number, replicas: number) => boolean
  /** `scaleDown: progressively` scales the workload to 0 once the Rollout is healthy. */
  readonly healthyEndsWorkload: boolean
  // Traffic.
  readonly desiredWeight: (facts: Facts) => number
  readonly podsStillNeeded: (facts: Facts, missing: number) => number
  readonly retreat: (facts: Facts) => WeightWish
  readonly stableCanTakeTheRest: (facts: Facts, weight: number) => boolean
  readonly leavesEmptyCanaryFirst: (facts: Facts) => boolean
  readonly removesRoutesToEmptyCanary: boolean
  // Analyses and Experiments.
  /** Pauses with other reasons than an inconclusive run. */
  readonly pausesBesideAnalysis: readonly PauseReason[]
  /** A promotion analysis that has started continues even if pods come and go. */
  readonly keepsBegunAnalysis: boolean
  readonly abortText: (what: string, why: string) => string
  readonly inheritedLabels: (metadata: ObjectMeta) => StringMap | undefined
  readonly experimentDelaySeconds: (step: RolloutExperimentStep) => number | undefined | null
}

/** The next `status.duration`. */
export interface DurationTracking<View, NextStatus> {
  readonly next: (view: View, next: NextStatus) => RolloutDuration | undefined
  readonly onPromotion: (view: View, next: NextStatus) => void
}
