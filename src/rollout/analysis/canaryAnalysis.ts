import type { AnalysisRun } from '../../model/analysis'
import { stepIndexLabel } from '../../model/labelKeys'
import { isFullyPromoted } from '../status/health'
import { currentStepOf, stepsOf } from '../steps/steps'
import type { Problem, Turn } from '../turn'
import { terminateRuns } from './runs'
import { startRun } from './startRun'
import { needsNewRun, obeyVerdict, waitsForPerson } from './verdict'

/** The run that a status slot names from now on; undefined empties the slot. */
export type SlotOutcome = AnalysisRun | undefined | Problem

/**
 * The run of an analysis step. Any pause, and an abort, leave it alone, even if it has ended meanwhile. Of two analysis
 * steps in a row the former's run gives its place up first.
 */
export function reconcileStepRun(turn: Turn): SlotOutcome {
  const current = turn.currentRuns.step
  if ((turn.before.pauseConditions?.length ?? 0) > 0 || turn.before.abort) return current
  const at = currentStepOf(turn.rollout, turn.before.currentStepIndex)
  const analysis = at?.step.analysis
  const isFormer = current !== undefined && current.metadata.labels?.[stepIndexLabel] !== String(at?.index)
  if (!at || !analysis?.templates?.length || isFormer) {
    terminateRuns(turn, [current])
    return undefined
  }
  if (needsNewRun(turn, current)) return startRun(turn, analysis, { kind: 'step', stepIndex: at.index })
  obeyVerdict(turn, current, 'Step-based analysis')
  return current
}

/** The run beside all steps. One that succeeded is not started again. */
export function reconcileBackgroundRun(turn: Turn): SlotOutcome {
  const current = turn.currentRuns.background
  const analysis = turn.rollout.spec.strategy?.canary?.analysis
  if (!analysis?.templates?.length) {
    terminateRuns(turn, [current])
    return undefined
  }
  const { before } = turn
  if (isFullyPromoted(before) || !before.stableRS || !before.currentPodHash || isBeforeStartingStep(turn)) {
    return undefined
  }
  if (waitsForPerson(turn)) return current
  if (needsNewRun(turn, current)) return startRun(turn, analysis, { kind: 'background' })
  obeyVerdict(turn, current, 'Background analysis')
  return current
}

function isBeforeStartingStep(turn: Turn): boolean {
  const startingStep = turn.rollout.spec.strategy?.canary?.analysis?.startingStep ?? undefined
  if (startingStep === undefined || stepsOf(turn.rollout).length === 0) return false
  return (turn.before.currentStepIndex ?? 0) < startingStep
}
