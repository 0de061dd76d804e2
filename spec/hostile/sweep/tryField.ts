import { deepFreeze } from '../../properties/recorded'
import { monsters, oddValues } from '../oddValues'
import { type Field, replaced } from './fields'
import type { Observed } from './observations'

/** Forty odd values, and nine that are huge, endless or no data at all. */
export const hostileValues: readonly (() => unknown)[] = [...oddValues.map((value) => () => value), ...monsters]

/** Processor time that one decision may take. */
export const mostMilliseconds = 50

export interface Tried {
  readonly milliseconds: number
  readonly problem?: string
}

/** A decision that seemed to take too long is made again: compiling and collecting garbage come once, true cost comes each time. */
const mostTries = 5

/** Puts the value into the field and decides. The observation is frozen, so that who changes it throws. */
export function tryField({ observation, reduce }: Observed, { steps }: Field, value: unknown): Tried {
  const given = replaced(observation, steps, value)
  let least = Number.POSITIVE_INFINITY
  try {
    for (let attempt = 0; attempt < mostTries && least > mostMilliseconds; attempt++) {
      const before = process.cpuUsage()
      const decision = reduce(given)
      const { user, system } = process.cpuUsage(before)
      least = Math.min(least, (user + system) / 1000)
      if (!isDecision(decision)) return { milliseconds: least, problem: 'gave no decision' }
    }
  } catch (error) {
    return { milliseconds: least, problem: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
  }
  return {
    milliseconds: least,
    ...(least > mostMilliseconds && { problem: `takes ${Math.round(least)} ms` }),
  }
}

const isDecision = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'changes' in value && Array.isArray(value.changes)

/** Frozen once, and shared by all that is tried with it. */
export const frozen = (observed: Observed): Observed => ({ ...observed, observation: deepFreeze(observed.observation) })
