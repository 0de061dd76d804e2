import type { FieldPath } from '../places'
import type { AnswerPoint } from './answer'

/** A value at a moment, in seconds since 1970. */
export interface Sample<Value> {
  readonly seconds: number
  readonly value: Value
}

/** Values in all windows together; beyond, a text is too large to be looked at so. */
const mostWindowValues = 500_000

interface Windows<Value> {
  readonly lists: readonly (readonly Sample<Value>[])[]
  readonly windowSeconds: number
  /** What the provider makes of the samples in the window, one list for each of `lists`, the oldest first. */
  readonly bring: (windows: readonly (readonly Sample<Value>[])[]) => unknown
  readonly path: FieldPath
}

/**
 * The measurements of a provider that asks for a window up to now: a point wherever a sample comes into the window or
 * leaves it. Undefined if that is too much.
 */
export function windowPoints<Value>(windows: Windows<Value>): readonly AnswerPoint[] | undefined {
  const { windowSeconds, bring, path } = windows
  const lists = windows.lists.map((list) => [...list].sort((one, other) => one.seconds - other.seconds))
  const moments = new Set<number>()
  for (const { seconds } of lists.flat()) moments.add(seconds).add(seconds + windowSeconds)
  const bounds = lists.map(() => ({ from: 0, to: 0 }))
  const points: AnswerPoint[] = []
  let seen = 0
  for (const time of [...moments].sort((one, other) => one - other)) {
    const inside = lists.map((list, index) => {
      const bound = bounds[index] ?? { from: 0, to: 0 }
      while (bound.to < list.length && (list[bound.to]?.seconds ?? 0) <= time) bound.to++
      while (bound.from < bound.to && (list[bound.from]?.seconds ?? 0) + windowSeconds <= time) bound.from++
      seen += bound.to - bound.from
      return seen > mostWindowValues ? [] : list.slice(bound.from, bound.to)
    })
    if (seen > mostWindowValues) return undefined
    points.push({ time, value: bring(inside), path })
  }
  return points
}

export const tooMuch = (path: FieldPath) =>
  ({ problem: `more than ${mostWindowValues} values in all windows: give a shorter record`, path }) as const
