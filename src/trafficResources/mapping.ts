import { isJsonObject } from '../model/json'
import type { KubeObject } from '../model/meta'

/** The weight that an Ambassador Mapping has of its own. What is not an integer counts as 0 (behaviour 2.3, 6.5). */
export function ownWeight({ spec }: KubeObject): number {
  const weight = isJsonObject(spec) && Object.hasOwn(spec, 'weight') ? spec.weight : undefined
  return typeof weight === 'number' && Number.isSafeInteger(weight) ? weight : 0
}

/** A Mapping with a weight of its own cannot be a base Mapping: the router sets the weight. */
export const ownWeightProblem = (name: string): string => `Ambassador mapping "${name}" can not define weight`
