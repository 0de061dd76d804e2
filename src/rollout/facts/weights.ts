import type { TrafficWeights } from '../../model/rolloutStatus'
import { sameJson } from '../../model/sameJson'

/** The same weights for the same pods, whether or not a router confirmed them. */
export const areSameWeights = (left: TrafficWeights, right: TrafficWeights): boolean =>
  sameJson(left.canary, right.canary) &&
  sameJson(left.stable, right.stable) &&
  sameJson(left.additional, right.additional)
