import { conditionOf, withoutCondition } from '../facts/conditionList'
import type { Turn } from '../turn/turn'
import { patchConditions } from './patchConditions'

/** Records in the status why the Rollout is invalid, and since when. */
export function noteInvalidSpec(turn: Turn, reason: string): void {
  const { before } = turn.facts
  const message = `The Rollout "${turn.facts.name}" is invalid: ${reason}`
  const noted = conditionOf(before.conditions, 'InvalidSpec')
  const observed = (before.observedGeneration ?? '') === String(turn.facts.rollout.metadata.generation ?? 0)
  if (observed && noted?.message === message) return
  const from =
    noted && noted.message !== message ? withoutCondition(before.conditions, 'InvalidSpec') : (before.conditions ?? [])
  patchConditions(turn, from, [{ type: 'InvalidSpec', status: 'True', reason: 'InvalidSpec', message }])
}
