import { decodeRune, encodeRune, runeError } from './bytes'
import { isPrint } from './unicode'

const named: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  92: '\\\\',
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

function escapeRune(code: number, size: number, byte: number, mark: string): string {
  if (code === mark.charCodeAt(0)) return `\\${mark}`
  const name = named[code]
  if (name !== undefined) return name
  if (code === runeError && size === 1) return `\\x${hex(byte, 2)}`
  if (isPrint(code)) return encodeRune(code)
  if (code < 0x80) return `\\x${hex(code, 2)}`
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

/** Needs no escapes. */
const plain = /^[ !#-[\]-~]*$/

/** strconv.Quote of a byte string. */
export function quote(bytes: string): string {
  if (plain.test(bytes)) return `"${bytes}"`
  const parts = ['"']
  for (let at = 0; at < bytes.length; ) {
    const { code, size } = decodeRune(bytes, at)
    parts.push(escapeRune(code, size, bytes.charCodeAt(at), '"'))
    at += size
  }
  parts.push('"')
  return parts.join('')
}

/** How package time quotes a byte string: whatever is not ASCII stands byte for byte as `\\xc3`. */
export function quoteTime(bytes: string): string {
  if (plain.test(bytes)) return `"${bytes}"`
  const parts = Array.from(bytes, (byte) => {
    const code = byte.charCodeAt(0)
    if (code < 32 || code >= 0x80) return `\\x${hex(code, 2)}`
    return byte === '"' || byte === '\\' ? `\\${byte}` : byte
  })
  return `"${parts.join('')}"`
}

/** `%#U`: `U+0040 '@'`, without the character where it cannot be printed. As a byte string. */
export function describeRune(code: number): string {
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return isPrint(code) ? `${number} '${encodeRune(code)}'` : number
}

/** How encoding/json shows an offending byte: `'x'`, `'\''`, `'"'`, `'\x00'`. As a byte string. */
export function quoteByte(code: number): string {
  if (code === 0x27) return `'\\''`
  if (code === 0x22) return `'"'`
  return `'${escapeRune(code, code < 0x80 ? 1 : 2, code, '"')}'`
}
