import { encodeRune, fromBytes, toBytes } from '../../go/bytes'
import { jsonEscapes } from '../../go/json/json'
import { quoteByte } from '../../go/quote'
import { fail } from '../failure'
import { anySlice } from '../types/goType'
import { dictOf, listOf, type Value } from './value'

/** Our own limit; Go's decoder allows 10000 levels. */
const mostDepth = 500

interface Reader {
  /** UTF-8 bytes. */
  readonly text: string
  at: number
  depth: number
  /** A number that is no float64: reported only where the whole text is JSON. */
  problem?: string
}

/** json.Unmarshal of a byte string into `any`: every number is a float. Fails with the decoder's messages. */
export function parseJson(text: string): Value {
  const reader: Reader = { text, at: 0, depth: 0 }
  skipSpace(reader)
  const value = readValue(reader, 'looking for beginning of value')
  skipSpace(reader)
  if (reader.at < text.length) unexpected(reader, 'after top-level value')
  if (reader.problem !== undefined) fail(reader.problem)
  return value
}

function skipSpace(reader: Reader): void {
  for (let char = reader.text[reader.at]; char === ' ' || char === '\n' || char === '\t' || char === '\r'; ) {
    reader.at += 1
    char = reader.text[reader.at]
  }
}

/** Inside of a word, a number or an escape. */
const takesNoSpace = /^(in (?!string literal)|after decimal point)/

function unexpected(reader: Reader, context: string): never {
  const byte = reader.text[reader.at]
  // The end is read as if a space followed.
  if (byte === undefined) {
    return fail(takesNoSpace.test(context) ? `invalid character ' ' ${context}` : 'unexpected end of JSON input')
  }
  return fail(`invalid character ${quoteByte(byte.charCodeAt(0))} ${context}`)
}

const literals: readonly (readonly [text: string, value: Value])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

function readValue(reader: Reader, context: string): Value {
  const byte = reader.text[reader.at]
  if (byte === '{') return nested(reader, readObject)
  if (byte === '[') return nested(reader, readArray)
  if (byte === '"') return readString(reader)
  if (byte === '-' || (byte !== undefined && byte >= '0' && byte <= '9')) return readNumber(reader)
  for (const [text, value] of literals) {
    if (byte === text[0]) {
      readLiteral(reader, text)
      return value
    }
  }
  return unexpected(reader, context)
}

function nested(reader: Reader, read: (reader: Reader) => Value): Value {
  reader.depth += 1
  if (reader.depth > mostDepth) return fail('exceeded max depth', 'budget')
  const value = read(reader)
  reader.depth -= 1
  return value
}

function readLiteral(reader: Reader, text: string): void {
  for (let i = 0; i < text.length; i++) {
    if (reader.text[reader.at] !== text[i]) unexpected(reader, `in literal ${text} (expecting '${text[i]}')`)
    reader.at++
  }
}

function readObject(reader: Reader): Value {
  const pairs: [string, Value][] = []
  reader.at++
  skipSpace(reader)
  if (reader.text[reader.at] === '}') {
    reader.at++
    return dictOf(pairs)
  }
  for (;;) {
    skipSpace(reader)
    if (reader.text[reader.at] !== '"') unexpected(reader, 'looking for beginning of object key string')
    const key = readString(reader)
    skipSpace(reader)
    if (reader.text[reader.at] !== ':') unexpected(reader, 'after object key')
    reader.at++
    skipSpace(reader)
    pairs.push([key, readValue(reader, 'looking for beginning of value')])
    skipSpace(reader)
    const byte = reader.text[reader.at]
    if (byte !== ',' && byte !== '}') unexpected(reader, 'after object key:value pair')
    reader.at++
    if (byte === '}') return dictOf(pairs)
  }
}

function readArray(reader: Reader): Value {
  const items: Value[] = []
  reader.at++
  skipSpace(reader)
  if (reader.text[reader.at] === ']') {
    reader.at++
    return listOf(items, anySlice)
  }
  for (;;) {
    skipSpace(reader)
    items.push(readValue(reader, 'looking for beginning of value'))
    skipSpace(reader)
    const byte = reader.text[reader.at]
    if (byte !== ',' && byte !== ']') unexpected(reader, 'after array element')
    reader.at++
    if (byte === ']') return listOf(items, anySlice)
  }
}

function readString(reader: Reader): string {
  const parts: string[] = []
  reader.at++
  for (;;) {
    const byte = reader.text[reader.at]
    if (byte === undefined || byte < ' ') return unexpected(reader, 'in string literal')
    if (byte === '"') break
    if (byte === '\\') {
      reader.at++
      parts.push(readEscape(reader))
      continue
    }
    parts.push(byte)
    reader.at++
  }
  reader.at++
  // Bytes that are no UTF-8 become U+FFFD.
  return toBytes(fromBytes(parts.join('')))
}

function readEscape(reader: Reader): string {
  const byte = reader.text[reader.at]
  if (byte === undefined) return unexpected(reader, 'in string escape code')
  if (Object.hasOwn(jsonEscapes, byte)) {
    reader.at++
    return jsonEscapes[byte]!
  }
  if (byte !== 'u') return unexpected(reader, 'in string escape code')
  reader.at++
  const code = readHex(reader)
  if (code < 0xd800 || code > 0xdbff || reader.text.slice(reader.at, reader.at + 2) !== '\\u') return encodeRune(code)
  const before = reader.at
  reader.at += 2
  const low = readHex(reader)
  if (low >= 0xdc00 && low <= 0xdfff) return encodeRune(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00))
  reader.at = before
  return encodeRune(0xfffd)
}

function readHex(reader: Reader): number {
  const start = reader.at
  for (let i = 0; i < 4; i++) {
    if (!/[0-9a-fA-F]/.test(reader.text[reader.at] ?? ' ')) unexpected(reader, 'in \\u hexadecimal character escape')
    reader.at++
  }
  return Number.parseInt(reader.text.slice(start, reader.at), 16)
}

function readNumber(reader: Reader): number {
  const start = reader.at
  const digit = (): boolean => {
    const char = reader.text[reader.at]
    return char !== undefined && char >= '0' && char <= '9'
  }
  const digits = (context: string): void => {
    if (!digit()) unexpected(reader, context)
    while (digit()) reader.at++
  }
  if (reader.text[reader.at] === '-') reader.at++
  if (reader.text[reader.at] === '0') reader.at++
  else digits('in numeric literal')
  if (reader.text[reader.at] === '.') {
    reader.at++
    digits('after decimal point in numeric literal')
  }
  if (reader.text[reader.at] === 'e' || reader.text[reader.at] === 'E') {
    reader.at++
    if (reader.text[reader.at] === '+' || reader.text[reader.at] === '-') reader.at++
    digits('in exponent of numeric literal')
  }
  const text = reader.text.slice(start, reader.at)
  const value = Number(text)
  if (!Number.isFinite(value)) {
    reader.problem ??= `json: cannot unmarshal number ${text} into Go value of type float64`
  }
  return value
}
