import type { Found } from '../../metrics/providers/found'
import type { JsonObject } from '../../model/json'
import type { MeasuredPhaseName } from '../../model/series'

/** What a provider brings where a series has a value. */
export type Form =
  /** A result for the conditions, and how the measurement shows it. */
  | Found
  /** The provider ends in an error with this text: for most of them that is how "no data" comes. */
  | { readonly error: string }
  /** The provider decides by itself; conditions are ignored. */
  | { readonly phase: MeasuredPhaseName; readonly value: string }
  /** The provider never brings such a value; the sentence says what it does bring. */
  | { readonly unfit: string }

/** `config` is the provider's member of `metric.provider`. */
export type FormOf = (value: unknown, config: JsonObject) => Form

/** How messages name what was given. */
export function describeGiven(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list of other things'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string' && /^[\d.]+\s*%$/.test(value))
    return `the text ${JSON.stringify(value)}: write the number that the query gives, without %`
  return typeof value === 'string' ? `the text ${JSON.stringify(value)}` : `${typeof value} ${String(value)}`
}

/** JSON has no word for these numbers. */
const words: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  '+Inf': Number.POSITIVE_INFINITY,
  '-Inf': Number.NEGATIVE_INFINITY,
}

const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : value

/** A number, a list of them, or nothing; undefined for anything else. Nulls in a list are points that have no value. */
export function readNumbers(value: unknown): number | readonly number[] | null | undefined {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) {
    const numbers = value.filter((item) => item !== null).map(asNumber)
    return numbers.every((item) => typeof item === 'number') ? numbers : undefined
  }
  const number = asNumber(value)
  return typeof number === 'number' ? number : undefined
}
