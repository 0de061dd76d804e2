import type { PauseCondition, PauseReason } from '../../model/rolloutStatus'
import type { Facts } from './facts'

export const pauseConditionOf = (facts: Facts, reason: PauseReason): PauseCondition | undefined =>
  facts.before.pauseConditions?.find((condition) => condition.reason === reason)

/** The user paused the spec, or an analysis is inconclusive: pods and Services stay unchanged (behaviour 3.6). */
export const progressIsHalted = (facts: Facts): boolean =>
  facts.rollout.spec.paused === true || pauseConditionOf(facts, 'InconclusiveAnalysisRun') !== undefined
