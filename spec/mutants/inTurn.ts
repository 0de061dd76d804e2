import type { PlannedMutant } from './plan'
import { type Asked, isReached } from './reach'

/**
 * What a mutant is asked, in which order: first what noticed the mutants before it, as neighbours are alike; then the cheap before the
 * dear, and among equals spread over all families. Of a constant that is evaluated when its file is loaded nobody sees who
 * uses it: everything that reaches any mutant of its file is asked.
 */
export function inTurn(
  all: readonly Asked[],
  at: number,
  { isStatic, firstOfFile, lastOfFile }: PlannedMutant,
  killers: readonly Asked[],
): readonly Asked[] {
  const reaches = isStatic
    ? (asked: Asked) => anyReached(asked, firstOfFile, lastOfFile)
    : (asked: Asked) => isReached(asked, at + 1)
  const first = killers.filter(reaches)
  const others = all.filter((asked) => reaches(asked) && !first.includes(asked))
  return [
    ...first,
    ...others
      .map((asked, index) => ({ asked, rank: rankOf(asked, index) }))
      .sort(byRank)
      .map(asOne),
  ]
}

const asOne = ({ asked }: { readonly asked: Asked }): Asked => asked

const byRank = (left: { readonly rank: number }, right: { readonly rank: number }): number => left.rank - right.rank

/** Twice as dear is one later; what follows the point spreads neighbours. */
const rankOf = ({ milliseconds }: Asked, index: number): number =>
  Math.max(0, Math.round(Math.log2(milliseconds + 0.01))) + ((index * 7919) % 10007) / 10007

function anyReached(asked: Asked, first: number, last: number): boolean {
  for (let mutant = first; mutant <= last; mutant++) if (isReached(asked, mutant)) return true
  return false
}
