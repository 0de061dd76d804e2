import { unquote } from '../../go/unquote'
import { fail } from './failure'

/** The value of a text in quotes or back quotes. */
export const textOf = (literal: string): string =>
  literal.startsWith('`') ? literal.slice(1, -1) : (unquote(literal) ?? fail('invalid syntax'))

/** A constant: integers are bigints, as everywhere in here; a character is its number. */
export function constantOf(literal: string): string | number | bigint {
  if (literal.startsWith("'")) {
    const characters = [...textOf(literal)]
    return characters.length === 1 ? BigInt(characters[0]?.codePointAt(0) ?? 0) : fail(`${literal} is no character`)
  }
  if (/^["`]/.test(literal)) return textOf(literal)
  const negative = literal.startsWith('-')
  const digits = literal.replace(/^[+-]/, '')
  if (/^0\d*[89]/.test(digits) && /^\d+$/.test(digits)) fail(`bad number ${literal}`)
  if (/^(?:0[xX][\da-fA-F]+|\d+)$/.test(digits)) {
    const size = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits)
    return negative ? -size : size
  }
  return Number(literal)
}
