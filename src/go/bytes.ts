/**
 * Go's strings are bytes, JavaScript's are UTF-16. Where bytes matter (expressions, URL escapes, base64, quoting), a
 * text is held as a *byte string*: one char (0..255) per UTF-8 byte. Length, slices, indexes and the order of strings
 * are then JavaScript's own, and ASCII text is the same in both.
 */
export function toBytes(text: string): string {
  if (isAscii(text)) return text
  const parts: string[] = []
  for (const char of text) parts.push(encodeRune(char.codePointAt(0)!))
  return parts.join('')
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x80) return false
  return true
}

/** UTF-8 bytes of a code point. What is none (a lone surrogate, too large) becomes U+FFFD, as in Go. */
export function encodeRune(code: number): string {
  if (code >= 0 && code < 0x80) return String.fromCharCode(code)
  if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\xef\xbf\xbd'
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 63))
  const low = 0x80 | (code & 63)
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), low)
  return String.fromCharCode(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), low)
}

/** Text of a byte string; bytes that are not UTF-8 become U+FFFD each. */
export function fromBytes(bytes: string): string {
  if (isAscii(bytes)) return bytes
  const parts: string[] = []
  let units: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const packed = packedRune(bytes, at)
    at += packed & 7
    const code = packed >> 3
    if (code < 0x10000) units.push(code)
    else units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff))
    if (units.length < 4096 && at < bytes.length) continue
    parts.push(String.fromCharCode(...units))
    units = []
  }
  return parts.join('')
}

export interface Rune {
  readonly code: number
  readonly size: number
}

export const runeError = 0xfffd
const invalid = (runeError << 3) | 1

/** The code point that starts at `at`; an invalid byte is U+FFFD of size 1. */
export function decodeRune(bytes: string, at: number): Rune {
  const packed = packedRune(bytes, at)
  return { code: packed >> 3, size: packed & 7 }
}

/** Code point and size in one number, because long texts are decoded in a loop: code << 3 | size. */
function packedRune(bytes: string, at: number): number {
  const first = bytes.charCodeAt(at)
  if (first < 0x80) return (first << 3) | 1
  if (first < 0xc2 || first > 0xf4) return invalid
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  if (at + size > bytes.length) return invalid
  let code = first & (0xff >> (size + 1))
  for (let i = 1; i < size; i++) {
    const next = bytes.charCodeAt(at + i)
    if (next < 0x80 || next > 0xbf) return invalid
    code = (code << 6) | (next & 63)
  }
  const smallest = size === 2 ? 0x80 : size === 3 ? 0x800 : 0x10000
  if (code < smallest || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return invalid
  return (code << 3) | size
}

export function runesOf(bytes: string): readonly Rune[] {
  const runes: Rune[] = []
  for (let at = 0; at < bytes.length; ) {
    const rune = decodeRune(bytes, at)
    runes.push(rune)
    at += rune.size
  }
  return runes
}

export function runeCount(bytes: string): number {
  if (isAscii(bytes)) return bytes.length
  let count = 0
  for (let at = 0; at < bytes.length; count++) at += decodeRune(bytes, at).size
  return count
}

export const byteList = (bytes: string): readonly number[] => Array.from(bytes, (byte) => byte.charCodeAt(0))

/** Text with lone surrogates replaced by U+FFFD, as Go reads them from JSON and from source text. */
export function wellFormed(text: string): string {
  return isAscii(text) ? text : fromBytes(toBytes(text))
}

/** Order of two texts by their UTF-8 bytes, as Go compares and sorts strings. */
export function compareBytes(left: string, right: string): number {
  if (left === right) return 0
  const [a, b] = [toBytes(left), toBytes(right)]
  return a < b ? -1 : a > b ? 1 : 0
}
