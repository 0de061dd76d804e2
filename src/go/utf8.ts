/**
 * Go's strings are bytes, JavaScript's are UTF-16. Where single bytes matter (URL escapes, base64, quoting) the text is
 * held as a *byte string*: one char per UTF-8 byte, 0..255, so that nothing is lost on the way back.
 */
export function toBytes(text: string): string {
  let ascii = true
  for (let i = 0; i < text.length && ascii; i++) ascii = text.charCodeAt(i) < 0x80
  if (ascii) return text
  const parts: string[] = []
  for (const char of text) parts.push(encoded(char.codePointAt(0)!))
  return parts.join('')
}

function encoded(code: number): string {
  if (code < 0x80) return String.fromCharCode(code)
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 63))
  if (code >= 0xd800 && code <= 0xdfff) return '\xef\xbf\xbd'
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  const tail = [0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
  return String.fromCharCode(0xf0 | (code >> 18), ...tail)
}

/** Text of a byte string; bytes that are not UTF-8 become U+FFFD. */
export function fromBytes(bytes: string): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const { code, size } = decodeRune(bytes, at)
    parts.push(String.fromCodePoint(code))
    at += size
  }
  return parts.join('')
}

interface Rune {
  readonly code: number
  readonly size: number
}

const invalid: Rune = { code: 0xfffd, size: 1 }

/** The code point at a place of a byte string and its size in bytes; U+FFFD of size 1 where it is no UTF-8. */
export function decodeRune(bytes: string, at: number): Rune {
  const first = bytes.charCodeAt(at)
  if (first < 0x80) return { code: first, size: 1 }
  const size = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
  if (size === 0 || first >= 0xf5) return invalid
  let code = first & (0xff >> (size + 1))
  for (let i = 1; i < size; i++) {
    const next = at + i < bytes.length ? bytes.charCodeAt(at + i) : 0
    if (next < 0x80 || next > 0xbf) return invalid
    code = (code << 6) | (next & 63)
  }
  const smallest = size === 2 ? 0x80 : size === 3 ? 0x800 : 0x10000
  if (code < smallest || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return invalid
  return { code, size }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Standard base64 with padding of a text's UTF-8 bytes. */
export function base64(text: string): string {
  const bytes = toBytes(text)
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const word =
      (bytes.charCodeAt(i) << 16) |
      ((left > 1 ? bytes.charCodeAt(i + 1) : 0) << 8) |
      (left > 2 ? bytes.charCodeAt(i + 2) : 0)
    parts.push(alphabet[word >> 18]!, alphabet[(word >> 12) & 63]!)
    parts.push(left > 1 ? alphabet[(word >> 6) & 63]! : '=', left > 2 ? alphabet[word & 63]! : '=')
  }
  return parts.join('')
}

/** Bytes of standard base64 with padding, or undefined if Go's decoder refuses it. Line breaks are skipped as there. */
export function base64Bytes(text: string): readonly number[] | undefined {
  const clean = text.replaceAll('\r', '').replaceAll('\n', '')
  if (clean.length % 4 !== 0) return undefined
  const bytes: number[] = []
  for (let i = 0; i < clean.length; i += 4) {
    const last = i + 4 === clean.length
    const padding = last && clean.endsWith('==') ? 2 : last && clean.endsWith('=') ? 1 : 0
    let word = 0
    for (let k = 0; k < 4; k++) {
      const digit = k >= 4 - padding ? 0 : alphabet.indexOf(clean[i + k]!)
      if (digit < 0) return undefined
      word = (word << 6) | digit
    }
    bytes.push((word >> 16) & 255)
    if (padding < 2) bytes.push((word >> 8) & 255)
    if (padding < 1) bytes.push(word & 255)
  }
  return bytes
}

/** Order of two texts by their UTF-8 bytes, as Go compares and sorts strings. */
export function compareBytes(left: string, right: string): number {
  if (left === right) return 0
  const a = toBytes(left)
  const b = toBytes(right)
  return a < b ? -1 : a > b ? 1 : 0
}
