import { workloadGenerationAnnotation } from '../../model/labelKeys'
import type { Facts } from '../facts/facts'
import { phaseOf } from '../facts/phase'
import type { NextStatus } from '../turn/draft'
import { emit } from '../turn/events'
import { onto, patchedStatus } from '../turn/statusWrite'
import type { Turn } from '../turn/turn'
import { requeueAtProgressDeadline } from './requeueAtProgressDeadline'

/** Completes the next status and writes its changes (behaviour 3.21: the order matters). */
export function persistStatus(turn: Turn, next: NextStatus): void {
  next.observedGeneration = String(turn.facts.rollout.metadata.generation ?? 0)
  next.workloadObservedGeneration = workloadGenerationOf(turn.facts, next)
  turn.semantics.completeStatus(turn, next)
  const { phase, message } = phaseOf(turn.facts.rollout, next)
  next.phase = phase
  next.message = message
  next.duration = turn.semantics.duration.next(turn, next)
  const { before } = turn.facts
  const status = patchedStatus(before, next)
  if (status === before) {
    requeueAtProgressDeadline(turn, next)
    return
  }
  announcePauses(turn, next)
  turn.ledger.decided = onto(turn.ledger.decided ?? before, before, status)
}

function workloadGenerationOf(facts: Facts, next: NextStatus): string | undefined {
  if (!facts.rollout.spec.workloadRef || facts.templateForgotten) return undefined
  const noted = Number.parseInt(facts.rollout.metadata.annotations?.[workloadGenerationAnnotation] ?? '', 10) || 0
  const observed = Number.parseInt(next.workloadObservedGeneration ?? '', 10) || 0
  return noted === observed ? next.workloadObservedGeneration : String(noted)
}

function announcePauses(turn: Turn, next: NextStatus): void {
  const [was, is] = [(turn.facts.before.pauseConditions?.length ?? 0) > 0, (next.pauseConditions?.length ?? 0) > 0]
  if (was === is) return
  if (is) emit(turn, 'RolloutPaused', `Rollout is paused (${next.pauseConditions?.[0]?.reason ?? ''})`)
  else if (next.abortedAt === undefined) emit(turn, 'RolloutResumed', 'Rollout is resumed')
}
