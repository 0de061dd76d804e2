import type { Experiment } from '../../model/experiment'
import type { RolloutStatus, StepPluginStatus } from '../../model/rolloutStatus'
import type { CurrentRuns } from '../../templates/currentRuns'
import type { Facts } from '../facts/facts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The status while it is being worked out. Its members are immutable values. */
export type NextStatus = Mutable<RolloutStatus>

/** What one stage hands to later ones. */
export interface Draft {
  /** The runs that the status names as observed, or as the analysis stage has chosen them since. */
  currentRuns: CurrentRuns
  currentExperiment?: Experiment
  targetsUnverified: boolean
  /** Statuses of step plugins, once this reconcile touched them. */
  pluginStatuses?: readonly StepPluginStatus[]
  /** Something around a step plugin broke: its step does not count as done. */
  pluginTrouble: boolean
  next: NextStatus
}

export const emptyDraft = (facts: Facts): Draft => ({
  currentRuns: facts.currentRuns,
  currentExperiment: facts.currentExperiment,
  targetsUnverified: false,
  pluginTrouble: false,
  next: {
    restartedAt: facts.before.restartedAt,
    alb: facts.before.alb,
    albs: facts.before.albs,
    duration: facts.before.duration,
  },
})
