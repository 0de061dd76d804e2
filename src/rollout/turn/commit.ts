import { changedBy, changedList, type Edit, effectOf } from '../../cluster/effects'
import type {
  AdoptReplicaSet,
  AnnotateReplicaSet,
  Change,
  ReleaseReplicaSet,
  ScaleReplicaSet,
} from '../../model/change'
import { failureOf, type ReportedFailure } from '../../model/changeKey'
import type { ReplicaSet } from '../../model/workload'
import { asChanged } from './sets'
import { reread, type Turn } from './turn'

type Claim = AdoptReplicaSet | ReleaseReplicaSet
type SetChange = AnnotateReplicaSet | ScaleReplicaSet

/**
 * Adds a change to the decision; later stages see its effect on runs, Experiments and Services (cluster/effects.ts).
 * Returns the failure that the host reported for this change, if any.
 */
export function commit(turn: Turn, change: Exclude<Change, Claim | SetChange>): ReportedFailure | undefined {
  const { ledger, facts } = turn
  ledger.changes.push(change)
  const effect = effectOf(change)
  switch (effect?.kind) {
    case 'AnalysisRun':
      ledger.analysisRuns = changedList(ledger.analysisRuns, effect)
      break
    case 'Experiment':
      ledger.experiments = changedList(ledger.experiments, effect)
      break
    case 'Service':
      reread(turn, { services: changedList(facts.services, effect) })
      break
    case 'ReplicaSet':
      if (effect.does === 'delete') ledger.deletedNames.push(effect.named.name)
  }
  return failureOf(facts.observed.answers, change)
}

/**
 * The same for a change of a ReplicaSet. Decisions go on from its former size, until `seeChanged`: nobody has scaled
 * it yet.
 */
export function commitToSet({ ledger }: Turn, set: ReplicaSet, change: SetChange): void {
  ledger.changes.push(change)
  ledger.changedSets ??= new Map()
  ledger.changedSets.set(change.name, changedBy(asChanged(ledger, set), effectOf(change) as Edit))
}

/** ReplicaSets that are adopted or let go: the facts have them so from the start. */
export function commitClaim({ ledger }: Turn, claim: Claim): void {
  ledger.changes.push(claim)
  if (claim.kind === 'adoptReplicaSet') ledger.staleSets.push(claim.name)
}
