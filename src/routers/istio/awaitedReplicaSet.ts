import { podTemplateHashLabel } from '../../model/labelKeys'
import type { ReplicaSet } from '../../model/workload'
import type { RouterCall } from '../routerCall'

/**
 * With subsets alone, moving a subset moves all its traffic at once, so the pods have to be there first (AR#2507).
 * Returns the name of the ReplicaSet that is not ready; undefined if there is nothing to wait for.
 */
export function awaitedReplicaSet(call: RouterCall, canaryHash: string, stableHash: string): string | undefined {
  const { canaryService = '', stableService = '' } = call.canary
  if (canaryService !== '' || stableService !== '') return undefined
  const retreats = returnsToStable(call, stableHash)
  for (const set of call.observed.replicaSets ?? []) {
    const hash = hashOf(set)
    if ((set.spec.replicas ?? 0) === 0 || hash === '') continue
    if (hash !== stableHash && (hash !== canaryHash || retreats)) continue
    if (hash === canaryHash && retreats) continue
    if (!isAvailable(set)) return set.metadata.name
  }
  return undefined
}

const hashOf = (set: ReplicaSet): string => set.metadata.labels?.[podTemplateHashLabel] ?? ''

function isAvailable({ spec, status }: ReplicaSet): boolean {
  const wanted = spec.replicas ?? 0
  const available = status?.availableReplicas ?? 0
  return wanted !== 0 && available !== 0 && wanted <= available
}

/** An abort, or a return to stable with dynamic stable scale: the canary need not be available then. */
function returnsToStable({ observed, canary }: RouterCall, stableHash: string): boolean {
  const { status, spec } = observed.rollout
  if (status?.abort) return true
  const stable = (observed.replicaSets ?? []).find((set) => hashOf(set) === stableHash)
  const weights = status?.canary?.weights
  if (!stable || !weights || !canary.trafficRouting || !canary.dynamicStableScale) return false
  if ((status?.stableRS ?? '') !== (status?.currentPodHash ?? '')) return false
  if ((weights.canary?.podTemplateHash ?? '') === hashOf(stable)) return false
  return (stable.status?.availableReplicas ?? 0) < (spec.replicas ?? 1)
}
