import type { Rollout } from '../model/rollout'
import { maxWeightOf } from '../rollout/defaults'
import { weightUpTo } from '../rollout/desired/canaryWeight'
import { currentStepOf, stepsOf } from '../rollout/facts/steps'
import type { ReplicaSetView } from './rolloutView'

/** `2/5`: steps done, and how many there are; undefined without steps or before the first status. */
export function stepText(rollout: Rollout): string | undefined {
  const index = rollout.status?.currentStepIndex
  const steps = stepsOf(rollout).length
  return index === undefined || steps === 0 ? undefined : `${index}/${steps}`
}

/** The weight of the current step: the nearest setWeight at or before the current step. */
export function setWeightOf(rollout: Rollout): number {
  if (rollout.status?.abort) return 0
  const current = currentStepOf(rollout)
  return current ? weightUpTo(stepsOf(rollout), current.index) : maxWeightOf(rollout)
}

/** The canary's share: the last weight set on the router, otherwise its share of the available pods, rounded down. */
export function actualWeightOf(rollout: Rollout, replicaSets: readonly ReplicaSetView[]): number {
  const { availableReplicas: available = 0, canary } = rollout.status ?? {}
  if (!currentStepOf(rollout)) return maxWeightOf(rollout)
  if (available <= 0) return 0
  if (rollout.spec.strategy?.canary?.trafficRouting) return canary?.weights?.canary.weight ?? setWeightOf(rollout)
  const set = replicaSets.filter((one) => one.canary).at(-1)
  return set ? Math.trunc((set.available * maxWeightOf(rollout)) / available) : 0
}
