import type { AnalysisRun } from '../../model/analysis'
import type { RunReference } from '../../model/rolloutStatus'
import { type CurrentRuns, listCurrentRuns } from '../../templates/currentRuns'
import { runsToDelete } from '../../templates/runsToDelete'
import { successfulRunHistoryLimitOf, unsuccessfulRunHistoryLimitOf } from '../defaults'
import type { Facts } from '../facts/facts'
import { isFullyPromoted } from '../facts/health'
import { hasDeadline, isFastRollback, isRollbackWithinWindow } from '../facts/rollback'
import type { RunStatuses } from '../turn/draft'
import { emit } from '../turn/events'
import { type Flow, isProblem, type Problem } from '../turn/flow'
import { isAborted } from '../turn/pauses'
import type { Turn } from '../turn/turn'
import { reconcilePostPromotionRun, reconcilePrePromotionRun } from './blueGreenAnalysis'
import { reconcileBackgroundRun, reconcileStepRun } from './canaryAnalysis'
import { deleteRuns, terminateRuns } from './runs'
import { obeyVerdict } from './verdict'

/** Starts, follows and ends the runs of the current state of the update (behaviour 3.13). */
export function reconcileAnalysis(turn: Turn): Flow {
  if (turn.semantics.dropsAnalysis(turn)) return 'continue'
  const current = chooseRuns(turn)
  if (isProblem(current)) return current
  give(turn, current)
  if (turn.facts.otherRuns.length > 0) endOthers(turn, current)
  announcePhases(turn, current)
  return 'continue'
}

/** Ends the runs that are not current any more, and deletes those beyond the limits. */
function endOthers(turn: Turn, current: CurrentRuns): void {
  // A run that this reconcile reused must not be ended with the others.
  const names = new Set(listCurrentRuns(current).map((run) => run.metadata.name))
  const others = turn.facts.otherRuns.filter((run) => !names.has(run.metadata.name))
  terminateRuns(turn, others)
  const limits = {
    successful: successfulRunHistoryLimitOf(turn.facts.rollout),
    unsuccessful: unsuccessfulRunHistoryLimitOf(turn.facts.rollout),
  }
  deleteRuns(turn, runsToDelete(others, turn.facts.replicaSets, limits))
}

function chooseRuns(turn: Turn): CurrentRuns | Problem {
  if (turn.semantics.needsNoAnalysis(turn)) {
    const { prePromotion, postPromotion } = turn.facts.currentRuns
    terminateRuns(turn, listCurrentRuns(turn.facts.currentRuns))
    // A blue-green status keeps the last runs, a canary status does not.
    return { prePromotion, postPromotion }
  }
  if (turn.facts.rollout.spec.strategy?.canary) return chooseCanaryRuns(turn)
  return turn.facts.rollout.spec.strategy?.blueGreen ? chooseBlueGreenRuns(turn) : {}
}

/** No decision depends on measurements, or not any more. */
export const needsNoAnalysis = (turn: Turn): boolean =>
  isFullyPromoted(turn.facts.before) ||
  isAborted(turn) ||
  turn.facts.before.promoteFull === true ||
  isFastRollback(turn.facts) ||
  !turn.facts.before.stableRS

/**
 * Up to v1.9: all runs end and the status keeps naming the current ones; old runs are not deleted and phases not
 * announced. Analyses of a promoted Rollout are still handled.
 */
export function dropAnalysis(turn: Turn): boolean {
  const { before } = turn.facts
  const unneeded =
    isAborted(turn) ||
    before.promoteFull ||
    hasDeadline(turn.facts) ||
    !before.stableRS ||
    isRollbackWithinWindow(turn.facts)
  if (!unneeded) return false
  give(turn, turn.facts.currentRuns)
  terminateRuns(turn, [...listCurrentRuns(turn.facts.currentRuns), ...turn.facts.otherRuns])
  return true
}

function chooseCanaryRuns(turn: Turn): CurrentRuns | Problem {
  const step = reconcileStepRun(turn)
  if (isProblem(step)) return step
  const background = reconcileBackgroundRun(turn)
  return isProblem(background) ? background : { step, background }
}

function chooseBlueGreenRuns(turn: Turn): CurrentRuns | Problem {
  const prePromotion = reconcilePrePromotionRun(turn)
  if (isProblem(prePromotion)) return prePromotion
  obeyVerdict(turn, prePromotion, 'Blue/green pre-promotion analysis')
  const postPromotion = reconcilePostPromotionRun(turn)
  if (isProblem(postPromotion)) return postPromotion
  obeyVerdict(turn, postPromotion, 'Blue/green post-promotion analysis')
  return { prePromotion, postPromotion }
}

function give({ draft, facts }: Turn, current: CurrentRuns): void {
  draft.currentRuns = current
  draft.runStatuses = statusesOf(facts, current)
}

function statusesOf({ rollout }: Facts, current: CurrentRuns): RunStatuses {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  if (canary) {
    return {
      canary: {
        currentStepAnalysisRunStatus: referenceTo(current.step),
        currentBackgroundAnalysisRunStatus: referenceTo(current.background),
      },
    }
  }
  if (!blueGreen) return {}
  return {
    blueGreen: {
      prePromotionAnalysisRunStatus: referenceTo(current.prePromotion),
      postPromotionAnalysisRunStatus: referenceTo(current.postPromotion),
    },
  }
}

function referenceTo(run: AnalysisRun | undefined): RunReference | undefined {
  if (!run) return undefined
  const { phase = '', message } = run.status ?? {}
  return { name: run.metadata.name, status: phase, ...(message ? { message } : undefined) }
}

/** An event for every run whose phase differs from the one in the status. */
function announcePhases(turn: Turn, current: CurrentRuns): void {
  const { canary, blueGreen } = turn.facts.before
  announcePhase(turn, 'PostPromotion', blueGreen?.postPromotionAnalysisRunStatus, current.postPromotion)
  announcePhase(turn, 'PrePromotion', blueGreen?.prePromotionAnalysisRunStatus, current.prePromotion)
  announcePhase(turn, 'Step', canary?.currentStepAnalysisRunStatus, current.step)
  announcePhase(turn, 'Background', canary?.currentBackgroundAnalysisRunStatus, current.background)
}

function announcePhase(turn: Turn, type: string, noted: RunReference | undefined, run: AnalysisRun | undefined): void {
  const phase = run?.status?.phase
  if (!run || !phase) return
  const { name } = run.metadata
  if (noted && (noted.name !== name || (noted.status ?? '') === phase)) return
  const previous = noted ? (noted.status ?? '') : 'NoPreviousStatus'
  const message = `${type} Analysis Run '${name}' Status New: '${phase}' Previous: '${previous}'`
  emit(turn, `AnalysisRun${phase}`, message, phase === 'Failed' || phase === 'Error' ? 'Warning' : 'Normal')
}
