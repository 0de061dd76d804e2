import { resyncSeconds } from '../../model/labelKeys'
import { parseTime } from '../../model/time'
import type { Pod } from '../../model/workload'
import { maxUnavailableOf, replicasOf } from '../defaults'
import { secondsNow } from '../facts/clock'
import type { Facts } from '../facts/facts'
import { restartIsPending } from '../facts/phase'
import { sumOf, wantedPods } from '../facts/replicaSets'
import { selects } from '../facts/selector'
import { commit } from '../turn/commit'
import { requeueAfter } from '../turn/requeue'
import type { Turn } from '../turn/turn'

const retrySeconds = 30

/** Evicts pods older than `restartAt`, as many as availability allows; returns how many (behaviour 3.16). */
export function restartPods(turn: Turn): number {
  const restartAt = parseTime(turn.facts.rollout.spec.restartAt)
  if (restartAt === undefined) return 0
  if (secondsNow(turn.facts) <= restartAt && restartAt < secondsNow(turn.facts) + resyncSeconds)
    requeueAfter(turn, restartAt - secondsNow(turn.facts), 'restartAt', {})
  if (secondsNow(turn.facts) <= restartAt || !restartIsPending(turn.facts.rollout, turn.facts.before)) return 0
  const pods = podsOfRollout(turn.facts)
  const old = pods.filter((pod) => (parseTime(pod.metadata.creationTimestamp) ?? Number.NEGATIVE_INFINITY) < restartAt)
  const restarted = evict(turn, old, pods)
  if (old.length > restarted) requeueAfter(turn, retrySeconds, 'restartGoesOn', { pods: old.length - restarted })
  else turn.draft.restartedAt = turn.facts.rollout.spec.restartAt
  return restarted
}

/** At least one pod may be missing, or a restart could never begin. */
function evict(turn: Turn, old: readonly Pod[], all: readonly Pod[]): number {
  const wanted = Math.max(replicasOf(turn.facts.rollout), sumOf(turn.facts.replicaSets, wantedPods))
  let room =
    all.filter((pod) => isAvailable(turn.facts, pod)).length -
    (wanted - Math.max(maxUnavailableOf(turn.facts.rollout), 1))
  let evicted = 0
  for (const pod of old) {
    if (room <= 0 || pod.metadata.deletionTimestamp) continue
    const { name } = pod.metadata
    const eviction = { kind: 'evictPod', namespace: turn.facts.namespace, name } as const
    // If a disruption budget refuses the eviction, it is retried later.
    if (commit(turn, eviction)) continue
    room--
    evicted++
  }
  return evicted
}

function podsOfRollout(facts: Facts): Pod[] {
  const uids: ReadonlySet<string | undefined> = new Set(facts.replicaSets.map((set) => set.metadata.uid))
  return facts.pods.filter(
    (pod) =>
      selects(facts.rollout.spec.selector, pod.metadata.labels) &&
      pod.metadata.ownerReferences?.some((owner) => uids.has(owner.uid)),
  )
}

/** Ready for `minReadySeconds`, and not being deleted. */
function isAvailable(facts: Facts, pod: Pod): boolean {
  if (pod.metadata.deletionTimestamp) return false
  const ready = pod.status?.conditions?.find((condition) => condition.type === 'Ready')
  if (ready?.status !== 'True') return false
  const minReadySeconds = facts.rollout.spec.minReadySeconds ?? 0
  if (minReadySeconds === 0) return true
  const since = parseTime(ready.lastTransitionTime)
  return since !== undefined && facts.semantics.hasBeenReady(secondsNow(facts) - since, minReadySeconds)
}
