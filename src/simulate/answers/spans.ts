import type { Frame } from '../frame'
import type { Timeline } from '../simulation'

/** A period of a simulation; `untilSeconds` is the first second after it, or the last simulated second. */
export interface Span {
  readonly fromSeconds: number
  readonly untilSeconds: number
}

/** A period until the end of the simulation may last longer. */
export interface OpenSpan extends Span {
  readonly isOpen: boolean
}

/** Each frame with its period. */
export function frameSpans({ frames, untilSeconds }: Timeline): readonly (Span & { readonly frame: Frame })[] {
  return frames.map((frame, index) => {
    const next = frames[index + 1]?.atSeconds ?? Math.max(untilSeconds, frame.atSeconds)
    return { frame, fromSeconds: frame.atSeconds, untilSeconds: next }
  })
}

/** Consecutive frames with the same answer to a question; frames without an answer are left out. */
export function spansOf<T>(
  timeline: Timeline,
  question: (frame: Frame) => T | undefined,
  isSame: (left: T, right: T) => boolean = Object.is,
): readonly (OpenSpan & { readonly value: T })[] {
  const spans: (OpenSpan & { readonly value: T })[] = []
  for (const { frame, fromSeconds, untilSeconds } of frameSpans(timeline)) {
    const value = question(frame)
    if (value === undefined) continue
    const last = spans.at(-1)
    const isOpen = frame === timeline.frames.at(-1)
    const goesOn = last !== undefined && last.untilSeconds === fromSeconds && isSame(last.value, value)
    if (goesOn) spans[spans.length - 1] = { ...last, untilSeconds, isOpen }
    else spans.push({ value, fromSeconds, untilSeconds, isOpen })
  }
  return spans
}
