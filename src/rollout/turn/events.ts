import type { Change } from '../../model/change'
import { changeKey } from '../../model/changeKey'
import type { EngineEvent } from '../../model/decision'
import type { Turn } from './turn'

/** An event on the Rollout. */
export function emit(turn: Turn, reason: string, message: string, type: EngineEvent['type'] = 'Normal'): void {
  const { namespace, name } = turn.facts
  turn.ledger.events.push({ object: { kind: 'Rollout', namespace, name }, type, reason, message })
}

/** An event that is true as soon as this change is carried out. */
export function emitOf(turn: Turn, change: Change, reason: string, message: string): void {
  const { namespace, name } = turn.facts
  const object = { kind: 'Rollout', namespace, name }
  turn.ledger.events.push({ object, type: 'Normal', reason, message, change: changeKey(change) })
}

/** Drops events and status of this reconcile, because it fails before they are written. */
export function tellNobody({ ledger }: Turn): void {
  ledger.isUntold = true
}
