import type { ControllerVersion } from '../model/controllerVersion'
import { dropAnalysis, needsNoAnalysis } from './analysis/reconcileAnalysis'
import { onlyWhy, whatAndWhy } from './analysis/verdict'
import { cappedMinimum, wholeMinimum } from './desired/canaryCounts'
import { currentSetWeightOf, desiredWeightOf, newPodsStillNeeded, podsStillNeeded } from './desired/canaryWeight'
import { noLabels, rolloutLabels } from './experiment/buildExperiment'
import type { Facts } from './facts/facts'
import { isAbortedOnly, isAbortedOrPaused } from './facts/health'
import { hasDeadline, isFastRollback } from './facts/rollback'
import type { QuestionSemantics } from './facts/semantics'
import { describeStep, describeStepWithoutRoutes } from './facts/steps'
import {
  bareProblem,
  dressPodsBeforeTemplate,
  dressPodsWithTemplate,
  dressTemplateThenAllPods,
  dressTemplateThenPods,
  updateFailed,
} from './pods/ephemeralMetadata'
import {
  checkedBefore,
  checkLate,
  prepare,
  prepareSpecFirst,
  prepareWithoutCreating,
  syncFoundReplicaSet,
  syncOrCreateReplicaSet,
} from './prepare'
import { everySet, newAndStable } from './replicasOnly'
import { hasAllPods, hasExactly } from './scale/abortScaleDownDelay'
import { isSubset } from './scale/referenced'
import { noteDesiredReplicas } from './scale/scale'
import { scaleNewReplicaSet, scaleRecordedReplicaSet } from './scale/scaleNew'
import { completeAtOnce, completePausesOnly, concludeFromFormerPauses } from './status/completeStatus'
import { trackedDuration, untrackedDuration } from './status/duration'
import { isUnderWay, specIsObserved } from './status/notePauses'
import { deadlineReason, fastRollbackReason, hasEnoughPods, hasExactlyAllPods, windowReason } from './status/promote'
import { leavesEmptyCanaryFirst, stableCanTakeTheRest, stableHasPercentage } from './traffic/reconcileTraffic'
import { retreatByAvailability, retreatInSteps } from './traffic/trafficWeight'
import { seeChanged } from './turn/sets'
import type { StageSemantics } from './turn/turn'
import { dialect, dialectOf17, dialectOf18, dialectOf19 } from './validation/dialect'

/** All differences between controller versions in decisions about Rollouts. No rule checks the version itself. */
export type Semantics = QuestionSemantics<Facts> & StageSemantics

const never = (): false => false
const always = (): true => true
const nothing = (): undefined => undefined

const forAtLeast = (readySeconds: number, minReadySeconds: number): boolean => readySeconds >= minReadySeconds
/** Kubernetes 0.29. */
const forLongerThan = (readySeconds: number, minReadySeconds: number): boolean => readySeconds > minReadySeconds

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
  hasBeenReady: forAtLeast,
  metadataWithoutWish: undefined,
  dress: dressTemplateThenPods,
  updateFailed,
  scaleNew: scaleNewReplicaSet,
  setsThatTellScaling: newAndStable,
  minimumPods: cappedMinimum,
  isSubset,
  noteRemovedDeadline: seeChanged,
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
  noteRemovedDeadline: () => {},
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
  hasBeenReady: forLongerThan,
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

/** Version -> what it does; each version lists its differences from the next one. */
export const semantics: Readonly<Record<ControllerVersion, Semantics>> = {
  main,
  'v1.10': release110,
  'v1.9': release19,
  'v1.8': release18,
  'v1.7': release17,
}
