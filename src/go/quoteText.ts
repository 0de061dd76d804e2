import { decodeRune, toBytes } from './utf8'

const short: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}
const printable = /[ \p{L}\p{M}\p{N}\p{P}\p{S}]/u

const hex = (code: number, width: number): string => code.toString(16).padStart(width, '0')

function quotedChar(char: string): string {
  const code = char.codePointAt(0)!
  if (code < 0x7f && code >= 0x20) return char
  if (Object.hasOwn(short, char)) return short[char]!
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`
  if (code >= 0xd800 && code <= 0xdfff) return '\uFFFD'
  if (printable.test(char)) return char
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

/** A text in double quotes as Go's `%q` (strconv.Quote) prints it. */
export function quote(text: string): string {
  const parts: string[] = ['"']
  for (const char of text) parts.push(char === '"' ? '\\"' : char === '\\' ? '\\\\' : quotedChar(char))
  parts.push('"')
  return parts.join('')
}

/** As `quote`, of a byte string: bytes that are not UTF-8 show as `\\xe2`. */
export function quoteByteString(bytes: string): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const { code, size } = decodeRune(bytes, at)
    const broken = code === 0xfffd && size === 1
    parts.push(broken ? `\\x${hex(bytes.charCodeAt(at), 2)}` : quote(String.fromCodePoint(code)).slice(1, -1))
    at += size
  }
  return `"${parts.join('')}"`
}

/** The quoting of Go's package time, which shows every byte outside of ASCII. */
export function quoteBytes(text: string): string {
  const parts: string[] = ['"']
  for (const char of toBytes(text)) {
    const code = char.charCodeAt(0)
    if (code < 0x20 || code >= 0x80) parts.push(`\\x${hex(code, 2)}`)
    else parts.push(char === '"' || char === '\\' ? `\\${char}` : char)
  }
  parts.push('"')
  return parts.join('')
}

/** A character (given as code point) in single quotes, as Go's JSON decoder shows it. */
export function quoteChar(code: number): string {
  if (code === 0x27) return "'\\''"
  if (code === 0x22) return "'\"'"
  const quoted = quote(String.fromCodePoint(code))
  return `'${quoted.slice(1, -1)}'`
}
