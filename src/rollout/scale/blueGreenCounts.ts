import { replicasOf } from '../defaults'
import { newSet, podHash } from '../pods/replicaSets'
import { setWithHash } from '../status/conditions'
import type { Turn } from '../turn'

/** Pods of the new ReplicaSet: all, or `previewReplicaCount` until the preview is released (behaviour 3.8.5). */
export function blueGreenNewCount(turn: Turn): number {
  const { before, rollout } = turn
  const replicas = replicasOf(rollout)
  const preview = rollout.spec.strategy?.blueGreen?.previewReplicaCount
  const fresh = newSet(turn)
  if (preview === undefined || !fresh) return replicas
  const active = setWithHash(turn, before.blueGreen?.activeSelector ?? '')
  if (!active || active.metadata.name === turn.newName || before.promoteFull) return replicas
  if (podHash(fresh) !== before.currentPodHash) return preview
  const paused = rollout.spec.paused === true || (before.pauseConditions?.length ?? 0) > 0
  return !paused && before.blueGreen?.scaleUpPreviewCheckPoint ? replicas : preview
}
