import type { Experiment } from '../../model/experiment'
import { runsToDelete } from '../../templates/runsToDelete'
import { successfulRunHistoryLimitOf, unsuccessfulRunHistoryLimitOf } from '../defaults'
import { addAbort, addPause, isAborted, pauseConditionOf } from '../pause/pauseLedger'
import { stableSet } from '../pods/replicaSets'
import { currentStepOf } from '../steps/steps'
import { emitOf, type Flow, isProblem, type Turn } from '../turn'
import { deleteExperiments, terminateExperiments } from './experiments'
import { startExperiment } from './startExperiment'

/** Starts, follows and ends the Experiment of the current step (behaviour 3.14). */
export function reconcileExperiments(turn: Turn): Flow {
  if (isAborted(turn) || turn.before.promoteFull) {
    return terminateExperiments(turn, [...turn.otherExperiments, turn.currentExperiment])
  }
  if (pauseConditionOf(turn, 'InconclusiveAnalysisRun')) return 'continue'
  const step = currentStepOf(turn.rollout, turn.before.currentStepIndex)?.step.experiment
  if (step) {
    if (!turn.currentExperiment) {
      // What is compared with has to be there first.
      if (!stableSet(turn)) return 'continue'
      const started = startExperiment(turn, step)
      if (isProblem(started)) return started
      emitOf(
        turn,
        { kind: 'createExperiment', experiment: started },
        'ExperimentCreated',
        `Created Experiment '${started.metadata.name}'`,
      )
      obeyPhase(turn, started)
    } else obeyPhase(turn, turn.currentExperiment)
  }
  return endOthers(turn, step !== undefined)
}

/**
 * Quirk kept for fidelity (behaviour 3.14): an inconclusive Experiment loses its place in the status, so that the next
 * reconcile starts another one though the Rollout is paused.
 */
function obeyPhase(turn: Turn, experiment: Experiment): void {
  const { phase, message } = experiment.status ?? {}
  switch (phase) {
    case 'Inconclusive':
      addPause(turn, 'InconclusiveExperiment')
      return
    case 'Error':
    case 'Failed':
      addAbort(turn, turn.semantics.abortText('Experiment analysis phase is error/failed', message ?? ''))
      return
    case 'Successful':
      return
    default:
      becomeCurrent(turn, experiment)
  }
}

function becomeCurrent(turn: Turn, experiment: Experiment): void {
  const { name } = experiment.metadata
  turn.currentExperiment = experiment
  turn.next.canary = { ...turn.next.canary, currentExperiment: name }
  turn.otherExperiments = turn.otherExperiments.filter((other) => other.metadata.name !== name)
}

function endOthers(turn: Turn, atExperimentStep: boolean): Flow {
  const { currentExperiment: current, otherExperiments } = turn
  const others = current && !atExperimentStep ? [...otherExperiments, current] : otherExperiments
  const ended = terminateExperiments(turn, others)
  if (isProblem(ended)) return ended
  const limits = {
    successful: successfulRunHistoryLimitOf(turn.rollout),
    unsuccessful: unsuccessfulRunHistoryLimitOf(turn.rollout),
  }
  deleteExperiments(turn, runsToDelete(others, turn.replicaSets, limits))
  return 'continue'
}
