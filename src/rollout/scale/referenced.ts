import { isJsonObject, isWalkableList } from '../../model/json'
import { podTemplateHashLabel } from '../../model/labelKeys'
import type { ReplicaSet } from '../../model/workload'
import type { Facts } from '../facts/facts'
import { podHash } from '../facts/replicaSets'
import { serviceNamed } from '../services/serviceSwitch'

/**
 * Whether traffic can still reach this ReplicaSet: through a role in the status, a Service selector or a
 * DestinationRule subset.
 */
export function isReferenced(facts: Facts, set: ReplicaSet): boolean {
  const hash = podHash(set)
  const { before } = facts
  const weights = before.canary?.weights
  const inStatus = [
    before.stableRS,
    before.currentPodHash,
    before.blueGreen?.activeSelector,
    before.blueGreen?.previewSelector,
    weights?.canary.podTemplateHash,
    weights?.stable.podTemplateHash,
  ]
  return inStatus.includes(hash) || isServed(facts, hash) || facts.semantics.isSubset(facts, hash)
}

function isServed(facts: Facts, hash: string): boolean {
  return servicesLookedAt(facts).some(
    (name) => name && serviceNamed(facts, name)?.spec?.selector?.[podTemplateHashLabel] === hash,
  )
}

/** Quirk kept for fidelity: ping and pong Services are not checked. */
function servicesLookedAt({ rollout }: Facts): (string | undefined)[] {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  return canary ? [canary.canaryService, canary.stableService] : [blueGreen?.activeService, blueGreen?.previewService]
}

export function isSubset(facts: Facts, hash: string): boolean {
  const name = facts.rollout.spec.strategy?.canary?.trafficRouting?.istio?.destinationRule?.name
  const rule = name && facts.observed.destinationRules?.find((one) => one.metadata.name === name)
  const spec = rule ? rule.spec : undefined
  const subsets = isJsonObject(spec) && isWalkableList(spec.subsets) ? spec.subsets : []
  return subsets.some(
    (subset) => isJsonObject(subset) && isJsonObject(subset.labels) && subset.labels[podTemplateHashLabel] === hash,
  )
}
