import { decodeRune, encodeRune, isAscii } from './bytes'

// Fixed patterns over single characters, never patterns of users.
const letter = /^\p{L}$/u
const digit = /^\p{Nd}$/u
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u

export function isLetter(code: number): boolean {
  if (code < 0x80) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
  return letter.test(String.fromCodePoint(code))
}

export function isDigit(code: number): boolean {
  if (code < 0x80) return code >= 48 && code <= 57
  return digit.test(String.fromCodePoint(code))
}

/** unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export function isPrint(code: number): boolean {
  if (code < 0x80) return code >= 32 && code < 127
  return printable.test(String.fromCodePoint(code))
}

/** unicode.IsSpace. */
export function isSpace(code: number): boolean {
  if (code < 0x100) return code === 32 || (code >= 9 && code <= 13) || code === 0x85 || code === 0xa0
  if (code >= 0x2000 && code <= 0x200a) return true
  return [0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000].includes(code)
}

/** Characters whose full upper case has several characters, but which have a single one too (iota subscripts). */
function singleUpper(code: number): number {
  if (code >= 0x1f80 && code <= 0x1faf) return code | 8
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return code + 9
  return code
}

function mapRune(code: number, mapped: string, fallback: number): number {
  const first = mapped.codePointAt(0)!
  return mapped.length === (first > 0xffff ? 2 : 1) ? first : fallback === code ? code : fallback
}

export const upperRune = (code: number): number =>
  mapRune(code, String.fromCodePoint(code).toUpperCase(), singleUpper(code))

export const lowerRune = (code: number): number =>
  code === 0x130 ? 0x69 : mapRune(code, String.fromCodePoint(code).toLowerCase(), code)

/** Every rune of a byte string mapped; invalid bytes become U+FFFD. */
export function mapRunes(bytes: string, map: (code: number) => number): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const rune = decodeRune(bytes, at)
    parts.push(encodeRune(map(rune.code)))
    at += rune.size
  }
  return parts.join('')
}

export const toUpper = (bytes: string): string => (isAscii(bytes) ? bytes.toUpperCase() : mapRunes(bytes, upperRune))
export const toLower = (bytes: string): string => (isAscii(bytes) ? bytes.toLowerCase() : mapRunes(bytes, lowerRune))
