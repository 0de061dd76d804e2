import { workloadGenerationAnnotation } from '../../model/labelKeys'
import { parseTime } from '../../model/time'
import { progressDeadlineSecondsOf } from '../defaults'
import { emit, type NextStatus, requeueAfter, type Turn } from '../turn'
import { conditionOf } from './conditionList'
import { isHealthy, isIndefiniteStep } from './health'
import { phaseOf } from './phase'
import { onto, patchedStatus } from './statusWrite'

/** Completes the next status and writes what changed of it (behaviour 3.21: the order matters). */
export function persistStatus(turn: Turn, next: NextStatus): void {
  next.observedGeneration = String(turn.rollout.metadata.generation ?? 0)
  next.workloadObservedGeneration = workloadGenerationOf(turn, next)
  turn.semantics.completeStatus(turn, next)
  const { phase, message } = phaseOf(turn.rollout, next)
  next.phase = phase
  next.message = message
  next.duration = turn.semantics.duration.next(turn, next)
  const { before } = turn
  const status = patchedStatus(before, next)
  if (status === before) {
    requeueIfStuck(turn, next)
    return
  }
  announcePauses(turn, next)
  turn.decided = onto(turn.decided ?? before, before, status)
}

function workloadGenerationOf(turn: Turn, next: NextStatus): string | undefined {
  if (!turn.rollout.spec.workloadRef || turn.templateForgotten) return undefined
  const noted = Number.parseInt(turn.rollout.metadata.annotations?.[workloadGenerationAnnotation] ?? '', 10) || 0
  const observed = Number.parseInt(next.workloadObservedGeneration ?? '', 10) || 0
  return noted === observed ? next.workloadObservedGeneration : String(noted)
}

function announcePauses(turn: Turn, next: NextStatus): void {
  const [was, is] = [(turn.before.pauseConditions?.length ?? 0) > 0, (next.pauseConditions?.length ?? 0) > 0]
  if (was === is) return
  if (is) emit(turn, 'RolloutPaused', `Rollout is paused (${next.pauseConditions?.[0]?.reason ?? ''})`)
  else if (next.abortedAt === undefined) emit(turn, 'RolloutResumed', 'Rollout is resumed')
}

/** Nothing moved: look again when the progress deadline strikes, one second later to be sure. */
function requeueIfStuck(turn: Turn, next: NextStatus): void {
  const { before, rollout } = turn
  const progressing = conditionOf(before.conditions, 'Progressing')
  if (!progressing || isHealthy(rollout, before, next) || progressing.reason === 'ProgressDeadlineExceeded') return
  if ((before.pauseConditions?.length ?? 0) > 0 || rollout.spec.paused || before.abort || isIndefiniteStep(turn)) return
  const left = (parseTime(progressing.lastUpdateTime) ?? 0) + progressDeadlineSecondsOf(rollout) - turn.now
  if (left < 1) turn.requeueSoon = true
  else requeueAfter(turn, left + 1)
}
