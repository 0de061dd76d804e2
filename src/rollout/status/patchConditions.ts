import type { Condition } from '../../model/meta'
import { type ConditionUpdate, conditionAt, withCondition } from '../facts/conditionList'
import { phaseOf } from '../facts/phase'
import type { NextStatus } from '../turn/draft'
import { patchedStatus } from '../turn/statusWrite'
import type { Turn } from '../turn/turn'

/** Sets conditions, and phase, message and duration to match. False if nothing changed. */
export function patchConditions(turn: Turn, from: readonly Condition[], updates: readonly ConditionUpdate[]): boolean {
  const next: NextStatus = { ...turn.facts.before, conditions: from }
  for (const update of updates)
    next.conditions = withCondition(next.conditions, conditionAt(update, turn.facts.nowText)).conditions
  next.observedGeneration = String(turn.facts.rollout.metadata.generation ?? 0)
  const { phase, message } = phaseOf(turn.facts.rollout, next)
  next.phase = phase
  next.message = message
  next.duration = turn.semantics.duration.next(turn, next)
  const status = patchedStatus(turn.facts.before, next)
  if (status === turn.facts.before) return false
  turn.ledger.decided = status
  return true
}
