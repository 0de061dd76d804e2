import type { TrafficWeights, WeightDestination } from '../../model/rolloutStatus'
import { sameJson } from '../../model/sameJson'

/** The same weights for the same pods, whether or not a router confirmed them. */
export const areSameWeights = (left: TrafficWeights, right: TrafficWeights): boolean =>
  isSameDestination(left.canary, right.canary) &&
  isSameDestination(left.stable, right.stable) &&
  sameJson(left.additional, right.additional)

const isSameDestination = (left: WeightDestination, right: WeightDestination): boolean =>
  left.weight === right.weight &&
  left.podTemplateHash === right.podTemplateHash &&
  left.serviceName === right.serviceName
