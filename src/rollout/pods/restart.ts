import { failureOf } from '../../model/changeKey'
import { resyncSeconds } from '../../model/labelKeys'
import { parseTime } from '../../model/time'
import type { Pod } from '../../model/workload'
import { maxUnavailableOf, replicasOf } from '../defaults'
import { restartIsPending } from '../status/phase'
import { requeueAfter, type Turn } from '../turn'
import { sumOf, wantedPods } from './replicaSets'
import { selects } from './selector'

const retrySeconds = 30

/** Evicts pods older than `restartAt`, as many as availability allows; returns how many (behaviour 3.16). */
export function restartPods(turn: Turn): number {
  const restartAt = parseTime(turn.rollout.spec.restartAt)
  if (restartAt === undefined) return 0
  if (turn.now <= restartAt && restartAt < turn.now + resyncSeconds) requeueAfter(turn, restartAt - turn.now)
  if (turn.now <= restartAt || !restartIsPending(turn.rollout, turn.before)) return 0
  const pods = podsOfRollout(turn)
  const old = pods.filter((pod) => (parseTime(pod.metadata.creationTimestamp) ?? Number.NEGATIVE_INFINITY) < restartAt)
  const restarted = evict(turn, old, pods)
  if (old.length > restarted) requeueAfter(turn, retrySeconds)
  else turn.next.restartedAt = turn.rollout.spec.restartAt
  return restarted
}

/** At least one pod may be missing, or a restart could never begin. */
function evict(turn: Turn, old: readonly Pod[], all: readonly Pod[]): number {
  const wanted = Math.max(replicasOf(turn.rollout), sumOf(turn.replicaSets, wantedPods))
  let room = all.filter((pod) => isAvailable(turn, pod)).length - (wanted - Math.max(maxUnavailableOf(turn.rollout), 1))
  let evicted = 0
  for (const pod of old) {
    if (room <= 0 || pod.metadata.deletionTimestamp) continue
    const { name } = pod.metadata
    const eviction = { kind: 'evictPod', namespace: turn.namespace, name } as const
    turn.changes.push(eviction)
    // A disruption budget refused it: tried again later.
    if (failureOf(turn.observed.answers, eviction)) continue
    room--
    evicted++
  }
  return evicted
}

function podsOfRollout(turn: Turn): Pod[] {
  const uids: ReadonlySet<string | undefined> = new Set(turn.replicaSets.map((set) => set.metadata.uid))
  return turn.pods.filter(
    (pod) =>
      selects(turn.rollout.spec.selector, pod.metadata.labels) &&
      pod.metadata.ownerReferences?.some((owner) => uids.has(owner.uid)),
  )
}

/** Ready for `minReadySeconds` (to the second), and not on its way out. */
function isAvailable(turn: Turn, pod: Pod): boolean {
  if (pod.metadata.deletionTimestamp) return false
  const ready = pod.status?.conditions?.find((condition) => condition.type === 'Ready')
  if (ready?.status !== 'True') return false
  const minReadySeconds = turn.rollout.spec.minReadySeconds ?? 0
  if (minReadySeconds === 0) return true
  const since = parseTime(ready.lastTransitionTime)
  return since !== undefined && since + minReadySeconds <= turn.now
}
