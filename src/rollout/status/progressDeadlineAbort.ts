import { hasTimedOut, isCompleted, isIndefiniteStep, isProgressing, waitsForScaleDown } from '../facts/health'
import type { NextStatus } from '../turn/draft'
import { emit } from '../turn/events'
import { addAbort, isAborted } from '../turn/pauses'
import type { Turn } from '../turn/turn'
import { progressTexts } from './progressTexts'

/** `progressDeadlineAbort`: an update that makes no progress before its deadline aborts itself (behaviour 3.21). */
export function abortIfLate(turn: Turn, next: NextStatus): void {
  if (!turn.facts.rollout.spec.progressDeadlineAbort || isAborted(turn) || isCompleted(next)) return
  if (isProgressing(turn.facts.rollout, turn.facts.before, next)) return
  if (isIndefiniteStep(turn.facts) || waitsForScaleDown(turn.facts)) return
  if (!hasTimedOut(turn.facts, turn.facts.before)) return
  const message = progressTexts.late(turn)
  addAbort(turn, message)
  emit(turn, 'RolloutAborted', message, 'Warning')
}

/** Up to v1.9: the same, also for a promoted Rollout, and without checking for progress in this reconcile. */
export function abortWhenTimedOut(turn: Turn, message: string): void {
  if (!turn.facts.rollout.spec.progressDeadlineAbort || isAborted(turn)) return
  addAbort(turn, message)
  emit(turn, 'RolloutAborted', message, 'Warning')
}
