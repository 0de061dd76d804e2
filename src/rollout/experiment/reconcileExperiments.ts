import type { Experiment } from '../../model/experiment'
import { runsToDelete } from '../../templates/runsToDelete'
import { successfulRunHistoryLimitOf, unsuccessfulRunHistoryLimitOf } from '../defaults'
import { pauseConditionOf } from '../facts/pauses'
import { currentStepOf } from '../facts/steps'
import { emitOf } from '../turn/events'
import { type Flow, isProblem } from '../turn/flow'
import { addAbort, addPause, isAborted } from '../turn/pauses'
import type { Turn } from '../turn/turn'
import { deleteExperiments, terminateExperiments } from './experiments'
import { startExperiment } from './startExperiment'

/** Starts, follows and ends the Experiment of the current step (behaviour 3.14). */
export function reconcileExperiments(turn: Turn): Flow {
  if (isAborted(turn) || turn.facts.before.promoteFull) {
    return terminateExperiments(turn, [...turn.facts.otherExperiments, turn.facts.currentExperiment])
  }
  if (pauseConditionOf(turn.facts, 'InconclusiveAnalysisRun')) return 'continue'
  const step = currentStepOf(turn.facts.rollout, turn.facts.before.currentStepIndex)?.step.experiment
  if (step) {
    const current = turn.facts.currentExperiment
    if (!current) {
      // The stable pods to compare with have to exist first.
      if (!turn.facts.stableSet) return 'continue'
      const started = startExperiment(turn, step)
      if (isProblem(started)) return started
      emitOf(
        turn,
        { kind: 'createExperiment', experiment: started },
        'ExperimentCreated',
        `Created Experiment '${started.metadata.name}'`,
      )
      obeyPhase(turn, started)
    } else obeyPhase(turn, current)
  }
  return endOthers(turn, step !== undefined)
}

/**
 * Quirk kept for fidelity (behaviour 3.14): an inconclusive Experiment is removed from the status, so the next
 * reconcile starts another one although the Rollout is paused.
 */
function obeyPhase(turn: Turn, experiment: Experiment): void {
  const { phase, message } = experiment.status ?? {}
  switch (phase) {
    case 'Inconclusive':
      addPause(turn, 'InconclusiveExperiment')
      return
    case 'Error':
    case 'Failed':
      addAbort(turn, turn.facts.semantics.abortText('Experiment analysis phase is error/failed', message ?? ''))
      return
    case 'Successful':
      return
    default:
      becomeCurrent(turn, experiment)
  }
}

function becomeCurrent(turn: Turn, experiment: Experiment): void {
  const { name } = experiment.metadata
  turn.draft.currentExperiment = experiment
  turn.draft.experimentName = name
}

function endOthers(turn: Turn, atExperimentStep: boolean): Flow {
  const current = turn.draft.currentExperiment
  const rest = turn.facts.otherExperiments.filter(({ metadata }) => metadata.name !== current?.metadata.name)
  const others = current && !atExperimentStep ? [...rest, current] : rest
  if (others.length === 0) return 'continue'
  const ended = terminateExperiments(turn, others)
  if (isProblem(ended)) return ended
  const limits = {
    successful: successfulRunHistoryLimitOf(turn.facts.rollout),
    unsuccessful: unsuccessfulRunHistoryLimitOf(turn.facts.rollout),
  }
  deleteExperiments(turn, runsToDelete(others, turn.facts.replicaSets, limits))
  return 'continue'
}
