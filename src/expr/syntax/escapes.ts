import { encodeRune } from '../../go/bytes'
import { letterEscapes } from '../../go/letterEscapes'

export type Unescaped = { readonly bytes: string } | { readonly error: string }

const simple: Readonly<Record<string, string>> = {
  ...letterEscapes,
  "'": "'",
  '"': '"',
  '`': '`',
  '?': '?',
}
const digitsOf: Readonly<Record<string, number>> = { x: 2, X: 2, u: 4, U: 8 }
const broken: Unescaped = { error: 'unable to unescape string' }
const brokenOctal: Unescaped = { error: 'unable to unescape octal sequence in string' }

/**
 * The bytes of a quoted literal without its quotes, `source` being UTF-8 bytes. In a bytes literal (`b'..'`) `\xff` is
 * that byte, in a string it is the character U+00FF; `\u` and `\U` are for strings only.
 */
export function unescapeLiteral(source: string, literal: 'string' | 'bytes'): Unescaped {
  const text = source.replaceAll('\r\n', '\n').replaceAll('\r', '\n')
  const parts: string[] = []
  for (let at = 0; at < text.length; ) {
    const backslash = text.indexOf('\\', at)
    if (backslash !== at) {
      const end = backslash < 0 ? text.length : backslash
      parts.push(text.slice(at, end))
      at = end
      continue
    }
    const read = readEscape(text, at + 1, literal)
    if ('error' in read) return read
    parts.push(read.bytes)
    at = read.end
  }
  return { bytes: parts.join('') }
}

type Escape = { readonly bytes: string; readonly end: number } | { readonly error: string }

function readEscape(text: string, at: number, literal: 'string' | 'bytes'): Escape {
  const char = text[at]
  if (char === undefined) return { error: "unable to unescape string, found '\\' as last character" }
  if (Object.hasOwn(simple, char)) return { bytes: simple[char]!, end: at + 1 }
  const asByte = literal === 'bytes'
  if (char >= '0' && char <= '3') {
    const digits = text.slice(at, at + 3)
    if (!/^[0-7]{3}$/.test(digits)) return brokenOctal as Escape
    return { bytes: character(Number.parseInt(digits, 8), asByte), end: at + 3 }
  }
  if (char === 'u' && text[at + 1] === '{' && !asByte) return readBraces(text, at + 2)
  const count = Object.hasOwn(digitsOf, char) && !(asByte && char.toLowerCase() === 'u') ? digitsOf[char]! : 0
  const digits = text.slice(at + 1, at + 1 + count)
  if (count === 0 || digits.length < count || !/^[0-9a-fA-F]+$/.test(digits)) return broken as Escape
  // Eight digits overflow a rune of 32 bits: what is negative then is not a character.
  const code = Number.parseInt(digits, 16) | 0
  return code > 0x10ffff ? (broken as Escape) : { bytes: character(code, asByte), end: at + 1 + count }
}

function readBraces(text: string, at: number): Escape {
  const digits = /^([0-9a-fA-F]{1,6})\}/.exec(text.slice(at, at + 7))?.[1]
  const code = digits === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(digits, 16)
  if (digits === undefined || code > 0x10ffff) return broken as Escape
  return { bytes: encodeRune(code), end: at + digits.length + 1 }
}

const character = (code: number, asByte: boolean): string => (asByte ? String.fromCharCode(code) : encodeRune(code))
