import type { Condition } from '../../model/meta'
import { textNow } from '../facts/clock'
import { type ConditionUpdate, conditionAt, withCondition } from '../facts/conditionList'
import { phaseOf } from '../facts/phase'
import { nextStatusFrom } from '../turn/draft'
import { patchedStatus } from '../turn/statusWrite'
import type { Turn } from '../turn/turn'

/** Sets conditions, and phase, message and duration to match. False if nothing changed. */
export function patchConditions(turn: Turn, from: readonly Condition[], updates: readonly ConditionUpdate[]): boolean {
  const { before } = turn.facts
  const next = nextStatusFrom(before)
  next.conditions = from
  for (const update of updates)
    next.conditions = withCondition(next.conditions, conditionAt(update, textNow(turn.facts))).conditions
  next.observedGeneration = String(turn.facts.rollout.metadata.generation ?? 0)
  const { phase, message } = phaseOf(turn.facts.rollout, next)
  next.phase = phase
  next.message = message
  next.duration = turn.semantics.duration.next(turn, next)
  const status = patchedStatus(before, next)
  if (status === before) return false
  turn.ledger.decided = status
  return true
}
