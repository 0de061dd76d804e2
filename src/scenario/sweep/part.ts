import type { Outcome } from '../../simulate/outcome'
import type { ComparedNumber } from '../../upgrade/compareRuns'
import type { Counts } from './estimate'

/**
 * What is kept of some runs: plain data of bounded size, however many runs there are. Parts are joined in any order,
 * and the same runs give the same result in any number of workers.
 */
export interface SweepPart {
  readonly runs: number
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>
  readonly numbers: readonly NumberPart[]
  readonly expectations: readonly ExpectationPart[]
  /** Seeds of runs that did not end healthy: the first hundred. */
  readonly unhealthySeeds: readonly number[]
}

/** How a number is spread over some runs. */
export interface NumberPart extends Pick<ComparedNumber, 'name' | 'unit'> {
  /** Digits that are left of each value; absent where values are exact. */
  readonly digits?: number
  readonly counts: Counts
  readonly least: number
  readonly most: number
  /** The first seed with the most. */
  readonly seedOfMost: number
}

/** How often an expectation did not hold. */
export interface ExpectationPart {
  readonly title: string
  readonly broken: number
  /** The first hundred. */
  readonly seeds: readonly number[]
}

/** What a single run says. */
export interface RunResult {
  readonly seed: number
  readonly outcome: Outcome
  readonly numbers: readonly (Pick<ComparedNumber, 'name' | 'unit'> & { readonly value: number | undefined })[]
  readonly expectations: readonly { readonly title: string; readonly holds: boolean }[]
}

export const noRuns: SweepPart = { runs: 0, outcomes: {}, numbers: [], expectations: [], unhealthySeeds: [] }

const mostSeeds = 100
const mostValues = 2000

/** One run as a part. */
export const partOf = ({ seed, outcome, numbers, expectations }: RunResult): SweepPart => ({
  runs: 1,
  outcomes: { [outcome]: 1 },
  numbers: numbers.flatMap(({ name, unit, value }) =>
    value === undefined ? [] : [{ name, unit, counts: [[value, 1]], least: value, most: value, seedOfMost: seed }],
  ),
  expectations: expectations.map(({ title, holds }) => ({
    title,
    broken: holds ? 0 : 1,
    seeds: holds ? [] : [seed],
  })),
  unhealthySeeds: outcome === 'healthy' ? [] : [seed],
})

export const joined = (left: SweepPart, right: SweepPart): SweepPart => ({
  runs: left.runs + right.runs,
  outcomes: joinedOutcomes(left.outcomes, right.outcomes),
  numbers: joinedByName(left.numbers, right.numbers, ({ name }) => name, joinedNumbers),
  expectations: joinedByName(
    left.expectations,
    right.expectations,
    ({ title }) => title,
    (one, other) => ({ ...one, broken: one.broken + other.broken, seeds: firstOf(one.seeds, other.seeds) }),
  ),
  unhealthySeeds: firstOf(left.unhealthySeeds, right.unhealthySeeds),
})

/** Joined in pairs of about the same size: each value is added up a few times only. */
export function joinedAll(parts: readonly SweepPart[]): SweepPart {
  const [first = noRuns, second] = parts
  if (second === undefined) return first
  const middle = parts.length >> 1
  return joined(joinedAll(parts.slice(0, middle)), joinedAll(parts.slice(middle)))
}

/** Collects single runs, and joins them by the hundred. */
export function collector(): { readonly add: (result: RunResult) => void; readonly part: () => SweepPart } {
  let whole = noRuns
  let single: SweepPart[] = []
  const flush = (): void => {
    whole = joined(whole, joinedAll(single))
    single = []
  }
  return {
    add: (result) => {
      single.push(partOf(result))
      if (single.length >= mostSeeds) flush()
    },
    part: () => {
      flush()
      return whole
    },
  }
}

const firstOf = (left: readonly number[], right: readonly number[]): readonly number[] =>
  [...left, ...right].sort((one, other) => one - other).slice(0, mostSeeds)

function joinedOutcomes(left: SweepPart['outcomes'], right: SweepPart['outcomes']): SweepPart['outcomes'] {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort() as Outcome[]
  return Object.fromEntries(names.map((name) => [name, (left[name] ?? 0) + (right[name] ?? 0)]))
}

function joinedByName<Item>(
  left: readonly Item[],
  right: readonly Item[],
  nameOf: (item: Item) => string,
  join: (one: Item, other: Item) => Item,
): readonly Item[] {
  const byName = new Map(left.map((item) => [nameOf(item), item]))
  for (const item of right) {
    const own = byName.get(nameOf(item))
    byName.set(nameOf(item), own === undefined ? item : join(own, item))
  }
  return [...byName.values()]
}

function joinedNumbers(left: NumberPart, right: NumberPart): NumberPart {
  const digits = Math.min(left.digits ?? exact, right.digits ?? exact)
  const first = left.most > right.most || (left.most === right.most && left.seedOfMost < right.seedOfMost)
  const { most, seedOfMost } = first ? left : right
  const { name, unit } = left
  const least = Math.min(left.least, right.least)
  return { name, unit, ...bounded([...left.counts, ...right.counts], digits), least, most, seedOfMost }
}

const exact = Number.POSITIVE_INFINITY
/** Tried in turn, until there are few enough values. Two digits are ninety values for each power of ten. */
const roundings = [exact, 4, 3, 2]

/**
 * Whether values are rounded depends on how many different ones there are in all, never on the order in which they
 * came.
 */
function bounded(counts: Counts, digitsBefore: number): Pick<NumberPart, 'counts' | 'digits'> {
  for (const digits of roundings.filter((one) => one <= digitsBefore)) {
    const summed = summedOf(counts, digits)
    if (summed.length <= mostValues || digits === roundings.at(-1))
      return { ...(digits !== exact && { digits }), counts: summed }
  }
  return { counts }
}

function summedOf(counts: Counts, digits: number): Counts {
  const times = new Map<number, number>()
  for (const [value, count] of counts) {
    const rounded = digits === exact ? value : Number(value.toPrecision(digits))
    times.set(rounded, (times.get(rounded) ?? 0) + count)
  }
  return [...times].sort(([left], [right]) => left - right)
}
