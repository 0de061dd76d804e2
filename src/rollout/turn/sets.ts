import type { ReplicaSet } from '../../model/workload'
import { reread, type Turn } from './turn'

/** A ReplicaSet after the changes so far. */
export const asChanged = ({ ledger }: Turn, set: ReplicaSet): ReplicaSet =>
  ledger.changedSets.get(set.metadata.name) ?? set

/** Records a ReplicaSet after a change; decisions still use the former size. */
export function noteChanged({ ledger }: Turn, changed: ReplicaSet): void {
  ledger.changedSets.set(changed.metadata.name, changed)
}

/** Like noteChanged, but decisions see the change too. */
export function replaceSet(turn: Turn, changed: ReplicaSet): void {
  noteChanged(turn, changed)
  const { name } = changed.metadata
  reread(turn, { replicaSets: turn.facts.replicaSets.map((set) => (set.metadata.name === name ? changed : set)) })
}
