import { givenNumber } from '../../model/given'
import { drawOf } from '../draw'
import type { NewPod } from './model'

/** Which pods a rule is about: those of an image (any of their containers), that start in a time. Default: all. */
export interface PodRule {
  readonly image?: string
  readonly fromSeconds?: number
  /** Not included. */
  readonly untilSeconds?: number
}

/** A number, or how it is drawn: evenly between two, around a mean, or many small ones and a few large ones. */
export type Spread =
  | number
  | { readonly between: readonly [least: number, most: number] }
  | { readonly around: { readonly mean: number; readonly deviation: number } }
  | { readonly exponential: number }

/** Does the rule speak of this pod? */
export const isAbout = ({ image, fromSeconds, untilSeconds }: PodRule, { images, atSeconds }: NewPod): boolean =>
  (image === undefined || images.includes(image)) &&
  atSeconds >= (fromSeconds ?? 0) &&
  atSeconds < (untilSeconds ?? Number.POSITIVE_INFINITY)

/** Whole seconds, which follow from the seed and the number of the pod alone. */
export function drawnSeconds(spread: Spread | undefined, seed: number | undefined, pod: NewPod): number {
  const given: Partial<Record<'between' | 'around' | 'exponential', unknown>> = Object(spread)
  const draw = drawOf(Math.imul((givenNumber(seed) ?? 1) + 1, 0x9e3779b1) ^ Math.imul(pod.number, 0x85ebca6b))
  const seconds = (): number => {
    if (typeof spread === 'number') return spread
    if (given.exponential !== undefined) return draw.exponential(Number(given.exponential))
    if (Array.isArray(given.between)) return draw.between(Number(given.between[0]), Number(given.between[1]))
    const { mean, deviation }: { readonly mean?: unknown; readonly deviation?: unknown } = Object(given.around)
    return draw.around(Number(mean), Number(deviation))
  }
  const drawn = Math.round(seconds())
  return Number.isFinite(drawn) ? Math.max(0, drawn) : 0
}
