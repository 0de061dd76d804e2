import type { FieldError } from '../../kube/fieldErrorBody'
import type { ObjectMeta, StringMap } from '../../model/meta'
import type { CanaryStep, PodMetadata, Rollout, RolloutExperimentStep } from '../../model/rollout'
import type { PauseReason, RolloutDuration, RolloutStatus } from '../../model/rolloutStatus'
import type { ReplicaSet } from '../../model/workload'

// What versions of the controller do differently, as types; src/rollout/semantics.ts says which version does what. Facts, the
// view and the turn are parameters here, because facts and turn themselves carry these.

/** What versions of the controller refuse differently, and in which words. */
export interface Dialect {
  readonly noPingPong: string
  readonly noMirror: string
  readonly noExperimentWeight: string
  /** Router plugins count among the routers that can do each of these. */
  readonly pluginsPingPong: boolean
  readonly pluginsMirror: boolean
  readonly pluginsWeighExperiments: boolean
  readonly oneStepKind: string
  /** A step without any of the kinds, each by the name that the controller prints. */
  readonly stepKindNames: Readonly<Record<string, string>>
  /** The same error with the wrong value as this version prints it. */
  readonly printed: (error: FieldError, rollout: Rollout) => FieldError
}

/** What new and stable pods should wear. */
export interface RoleMetadata {
  readonly fresh?: PodMetadata
  readonly stable?: PodMetadata
}

/** What a rung of the traffic ladder wants: a weight, and what goes with it. */
export interface WeightWish {
  readonly weight: number
  /** The controller crashes while it works the weight out. */
  readonly crashes?: boolean
  /** Experiment pods get their share of the traffic too. */
  readonly withExperiment?: boolean
  readonly removesManagedRoutes?: boolean
  /** The canary Service goes back to the stable pods, checked or not. */
  readonly canaryServiceToStable?: boolean
  /** Traffic is called by the hash of the canary that it leaves. */
  readonly canaryHash?: string
}

/** Questions about facts that versions answer differently. */
export interface QuestionSemantics<Facts> {
  readonly validation: Dialect
  /** After the controller itself wrote the Rollout: the next reconcile works on what was written, or this one goes on. */
  readonly afterOwnWrite: 'done' | 'continue'
  /** After pods were evicted: counts do not hold any more. */
  readonly afterRestart: 'done' | 'continue'
  // Pauses.
  readonly mayNotePauses: (facts: Facts) => boolean
  readonly notesPausesOf: (status: RolloutStatus) => boolean
  /** A ReplicaSet to which blue-green goes back without a pause. */
  readonly skipsPause: (facts: Facts) => boolean
  // The status.
  /** A Progressing condition of this reason does not time out. */
  readonly standsStill: (reason: string | undefined) => boolean
  /** While the Paused condition stands, nothing times out. */
  readonly pausesHoldTheClock: boolean
  readonly startedRevision: (revision: number) => number
  readonly hasPodsToPromote: (facts: Facts, fresh: ReplicaSet, replicas: number) => boolean
  readonly rollbackReason: (facts: Facts) => string | undefined
  /** Why post-promotion analysis need not be waited for. */
  readonly waivesPostPromotion: (facts: Facts) => string | undefined
  readonly describeStep: (step: CanaryStep) => string
  // Pods and sizes.
  /** What pods should wear where the Rollout says nothing about it; undefined leaves them alone. */
  readonly metadataWithoutWish: RoleMetadata | undefined
  readonly updateFailed: (name: string, problem: string) => string
  readonly setsThatTellScaling: (facts: Facts) => readonly (ReplicaSet | undefined)[]
  readonly minimumPods: (minimum: number, replicas: number) => number
  readonly isSubset: (facts: Facts, hash: string) => boolean
  readonly stableIsComplete: (available: number, replicas: number) => boolean
  /** `scaleDown: progressively` ends with the whole workload gone once the Rollout is healthy. */
  readonly healthyEndsWorkload: boolean
  // Traffic.
  readonly desiredWeight: (facts: Facts) => number
  readonly podsStillNeeded: (facts: Facts, missing: number) => number
  readonly retreat: (facts: Facts) => WeightWish
  readonly stableCanTakeTheRest: (facts: Facts, weight: number) => boolean
  readonly leavesEmptyCanaryFirst: (facts: Facts) => boolean
  readonly removesRoutesToEmptyCanary: boolean
  // Analyses and Experiments.
  /** Pauses that say nothing about an inconclusive run. */
  readonly pausesBesideAnalysis: readonly PauseReason[]
  /** Promotion analysis that has begun goes on though pods come and go. */
  readonly keepsBegunAnalysis: boolean
  readonly abortText: (what: string, why: string) => string
  readonly inheritedLabels: (metadata: ObjectMeta) => StringMap | undefined
  readonly experimentDelaySeconds: (step: RolloutExperimentStep) => number | undefined | null
}

/** What becomes of `status.duration`. */
export interface DurationTracking<View, NextStatus> {
  readonly next: (view: View, next: NextStatus) => RolloutDuration | undefined
  readonly onPromotion: (view: View, next: NextStatus) => void
}
