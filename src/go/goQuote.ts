const named: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
}
const plain = /^[ !#-[\]-~]*$/
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

function escapeRune(character: string): string {
  const code = character.codePointAt(0) as number
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd'
  const name = named[code]
  if (name !== undefined) return name
  if (code === 0x20 || printable.test(character)) return character
  if (code < 0x80) return `\\x${hex(code, 2)}`
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

/** What stands between the quotes where Go prints a text with `%q`. A lone surrogate counts as U+FFFD. */
export const goEscape = (text: string): string => (plain.test(text) ? text : Array.from(text, escapeRune).join(''))

/** A text as Go prints it with `%q`. */
export const goQuote = (text: string): string => `"${goEscape(text)}"`

/** UTF-8 of a character, byte for byte as `\xc3`. */
function escapeBytes(character: string): string {
  const code = character.codePointAt(0) as number
  const rune = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code
  const tail = (shift: number): number => 0x80 | ((rune >> shift) & 0x3f)
  let bytes = [rune]
  if (rune >= 0x10000) bytes = [0xf0 | (rune >> 18), tail(12), tail(6), tail(0)]
  else if (rune >= 0x800) bytes = [0xe0 | (rune >> 12), tail(6), tail(0)]
  else if (rune >= 0x80) bytes = [0xc0 | (rune >> 6), tail(0)]
  return bytes.map((byte) => `\\x${hex(byte, 2)}`).join('')
}

/** How Go's package `time` quotes a text in its errors: what is not printable ASCII stands byte for byte. */
export function goQuoteTime(text: string): string {
  const escaped = Array.from(text, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`
    return character < ' ' || character >= '\x80' ? escapeBytes(character) : character
  })
  return `"${escaped.join('')}"`
}
