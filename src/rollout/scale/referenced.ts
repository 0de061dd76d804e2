import { isJsonObject } from '../../model/json'
import { podTemplateHashLabel } from '../../model/labelKeys'
import type { ReplicaSet } from '../../model/workload'
import { podHash } from '../pods/replicaSets'
import { serviceNamed } from '../services/serviceSwitch'
import type { Turn } from '../turn'

/** May traffic still reach this ReplicaSet? By a role in the status, a Service selector or a DestinationRule subset. */
export function isReferenced(turn: Turn, set: ReplicaSet): boolean {
  const hash = podHash(set)
  const { before } = turn
  const weights = before.canary?.weights
  const inStatus = [
    before.stableRS,
    before.currentPodHash,
    before.blueGreen?.activeSelector,
    before.blueGreen?.previewSelector,
    weights?.canary.podTemplateHash,
    weights?.stable.podTemplateHash,
  ]
  return inStatus.includes(hash) || isServed(turn, hash) || turn.semantics.isSubset(turn, hash)
}

function isServed(turn: Turn, hash: string): boolean {
  return servicesLookedAt(turn).some(
    (name) => name && serviceNamed(turn, name)?.spec?.selector?.[podTemplateHashLabel] === hash,
  )
}

/** Quirk kept for fidelity: ping and pong Services are not looked at. */
function servicesLookedAt({ rollout }: Turn): (string | undefined)[] {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  return canary ? [canary.canaryService, canary.stableService] : [blueGreen?.activeService, blueGreen?.previewService]
}

export function isSubset(turn: Turn, hash: string): boolean {
  const name = turn.rollout.spec.strategy?.canary?.trafficRouting?.istio?.destinationRule?.name
  const rule = name && turn.observed.destinationRules?.find((one) => one.metadata.name === name)
  const spec = rule ? rule.spec : undefined
  const subsets = isJsonObject(spec) && Array.isArray(spec.subsets) ? spec.subsets : []
  return subsets.some(
    (subset) => isJsonObject(subset) && isJsonObject(subset.labels) && subset.labels[podTemplateHashLabel] === hash,
  )
}
