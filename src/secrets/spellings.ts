import { goEscape } from '../go/goQuote'

// How one character of a secret may are in a text that people read. All spellings are in lower case: texts are searched
// without regard to case, because hosts and header names lose it.

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/** UTF-8 of a character; a lone surrogate counts as U+FFFD, as everywhere in Go. */
export function utf8Bytes(character: string): readonly number[] {
  const point = character.codePointAt(0) ?? 0
  const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point
  const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f)
  if (code >= 0x10000) return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)]
  if (code >= 0x800) return [0xe0 | (code >> 12), tail(6), tail(0)]
  return code >= 0x80 ? [0xc0 | (code >> 6), tail(0)] : [code]
}

const units = (character: string): readonly number[] =>
  Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))

/** What encoders make of a character: Go's `%q` and `%+q`, `time`'s quotes, JSON, URLs, HTML. */
const encoders: readonly ((character: string) => string)[] = [
  goEscape,
  (character) => {
    const code = character.codePointAt(0) ?? 0
    return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
  },
  (character) =>
    utf8Bytes(character)
      .map((byte) => `\\x${hex(byte, 2)}`)
      .join(''),
  (character) => JSON.stringify(character).slice(1, -1),
  (character) =>
    units(character)
      .map((unit) => `\\u${hex(unit, 4)}`)
      .join(''),
  (character) =>
    utf8Bytes(character)
      .map((byte) => `%${hex(byte, 2)}`)
      .join(''),
  (character) => `&#${character.codePointAt(0) ?? 0};`,
  (character) => entities[character] ?? character,
]

const entities: Readonly<Record<string, string>> = {
  ' ': '+',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\\': '\\\\',
  '/': '\\/',
  // Base64 of two alphabets.
  '+': '-',
  '-': '+',
}

const encodedText = (text: string, encode: (character: string) => string): string => Array.from(text, encode).join('')

/** Every spelling of a character, also those that were encoded twice (a quoted URL, JSON in JSON). */
export function spellingsOf(character: string): readonly string[] {
  // No encoder touches these.
  if (/^[A-Za-z0-9]$/.test(character)) return [character.toLowerCase()]
  const whole = /[\ud800-\udfff]/.test(character) && character.length === 1 ? '\ufffd' : character
  const once = [character, whole, ...encoders.map((encode) => encode(character))]
  const twice = once.flatMap((text) => encoders.map((encode) => encodedText(text, encode)))
  return [...new Set([...once, ...twice].map(lowerCase))].filter((text) => text !== '')
}

const capital = /[\p{Lu}\p{Lt}]/gu

/** In lower case, every character in its place: those whose small form is longer stay as they are. */
export const lowerCase = (text: string): string =>
  text.replace(capital, (letter) => {
    const small = letter.toLowerCase()
    return small.length === letter.length ? small : letter
  })
