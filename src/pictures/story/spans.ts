import type { Moment } from './story'

/** A period with one value. */
export interface ValueSpan<T> {
  readonly value: T
  readonly fromSeconds: number
  readonly untilSeconds: number
}

/** Consecutive moments with the same value; moments without one are left out. */
export function valueSpans<T extends string | number>(
  moments: readonly Moment[],
  answerOf: (moment: Moment) => T | undefined,
): readonly ValueSpan<T>[] {
  const spans: ValueSpan<T>[] = []
  for (const moment of moments) {
    const value = answerOf(moment)
    const last = spans.at(-1)
    if (value === undefined) continue
    const { fromSeconds, untilSeconds } = moment
    if (last && last.untilSeconds === fromSeconds && Object.is(last.value, value))
      spans[spans.length - 1] = { ...last, untilSeconds }
    else spans.push({ value, fromSeconds, untilSeconds })
  }
  return spans
}
