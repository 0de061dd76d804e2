import { fromBytes, toBytes } from './bytes'
import { letterEscapes } from './letterEscapes'

const digitsOf: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** Takes the quotes off a text and undoes Go's backslash escapes. Undefined if Go's strconv would refuse it. */
export function unquote(quoted: string): string | undefined {
  const quote = quoted[0]!
  const inner = quoted.slice(1, -1)
  if (!inner.includes('\\') && !inner.includes(quote)) return inner
  const parts: string[] = []
  const chars = [...inner]
  for (let at = 0; at < chars.length; ) {
    const char = chars[at]!
    if (char === quote) return undefined
    if (char !== '\\') {
      parts.push(toBytes(char))
      at++
      continue
    }
    const escaped = readEscape(chars, at + 1, quote)
    if (!escaped) return undefined
    parts.push(escaped.bytes)
    at = escaped.end
  }
  return fromBytes(parts.join(''))
}

interface Escape {
  readonly bytes: string
  readonly end: number
}

function readEscape(chars: readonly string[], at: number, quote: string): Escape | undefined {
  const char = chars[at]
  if (char === undefined) return undefined
  if (Object.hasOwn(letterEscapes, char)) return { bytes: letterEscapes[char]!, end: at + 1 }
  if (char === '"' || char === "'") return char === quote ? { bytes: char, end: at + 1 } : undefined
  if (Object.hasOwn(digitsOf, char)) return readHex(chars, at + 1, digitsOf[char]!)
  const octal = chars.slice(at, at + 3).join('')
  if (!/^[0-7]{3}$/.test(octal)) return undefined
  const code = Number.parseInt(octal, 8)
  return code > 255 ? undefined : { bytes: String.fromCharCode(code), end: at + 3 }
}

function readHex(chars: readonly string[], at: number, width: number): Escape | undefined {
  const digits = chars.slice(at, at + width).join('')
  if (digits.length !== width || !/^[0-9a-fA-F]+$/.test(digits)) return undefined
  const code = Number.parseInt(digits, 16)
  if (width === 2) return { bytes: String.fromCharCode(code), end: at + width }
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined
  return { bytes: toBytes(String.fromCodePoint(code)), end: at + width }
}
