import { deepFreeze } from '../properties/recorded'
import { printed } from './printed'
import { randomOf } from './random'
import { smaller } from './smaller'
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

/** Who looks on while inputs are tried. */
export interface Guard {
  readonly longestMilliseconds: number
  /** Told before each call. */
  readonly beat: () => void
}

const nobody: Guard = { longestMilliseconds: Number.POSITIVE_INFINITY, beat: () => {} }

/** Tries one input: nothing may be thrown, changed or depend on anything but the input, or take longer than it may. */
export async function attackOnce(
  target: Target,
  seed: number,
  index: number,
  guard: Guard = nobody,
): Promise<Casualty | undefined> {
  const input = target.inputOf(randomOf(seed, index))
  const problem = await problemWith(target, input, guard, index % everyRepeat === 0)
  if (problem === undefined) return undefined
  const small = await smallest(target, input, problem, guard)
  return { entry: target.entry, name: target.name, seed, index, problem, input: printed(small) }
}

/** What is slow once may be compiled or collect garbage meanwhile: the quickest of so many tries counts. */
const triesOfSlow = 3

async function problemWith(
  target: Target,
  input: readonly unknown[],
  { longestMilliseconds, beat }: Guard,
  isRepeated: boolean,
): Promise<string | undefined> {
  const given = deepFreezePlain(input)
  try {
    beat()
    let started = process.cpuUsage()
    const outcome = await target.call(given)
    for (let tries = 1; millisecondsSince(started) > longestMilliseconds; tries++) {
      if (tries >= triesOfSlow) return `takes more than ${longestMilliseconds} ms of processor time`
      beat()
      started = process.cpuUsage()
      await target.call(given)
    }
    if (!isRepeated) return undefined
    beat()
    const again = await target.call(given)
    if (printed(outcome) !== printed(again)) return 'the same input gave something else'
    return Object.keys(Object.prototype).length > 0 || 'polluted' in {} ? 'Object.prototype was changed' : undefined
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : `threw ${String(error)}`
  }
}

function millisecondsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1000
}

/** Frozen, so that who changes an input throws. What is huge or sparse is left as it is: to freeze it would take for ever. */
export function deepFreezePlain(input: readonly unknown[]): readonly unknown[] {
  return Object.isFrozen(input) ? input : Object.freeze(input.map(frozen))
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  return Array.isArray(value) && value.length > 100_000 ? value : deepFreeze(value)
}

/** Fewer where each takes long. */
const mostTries = { quick: 400, slow: 40 }

/** Takes away fields and items as long as the same goes wrong. */
async function smallest(
  target: Target,
  input: readonly unknown[],
  problem: string,
  guard: Guard,
): Promise<readonly unknown[]> {
  const most = problem.startsWith('takes more') ? mostTries.slow : mostTries.quick
  let best = input
  let tries = 0
  for (let isSmaller = true; isSmaller && tries < most; ) {
    isSmaller = false
    for (const candidate of smaller(best)) {
      if (++tries > most) break
      if ((await problemWith(target, candidate, guard, false)) !== problem) continue
      best = candidate
      isSmaller = true
      break
    }
  }
  return best
}
