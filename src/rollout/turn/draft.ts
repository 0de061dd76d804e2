import { withFields } from '../../model/copies'
import type { Experiment } from '../../model/experiment'
import type { Mutable } from '../../model/mutable'
import type {
  BlueGreenStatus,
  CanaryStatus,
  RolloutStatus,
  StepPluginStatus,
  TrafficWeights,
} from '../../model/rolloutStatus'
import type { CurrentRuns } from '../../templates/currentRuns'
import type { Facts } from '../facts/facts'

/** The status while it is being computed. Values in it are immutable, but for the two parts. */
export type NextStatus = Mutable<Omit<RolloutStatus, 'canary' | 'blueGreen'>> & {
  readonly canary: Mutable<CanaryStatus>
  readonly blueGreen: Mutable<BlueGreenStatus>
}

/**
 * Results that one stage passes to later ones. A part is given by one stage, which the stage's table names; until then
 * it is as the last reconcile recorded it.
 */
export interface Draft {
  currentRuns: CurrentRuns
  /** The fields of the status that name the current runs. */
  runStatuses: RunStatuses
  currentExperiment?: Experiment
  /** The name of the Experiment in the next status. */
  experimentName?: string
  /** The weights that were set last, in this reconcile or an earlier one, with their verdict. */
  weights?: TrafficWeights
  /** Pods of the active Service are missing in AWS target groups. */
  targetsUnverified: boolean
  /** Statuses of step plugins, once this reconcile changed them. */
  pluginStatuses?: readonly StepPluginStatus[]
  /** Calling a step plugin failed: its step does not count as done. */
  pluginTrouble: boolean
  restartedAt?: string
}

export interface RunStatuses {
  readonly canary?: Pick<CanaryStatus, 'currentStepAnalysisRunStatus' | 'currentBackgroundAnalysisRunStatus'>
  readonly blueGreen?: Pick<BlueGreenStatus, 'prePromotionAnalysisRunStatus' | 'postPromotionAnalysisRunStatus'>
}

export const recordedDraft = (facts: Facts): Draft => ({
  currentRuns: facts.currentRuns,
  runStatuses: {},
  currentExperiment: facts.currentExperiment,
  experimentName: undefined,
  weights: facts.before.canary?.weights,
  targetsUnverified: false,
  pluginStatuses: undefined,
  pluginTrouble: false,
  restartedAt: facts.before.restartedAt,
})

/** The next status as a copy of the former one, with the fields that every write sets. */
export function nextStatusFrom(before: RolloutStatus): NextStatus {
  const { conditions, observedGeneration, phase, message, duration } = before
  const [canary, blueGreen] = [{ ...before.canary }, { ...before.blueGreen }]
  return withFields(before, { canary, blueGreen, conditions, observedGeneration, phase, message, duration })
}

/** All fields are there from the beginning: adding them one by one costs several times as much. */
export const emptyStatus = ({ restartedAt, alb, albs, duration }: RolloutStatus): NextStatus => ({
  restartedAt,
  alb,
  albs,
  duration,
  canary: {
    currentStepAnalysisRunStatus: undefined,
    currentBackgroundAnalysisRunStatus: undefined,
    currentExperiment: undefined,
    weights: undefined,
    stablePingPong: undefined,
    stepPluginStatuses: undefined,
  },
  currentPodHash: undefined,
  replicas: undefined,
  updatedReplicas: undefined,
  readyReplicas: undefined,
  collisionCount: undefined,
  conditions: undefined,
  promoteFull: undefined,
  availableReplicas: undefined,
  HPAReplicas: undefined,
  selector: undefined,
  stableRS: undefined,
  currentStepHash: undefined,
  blueGreen: {
    previewSelector: undefined,
    activeSelector: undefined,
    scaleUpPreviewCheckPoint: undefined,
    prePromotionAnalysisRunStatus: undefined,
    postPromotionAnalysisRunStatus: undefined,
  },
  currentStepIndex: undefined,
  observedGeneration: undefined,
  workloadObservedGeneration: undefined,
  abort: undefined,
  abortedAt: undefined,
  pauseConditions: undefined,
  controllerPause: undefined,
  phase: undefined,
  message: undefined,
})
