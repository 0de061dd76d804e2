import { podTemplateMatcher } from '../../kube/podTemplate/podTemplatesEqual'
import type { RolloutStatus } from '../../model/rolloutStatus'
import type { ReplicaSet } from '../../model/workload'
import { withoutInjectedAntiAffinity } from '../facts/antiAffinity'
import type { Facts } from '../facts/facts'
import { podHash } from '../facts/replicaSets'
import { templateWithoutEphemeralMetadata } from '../facts/roleMetadata'
import { wantedPodHash } from '../facts/templateChange'

// Which of our ReplicaSets is the new one, and which is stable (behaviour 3.3).

export function findStable({ stableRS }: RolloutStatus, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return stableRS ? sets.find((set) => podHash(set) === stableRS) : undefined
}

/** By the hash of the wanted template, else the oldest with an equal template. */
export function findNew(facts: Facts, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  const hash = wantedPodHash(facts)
  return sets.find((set) => podHash(set) === hash) ?? firstWithWantedTemplate(facts, sets)
}

/** Equal apart from what the controller itself added to the ReplicaSet's template. */
function firstWithWantedTemplate({ rollout, controller }: Facts, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  if (sets.length === 0) return undefined
  const isWanted = podTemplateMatcher(rollout.spec.template, controller)
  return sets.find((set) => isWanted(withoutInjectedAntiAffinity(templateWithoutEphemeralMetadata(set), rollout)))
}
