import type { Experiment } from '../../model/experiment'
import type { RolloutStatus, StepPluginStatus, TrafficWeights } from '../../model/rolloutStatus'
import type { CurrentRuns } from '../../templates/currentRuns'
import type { Facts } from '../facts/facts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The status while it is being computed. Its members are immutable values. */
export type NextStatus = Mutable<RolloutStatus>

/** Results that one stage passes to later ones. */
export interface Draft {
  /** The runs in the observed status, or those that the analysis stage has chosen. */
  currentRuns: CurrentRuns
  currentExperiment?: Experiment
  /** The weights that were set last, in this reconcile or an earlier one, with their verdict. */
  weights?: TrafficWeights
  targetsUnverified: boolean
  /** Statuses of step plugins, once this reconcile changed them. */
  pluginStatuses?: readonly StepPluginStatus[]
  /** Calling a step plugin failed: its step does not count as done. */
  pluginTrouble: boolean
  next: NextStatus
}

export const emptyDraft = (facts: Facts): Draft => ({
  currentRuns: facts.currentRuns,
  currentExperiment: facts.currentExperiment,
  weights: facts.before.canary?.weights,
  targetsUnverified: false,
  pluginTrouble: false,
  next: {
    restartedAt: facts.before.restartedAt,
    alb: facts.before.alb,
    albs: facts.before.albs,
    duration: facts.before.duration,
  },
})
