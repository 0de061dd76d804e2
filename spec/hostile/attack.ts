import { deepFreeze } from '../properties/recorded'
import { printed } from './printed'
import { randomOf } from './random'
import type { Target } from './targets'

/** An input that a function did not survive. */
export interface Casualty {
  readonly entry: string
  readonly name: string
  readonly seed: number
  readonly index: number
  readonly problem: string
  /** The smallest input that does the same, as far as it could be found. */
  readonly input: string
}

/** One in so many inputs is given twice, to see whether the same comes out. */
const everyRepeat = 64

/** Tries one input: nothing may be thrown, changed or depend on anything but the input. */
export async function attackOnce(target: Target, seed: number, index: number): Promise<Casualty | undefined> {
  const input = target.inputOf(randomOf(seed, index))
  const problem = await problemWith(target, input, index % everyRepeat === 0)
  if (problem === undefined) return undefined
  const small = await smallest(target, input, problem)
  return { entry: target.entry, name: target.name, seed, index, problem, input: printed(small) }
}

async function problemWith(
  target: Target,
  input: readonly unknown[],
  isRepeated: boolean,
): Promise<string | undefined> {
  const given = deepFreezePlain(input)
  try {
    const outcome = await target.call(given)
    if (!isRepeated) return undefined
    const again = await target.call(given)
    if (printed(outcome) !== printed(again)) return 'the same input gave something else'
    return Object.keys(Object.prototype).length > 0 || 'polluted' in {} ? 'Object.prototype was changed' : undefined
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : `threw ${String(error)}`
  }
}

/** Frozen, so that who changes an input throws. What is huge or sparse is left as it is: to freeze it would take for ever. */
function deepFreezePlain(input: readonly unknown[]): readonly unknown[] {
  return Object.isFrozen(input) ? input : Object.freeze(input.map(frozen))
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  return Array.isArray(value) && value.length > 100_000 ? value : deepFreeze(value)
}

const mostTries = 400

/** Takes away fields and items as long as the same goes wrong. */
async function smallest(target: Target, input: readonly unknown[], problem: string): Promise<readonly unknown[]> {
  let best = input
  let tries = 0
  for (let isSmaller = true; isSmaller && tries < mostTries; ) {
    isSmaller = false
    for (const candidate of smaller(best)) {
      if (++tries > mostTries) break
      if ((await problemWith(target, candidate as readonly unknown[], false)) !== problem) continue
      best = candidate as readonly unknown[]
      isSmaller = true
      break
    }
  }
  return best
}

function* smaller(value: unknown, depth = 0): Generator<unknown> {
  if (typeof value !== 'object' || value === null || depth > 12 || Object.getPrototypeOf(value) === null) return
  if (Array.isArray(value)) {
    if (value.length > 1000) return
    if (depth > 0) for (let at = 0; at < value.length; at++) yield value.filter((_, index) => index !== at)
    for (const [at, item] of value.entries()) {
      for (const next of smaller(item, depth + 1)) yield value.map((one, index) => (index === at ? next : one))
    }
    return
  }
  const fields = value as Readonly<Record<string, unknown>>
  for (const key of Object.keys(fields)) {
    const { [key]: _gone, ...others } = fields
    yield others
  }
  for (const key of Object.keys(fields)) {
    for (const next of smaller(fields[key], depth + 1)) yield { ...fields, [key]: next }
  }
}
