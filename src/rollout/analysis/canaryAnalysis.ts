import type { AnalysisRun } from '../../model/analysis'
import { stepIndexLabel } from '../../model/labelKeys'
import type { Facts } from '../facts/facts'
import { isFullyPromoted } from '../facts/health'
import { currentStepOf, stepsOf } from '../facts/steps'
import type { Problem } from '../turn/flow'
import type { Turn } from '../turn/turn'
import { terminateRuns } from './runs'
import { startRun } from './startRun'
import { needsNewRun, obeyVerdict, waitsForPerson } from './verdict'

/** The run that the status names from now on in this slot; undefined empties the slot. */
export type SlotOutcome = AnalysisRun | undefined | Problem

/**
 * The run of an analysis step. A pause or an abort leaves it unchanged, even if it has ended. Between two consecutive
 * analysis steps, the first run leaves the slot before the second starts.
 */
export function reconcileStepRun(turn: Turn): SlotOutcome {
  const current = turn.facts.currentRuns.step
  if ((turn.facts.before.pauseConditions?.length ?? 0) > 0 || turn.facts.before.abort) return current
  const at = currentStepOf(turn.facts.rollout, turn.facts.before.currentStepIndex)
  const analysis = at?.step.analysis
  const isFormer = current !== undefined && current.metadata.labels?.[stepIndexLabel] !== String(at?.index)
  if (!at || !analysis?.templates?.length || isFormer) {
    terminateRuns(turn, [current])
    return undefined
  }
  if (needsNewRun(turn.facts, current)) return startRun(turn, analysis, { kind: 'step', stepIndex: at.index })
  obeyVerdict(turn, current, 'Step-based analysis')
  return current
}

/** The background run during all steps. A successful one is not started again. */
export function reconcileBackgroundRun(turn: Turn): SlotOutcome {
  const current = turn.facts.currentRuns.background
  const analysis = turn.facts.rollout.spec.strategy?.canary?.analysis
  if (!analysis?.templates?.length) {
    terminateRuns(turn, [current])
    return undefined
  }
  const { before } = turn.facts
  if (isFullyPromoted(before) || !before.stableRS || !before.currentPodHash || isBeforeStartingStep(turn.facts)) {
    return undefined
  }
  if (waitsForPerson(turn.facts)) return current
  if (needsNewRun(turn.facts, current)) return startRun(turn, analysis, { kind: 'background' })
  obeyVerdict(turn, current, 'Background analysis')
  return current
}

function isBeforeStartingStep(facts: Facts): boolean {
  const startingStep = facts.rollout.spec.strategy?.canary?.analysis?.startingStep ?? undefined
  if (startingStep === undefined || stepsOf(facts.rollout).length === 0) return false
  return (facts.before.currentStepIndex ?? 0) < startingStep
}
