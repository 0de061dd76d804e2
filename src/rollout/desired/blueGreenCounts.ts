import { replicasOf } from '../defaults'
import type { Facts } from '../facts/facts'
import { podHash, setWithHash } from '../facts/replicaSets'

/** Pods of the new ReplicaSet: all, or `previewReplicaCount` until the preview is released (behaviour 3.8.5). */
export function blueGreenNewCount(facts: Facts): number {
  const { before, rollout } = facts
  const replicas = replicasOf(rollout)
  const preview = rollout.spec.strategy?.blueGreen?.previewReplicaCount
  const fresh = facts.newSet
  if (preview === undefined || !fresh) return replicas
  const active = setWithHash(facts, before.blueGreen?.activeSelector ?? '')
  if (!active || active.metadata.name === facts.newName || before.promoteFull) return replicas
  if (podHash(fresh) !== before.currentPodHash) return preview
  const paused = rollout.spec.paused === true || (before.pauseConditions?.length ?? 0) > 0
  return !paused && before.blueGreen?.scaleUpPreviewCheckPoint ? replicas : preview
}
