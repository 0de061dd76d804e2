import type { ControllerVersion } from '../model/controllerVersion'
import type { ObjectMeta, StringMap } from '../model/meta'
import type { CanaryStep, RolloutExperimentStep } from '../model/rollout'
import type { PauseReason, RolloutStatus } from '../model/rolloutStatus'
import type { ReplicaSet } from '../model/workload'
import { dropAnalysis, needsNoAnalysis } from './analysis/reconcileAnalysis'
import { onlyWhy, whatAndWhy } from './analysis/verdict'
import { noLabels, rolloutLabels } from './experiment/buildExperiment'
import { isUnderWay, specIsObserved } from './pause/pausedConditions'
import {
  bareProblem,
  type Dressing,
  dressPodsBeforeTemplate,
  dressPodsWithTemplate,
  dressTemplateThenAllPods,
  dressTemplateThenPods,
  type RoleMetadata,
  updateFailed,
} from './pods/ephemeralMetadata'
import { noteChanged, replaceSet } from './pods/replicaSets'
import {
  checkedBefore,
  checkLate,
  prepare,
  prepareSpecFirst,
  prepareWithoutCreating,
  syncFoundReplicaSet,
  syncOrCreateReplicaSet,
} from './prepare'
import { hasDeadline, isFastRollback } from './revision/rollback'
import { cappedMinimum, wholeMinimum } from './scale/canaryCounts'
import { isSubset } from './scale/referenced'
import { noteDesiredReplicas } from './scale/scale'
import { hasAllPods, hasExactly, scaleNewReplicaSet, scaleRecordedReplicaSet } from './scale/scaleNew'
import { everySet, newAndStable } from './scale/scalingEvent'
import { completeAtOnce, completePausesOnly, concludeFromFormerPauses } from './status/completeStatus'
import { type DurationTracking, trackedDuration, untrackedDuration } from './status/duration'
import { isAbortedOnly, isAbortedOrPaused } from './status/health'
import { deadlineReason, fastRollbackReason, hasEnoughPods, hasExactlyAllPods, windowReason } from './status/promote'
import { describeStep, describeStepWithoutRoutes } from './steps/steps'
import { currentSetWeightOf, desiredWeightOf, newPodsStillNeeded, podsStillNeeded } from './traffic/canaryWeight'
import { leavesEmptyCanaryFirst, stableCanTakeTheRest, stableHasPercentage } from './traffic/reconcileTraffic'
import { retreatByAvailability, retreatInSteps, type WeightWish } from './traffic/trafficWeight'
import type { Flow, NextStatus, Problem, Turn } from './turn'
import { type Dialect, dialect, dialectOf17, dialectOf18, dialectOf19 } from './validation/dialect'

/** Everything in which versions of the controller decide differently about Rollouts. No rule asks for a version itself. */
export interface Semantics {
  // The frame of a reconcile.
  readonly prepare: (turn: Turn, unresolved: Problem | undefined) => Flow
  readonly validation: Dialect
  readonly checkLate: (turn: Turn) => Flow
  readonly syncNewReplicaSet: (turn: Turn) => Flow
  /** After the controller itself wrote the Rollout: the next reconcile works on what was written, or this one goes on. */
  readonly afterOwnWrite: 'done' | 'continue'
  /** After pods were evicted: counts do not hold any more. */
  readonly afterRestart: 'done' | 'continue'
  // Pauses.
  readonly mayNotePauses: (turn: Turn) => boolean
  readonly notesPausesOf: (status: RolloutStatus) => boolean
  /** A ReplicaSet to which blue-green goes back without a pause. */
  readonly skipsPause: (turn: Turn) => boolean
  // The status.
  readonly concludeStatus: (turn: Turn, next: NextStatus) => void
  readonly completeStatus: (turn: Turn, next: NextStatus) => void
  readonly duration: DurationTracking
  /** A Progressing condition of this reason does not time out. */
  readonly standsStill: (reason: string | undefined) => boolean
  /** While the Paused condition stands, nothing times out. */
  readonly pausesHoldTheClock: boolean
  readonly startedRevision: (revision: number) => number
  readonly hasPodsToPromote: (turn: Turn, fresh: ReplicaSet, replicas: number) => boolean
  readonly rollbackReason: (turn: Turn) => string | undefined
  /** Why post-promotion analysis need not be waited for. */
  readonly waivesPostPromotion: (turn: Turn) => string | undefined
  readonly describeStep: (step: CanaryStep) => string
  // Pods and sizes.
  /** What pods should wear where the Rollout says nothing about it; undefined leaves them alone. */
  readonly metadataWithoutWish: RoleMetadata | undefined
  readonly dress: (turn: Turn, dressing: Dressing) => Flow
  readonly updateFailed: (name: string, problem: string) => string
  readonly scaleNew: (turn: Turn) => boolean | Problem
  readonly setsThatTellScaling: (turn: Turn) => readonly (ReplicaSet | undefined)[]
  readonly minimumPods: (minimum: number, replicas: number) => number
  readonly isSubset: (turn: Turn, hash: string) => boolean
  readonly noteRemovedDeadline: (turn: Turn, changed: ReplicaSet) => void
  readonly noteSizeWhileWaiting: (turn: Turn, set: ReplicaSet) => void
  readonly stableIsComplete: (available: number, replicas: number) => boolean
  /** `scaleDown: progressively` ends with the whole workload gone once the Rollout is healthy. */
  readonly healthyEndsWorkload: boolean
  // Traffic.
  readonly desiredWeight: (turn: Turn) => number
  readonly podsStillNeeded: (turn: Turn, missing: number) => number
  readonly retreat: (turn: Turn) => WeightWish
  readonly stableCanTakeTheRest: (turn: Turn, weight: number) => boolean
  readonly leavesEmptyCanaryFirst: (turn: Turn) => boolean
  readonly removesRoutesToEmptyCanary: boolean
  // Analyses and Experiments.
  readonly dropsAnalysis: (turn: Turn) => boolean
  readonly needsNoAnalysis: (turn: Turn) => boolean
  /** Pauses that say nothing about an inconclusive run. */
  readonly pausesBesideAnalysis: readonly PauseReason[]
  /** Promotion analysis that has begun goes on though pods come and go. */
  readonly keepsBegunAnalysis: boolean
  readonly abortText: (what: string, why: string) => string
  readonly inheritedLabels: (metadata: ObjectMeta) => StringMap | undefined
  readonly experimentDelaySeconds: (step: RolloutExperimentStep) => number | undefined | null
}

const never = (): false => false
const always = (): true => true
const nothing = (): undefined => undefined

const main: Semantics = {
  prepare,
  validation: dialect,
  checkLate: checkedBefore,
  syncNewReplicaSet: syncFoundReplicaSet,
  afterOwnWrite: 'done',
  afterRestart: 'done',
  mayNotePauses: specIsObserved,
  notesPausesOf: isUnderWay,
  skipsPause: isFastRollback,
  concludeStatus: nothing,
  completeStatus: completeAtOnce,
  duration: trackedDuration,
  standsStill: isAbortedOrPaused,
  pausesHoldTheClock: true,
  startedRevision: (revision) => revision,
  hasPodsToPromote: hasEnoughPods,
  rollbackReason: fastRollbackReason,
  waivesPostPromotion: nothing,
  describeStep,
  metadataWithoutWish: undefined,
  dress: dressTemplateThenPods,
  updateFailed,
  scaleNew: scaleNewReplicaSet,
  setsThatTellScaling: newAndStable,
  minimumPods: cappedMinimum,
  isSubset,
  noteRemovedDeadline: replaceSet,
  noteSizeWhileWaiting: noteDesiredReplicas,
  stableIsComplete: hasAllPods,
  healthyEndsWorkload: true,
  desiredWeight: desiredWeightOf,
  podsStillNeeded,
  retreat: retreatInSteps,
  stableCanTakeTheRest,
  leavesEmptyCanaryFirst,
  removesRoutesToEmptyCanary: true,
  dropsAnalysis: never,
  needsNoAnalysis,
  pausesBesideAnalysis: ['CanaryPauseStep', 'BlueGreenPause'],
  keepsBegunAnalysis: true,
  abortText: whatAndWhy,
  inheritedLabels: rolloutLabels,
  experimentDelaySeconds: ({ scaleDownDelaySeconds }) => scaleDownDelaySeconds,
}

const release110: Semantics = {
  ...main,
  duration: untrackedDuration,
  mayNotePauses: always,
  podsStillNeeded: newPodsStillNeeded,
}

const release19: Semantics = {
  ...release110,
  validation: dialectOf19,
  afterOwnWrite: 'continue',
  concludeStatus: concludeFromFormerPauses,
  completeStatus: completePausesOnly,
  skipsPause: hasDeadline,
  rollbackReason: windowReason,
  waivesPostPromotion: deadlineReason,
  metadataWithoutWish: {},
  dress: dressTemplateThenAllPods,
  minimumPods: wholeMinimum,
  noteRemovedDeadline: noteChanged,
  noteSizeWhileWaiting: nothing,
  stableIsComplete: hasExactly,
  dropsAnalysis: dropAnalysis,
  needsNoAnalysis: never,
}

const release18: Semantics = {
  ...release19,
  validation: dialectOf18,
  prepare: prepareSpecFirst,
  hasPodsToPromote: hasExactlyAllPods,
  dress: dressPodsWithTemplate,
  describeStep: describeStepWithoutRoutes,
  isSubset: never,
  healthyEndsWorkload: false,
  desiredWeight: currentSetWeightOf,
  retreat: retreatByAvailability,
  stableCanTakeTheRest: stableHasPercentage,
  leavesEmptyCanaryFirst: never,
  abortText: onlyWhy,
  inheritedLabels: noLabels,
  experimentDelaySeconds: nothing,
}

const release17: Semantics = {
  ...release18,
  validation: dialectOf17,
  prepare: prepareWithoutCreating,
  checkLate,
  syncNewReplicaSet: syncOrCreateReplicaSet,
  afterRestart: 'continue',
  dress: dressPodsBeforeTemplate,
  updateFailed: bareProblem,
  scaleNew: scaleRecordedReplicaSet,
  notesPausesOf: always,
  standsStill: isAbortedOnly,
  pausesHoldTheClock: false,
  startedRevision: (revision) => revision + 1,
  setsThatTellScaling: everySet,
  stableCanTakeTheRest: always,
  removesRoutesToEmptyCanary: false,
  pausesBesideAnalysis: ['BlueGreenPause'],
  keepsBegunAnalysis: false,
}

/** Version -> what it does; each differs from the next one by what stands in it. */
export const semantics: Readonly<Record<ControllerVersion, Semantics>> = {
  main,
  'v1.10': release110,
  'v1.9': release19,
  'v1.8': release18,
  'v1.7': release17,
}
