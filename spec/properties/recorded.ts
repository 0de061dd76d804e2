import type { RolloutObservation } from '../../src/rollout/observation'
import { observeRollout } from '../../src/simulate/observe'
import { type Situation, walkTrace } from '../conformance/trace'
import { readCases, vectorsFolder } from '../conformance/vectors'
import { propertySeed } from './seed'

/** One in `every` recorded situations of a family, chosen by the seed. */
export function* recordedSituations(family: string, every: number): Generator<{ name: string; situation: Situation }> {
  let count = propertySeed % every
  for (const testCase of readCases(vectorsFolder, family)) {
    const found: { name: string; situation: Situation }[] = []
    walkTrace(testCase, (situation, _step, index) => {
      if (++count % every === 0) found.push({ name: `${testCase.id} step ${index}`, situation })
    })
    yield* found
  }
}

export const observationOf = ({ objects, key, now }: Situation): RolloutObservation => observeRollout(objects, key, now)

/** Freezes a value with everything in it, so that a mutation throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const item of Object.values(value)) deepFreeze(item)
  return value
}
