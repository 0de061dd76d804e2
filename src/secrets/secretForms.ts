import { base64Alphabet } from '../go/base64'
import { utf8Bytes } from './spellings'

/** Shorter texts are no secrets: masking every `t` would make messages unreadable. */
export const shortestSecret = 4

/** Longer texts are searched in pieces. */
const longestPiece = 256
/** The searched part of one secret is limited: 64 pieces of 256 characters. */
const mostPieces = 64

const blank = /[\s\p{Cc}]/u

/** Blanks and control characters: they may be printed as others, or not at all. Most characters need no pattern. */
export const isBlank = (character: string): boolean => character <= ' ' || (character > '~' && blank.test(character))

const blanks = /[\s\p{Cc}]/gu

/** Without blanks and control characters at its ends. */
function trimmed(text: string): string {
  let [from, to] = [0, text.length]
  while (from < to && isBlank(text.charAt(from))) from++
  while (to > from && isBlank(text.charAt(to - 1))) to--
  return text.slice(from, to)
}

const isLongEnough = (text: string): boolean => text.length >= shortestSecret && text.replace(blanks, '').length > 1

/** A text to hide everywhere, and how much of it is enough to recognize it. */
export interface SecretForm {
  readonly characters: readonly string[]
  /**
   * The number of consecutive characters that count as a match, blanks not counted; all of them if only the whole
   * counts.
   */
  readonly enough: number
}

/**
 * The texts by which a secret is recognized: itself without the blanks around it (servers, headers and URLs drop them),
 * its lines, what an escaped one represents, and its Base64. `parts`: also a considerable part of it counts, as a
 * parser that stumbles in the midst of it prints one.
 */
export function formsOf(secret: string, parts: boolean): readonly SecretForm[] {
  const plain = trimmed(secret)
  const lines = plain.split(/[\r\n\u0085\u2028\u2029]+/).map(trimmed)
  const whole = new Set([plain, ...lines, unescaped(plain)].filter(isLongEnough))
  const encoded = [...new Set([secret, plain])].flatMap(base64Cores).filter((text) => text.length >= base64Enough)
  const shown = [...whole].flatMap((text) => piecesOf(text).map((characters) => formOf(characters, parts)))
  return [...shown, ...encoded.flatMap((text) => piecesOf(text).map((characters) => formOf(characters, false)))]
}

function formOf(characters: readonly string[], parts: boolean): SecretForm {
  const length = characters.filter((character) => !isBlank(character)).length
  return {
    characters,
    enough: parts ? Math.min(length, Math.max(shortestSecret, Math.min(10, Math.ceil(length / 2)))) : length,
  }
}

function piecesOf(text: string): readonly (readonly string[])[] {
  const characters = Array.from(text.slice(0, longestPiece * mostPieces * 2))
  const count = Math.min(mostPieces, Math.ceil(characters.length / longestPiece))
  const pieces = Array.from({ length: count }, (_, index) =>
    characters.slice(index * longestPiece, (index + 1) * longestPiece),
  )
  return pieces.filter((piece) => count === 1 || piece.filter((one) => !isBlank(one)).length >= shortestSecret)
}

/** `a%20b` represents `a b`; other text stays unchanged. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Three and more characters of Base64 that belong to the secret alone. */
const base64Enough = 6

/** What Base64 makes of the secret behind 0, 1 or 2 other bytes, without the digits that depend on its neighbours. */
function base64Cores(text: string): readonly string[] {
  const bytes = Array.from(text.slice(0, longestPiece * mostPieces)).flatMap(utf8Bytes)
  return [0, 1, 2].map((before) => {
    const bits = [...Array<number>(before).fill(0), ...bytes]
    const first = Math.ceil((before * 8) / 6)
    const last = Math.floor((bits.length * 8) / 6)
    let core = ''
    for (let at = first; at < last; at++) core += base64Alphabet[sextet(bits, at)]
    return core
  })
}

function sextet(bytes: readonly number[], at: number): number {
  const bit = at * 6
  const [high = 0, low = 0] = [bytes[bit >> 3], bytes[(bit >> 3) + 1]]
  return (((high << 8) | low) >> (10 - (bit & 7))) & 0x3f
}
