import type { ReplicaSet } from '../../model/workload'
import { isRouted, maxUnavailableOf, replicasOf } from '../defaults'
import { canaryCountsOf } from '../desired/canaryCounts'
import { isFullyPromoted } from '../facts/health'
import { progressIsHalted } from '../facts/pauses'
import {
  availablePods,
  byCreation,
  byRevisionDescending,
  deadlineTextOf,
  hasSeparateStable,
  sumOf,
  wantedPods,
} from '../facts/replicaSets'
import { oldPodsMayLeave } from '../traffic/targetGroups'
import type { Problem } from '../turn/flow'
import { asChanged } from '../turn/sets'
import type { Turn } from '../turn/turn'
import { isReferenced } from './referenced'
import { removeScaleDownDeadlines } from './removeDeadlines'
import { scaleTo } from './scale'
import { delayScaleDown } from './scaleDownDelay'

/** Scales stable, then new, then the rest, one of them per reconcile. True if a size changed (behaviour 3.8.1). */
export function scaleCanary(turn: Turn): boolean | Problem {
  if (progressIsHalted(turn.facts)) return false
  removeScaleDownDeadlines(turn)
  return scaleStable(turn) || turn.semantics.scaleNew(turn) || scaleOthers(turn)
}

/** Uses the weights of the last status: stable pods follow the traffic one reconcile later, on purpose. */
function scaleStable(turn: Turn): boolean {
  const stable = turn.facts.stableSet
  if (!stable || !hasSeparateStable(turn.facts)) return false
  return scaleTo(turn, stable, canaryCountsOf(turn.facts, turn.facts.before.canary?.weights).stable)
}

/** Scales intermediate revisions, as far as availability allows (behaviour 3.8.6). */
function scaleOthers(turn: Turn): boolean {
  const others = turn.facts.otherSets.filter((set) => wantedPods(set) > 0)
  if (others.length === 0) return false
  const cleaned = dropUnavailablePods(turn, others)
  if (cleaned.gaveUp) return cleaned.dropped > 0
  const minAvailable = replicasOf(turn.facts.rollout) - maxUnavailableOf(turn.facts.rollout)
  const spare = sumOf(turn.facts.replicaSets, availablePods) - minAvailable
  if (spare <= 0) return false
  const ordered = others
    .map((set) => asChanged(turn.ledger, set))
    .sort(byCreation)
    .sort(byRevisionDescending)
  if (!oldPodsMayLeave(turn, ordered)) return false
  const drained = drainOthers(turn, ordered, spare)
  return drained !== undefined && cleaned.dropped + drained > 0
}

interface Cleaned {
  readonly dropped: number
  readonly gaveUp: boolean
}

/** Unavailable pods go first. A ReplicaSet that this reconcile already updated ends the cleanup for this round. */
function dropUnavailablePods(turn: Turn, others: readonly ReplicaSet[]): Cleaned {
  let dropped = 0
  for (const set of others.length > 1 ? [...others].sort(byCreation) : others) {
    const [wanted, available] = [wantedPods(set), availablePods(set)]
    if (wanted === available) continue
    if (endsRoundOfOldSets(wanted, available)) return { dropped: 0, gaveUp: true }
    if (turn.ledger.staleSets.includes(set.metadata.name)) return { dropped, gaveUp: true }
    scaleTo(turn, set, available)
    dropped += wanted - available
  }
  return { dropped, gaveUp: false }
}

/**
 * Quirk kept for fidelity (behaviour 10.13): one ReplicaSet with more available pods than it wants ends the scaling of
 * all old ones for this round, and those already scaled do not count.
 */
const endsRoundOfOldSets = (wanted: number, available: number): boolean => available > wanted

/** Undefined: an update would have failed; the controller ignores that and retries later. */
function drainOthers(turn: Turn, ordered: readonly ReplicaSet[], spareAtFirst: number): number | undefined {
  const routed = isRouted(turn.facts.rollout)
  let spare = spareAtFirst
  let delayed = 0
  let drained = 0
  for (const set of ordered) {
    if (routed && isReferenced(turn.facts, set)) continue
    if (spare <= 0) break
    const wanted = wantedPods(set)
    if (wanted === 0) continue
    let target = 0
    if (!routed) target = Math.max(0, wanted - spare)
    else if (isFullyPromoted(turn.facts.before) || deadlineTextOf(set) !== undefined) {
      if (!turn.facts.rollout.spec.strategy?.canary?.dynamicStableScale) {
        const verdict = delayScaleDown(turn, set, delayed, wanted)
        if (!verdict) return undefined
        delayed = verdict.delayed
        target = verdict.replicas
      }
    }
    if (target === wanted) continue
    if (turn.ledger.staleSets.includes(set.metadata.name)) return undefined
    scaleTo(turn, set, target)
    spare -= wanted - target
    drained += wanted - target
  }
  return drained
}
