import type { ReplicaSet } from '../../model/workload'
import type { Ledger } from './ledger'
import { reread, type Turn } from './turn'

/** A ReplicaSet after the changes so far. */
export const asChanged = ({ changedSets }: Ledger, set: ReplicaSet): ReplicaSet =>
  changedSets?.get(set.metadata.name) ?? set

/** From now on decisions see the changes so far of a ReplicaSet too. */
export function seeChanged(turn: Turn, { metadata: { name } }: ReplicaSet): void {
  const changed = turn.ledger.changedSets?.get(name)
  if (changed)
    reread(turn, { replicaSets: turn.facts.replicaSets.map((set) => (set.metadata.name === name ? changed : set)) })
}
