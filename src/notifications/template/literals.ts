import { fail } from './failure'

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
}

/** The value of a text in quotes or back quotes. */
export function textOf(literal: string): string {
  const inside = literal.slice(1, -1)
  if (literal.startsWith('`')) return inside
  return inside.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|.)/gs, (_, written: string) => {
    if (written.length === 1) return escapes[written] ?? fail(`unknown escape \\${written}`)
    const code = /^[xuU]/.test(written) ? Number.parseInt(written.slice(1), 16) : Number.parseInt(written, 8)
    return code <= 0x10ffff ? String.fromCodePoint(code) : fail(`\\${written} is no character`)
  })
}

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
