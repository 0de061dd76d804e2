import type { ReplicaSet } from '../../model/workload'
import { reread, type Turn } from './turn'

/** A ReplicaSet as the changes so far leave it. */
export const asChanged = ({ ledger }: Turn, set: ReplicaSet): ReplicaSet =>
  ledger.changedSets.get(set.metadata.name) ?? set

/** Notes how a change leaves a ReplicaSet; decisions go on from the former sizes. */
export function noteChanged({ ledger }: Turn, changed: ReplicaSet): void {
  ledger.changedSets.set(changed.metadata.name, changed)
}

/** As noteChanged, and decisions see it too. */
export function replaceSet(turn: Turn, changed: ReplicaSet): void {
  noteChanged(turn, changed)
  const { name } = changed.metadata
  reread(turn, { replicaSets: turn.facts.replicaSets.map((set) => (set.metadata.name === name ? changed : set)) })
}
