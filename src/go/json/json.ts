import { fromBytes, toBytes } from '../bytes'
import { quoteByte } from '../quote'

interface Span {
  /** Where the value's text starts and ends in the source. */
  readonly start: number
  readonly end: number
}

/** A JSON value that still knows its text: numbers keep their digits, objects their order and duplicates. */
export type JsonNode = Span &
  (
    | { readonly kind: 'null' }
    | { readonly kind: 'bool'; readonly value: boolean }
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
    | { readonly kind: 'object'; readonly fields: readonly (readonly [name: string, value: JsonNode])[] }
  )

export type JsonReading = { readonly node: JsonNode } | { readonly error: string }

/** Go reads 10000 levels; our readers of the tree are recursive, so the limit is lower here. */
const maxDepth = 1000

interface Cursor {
  readonly text: string
  at: number
  error?: string
}

/**
 * A whole JSON text as json.Unmarshal reads it. Errors have Go's words, since they end up in measurement messages:
 * `invalid character '<' looking for beginning of value`, `unexpected end of JSON input`.
 */
export function readJson(text: string): JsonReading {
  const cursor: Cursor = { text, at: 0 }
  const node = readValue(cursor, 0)
  if (!node) return { error: cursor.error ?? 'unexpected end of JSON input' }
  skipSpace(cursor)
  if (cursor.at >= text.length) return { node }
  unexpected(cursor, 'after top-level value')
  return { error: cursor.error! }
}

/**
 * The first JSON value of a text as json.Decoder reads a stream: what follows is ignored, nothing at all is `EOF`, a
 * value that is cut off `unexpected EOF`.
 */
export function readFirstJson(text: string): JsonReading {
  const cursor: Cursor = { text, at: 0 }
  skipSpace(cursor)
  if (cursor.at >= text.length) return { error: 'EOF' }
  const node = readValue(cursor, 0)
  if (node) return { node }
  return { error: cursor.at >= text.length ? 'unexpected EOF' : cursor.error! }
}

const isSpace = (char: string | undefined): boolean => char === ' ' || char === '\n' || char === '\t' || char === '\r'

function skipSpace(cursor: Cursor): void {
  while (isSpace(cursor.text[cursor.at])) cursor.at++
}

/** Notes that the next character does not fit. At the end Go tries a space first, which some states complain about. */
function unexpected(cursor: Cursor, where: string, spaceFits = true): undefined {
  if (cursor.at >= cursor.text.length) {
    cursor.error = spaceFits ? 'unexpected end of JSON input' : `invalid character ' ' ${where}`
    return undefined
  }
  const char = String.fromCodePoint(cursor.text.codePointAt(cursor.at)!)
  const firstByte = toBytes(char).charCodeAt(0)
  cursor.error = `invalid character ${fromBytes(quoteByte(firstByte))} ${where}`
  return undefined
}

function readValue(cursor: Cursor, depth: number): JsonNode | undefined {
  skipSpace(cursor)
  const start = cursor.at
  const char = cursor.text[start]
  switch (char) {
    case '{':
      return depth < maxDepth ? readObject(cursor, depth + 1) : unexpected(cursor, 'exceeded max depth')
    case '[':
      return depth < maxDepth ? readArray(cursor, depth + 1) : unexpected(cursor, 'exceeded max depth')
    case '"': {
      const value = readString(cursor)
      return value === undefined ? undefined : { kind: 'string', value, start, end: cursor.at }
    }
    case 't':
      return readWord(cursor, 'true') && { kind: 'bool', value: true, start, end: cursor.at }
    case 'f':
      return readWord(cursor, 'false') && { kind: 'bool', value: false, start, end: cursor.at }
    case 'n':
      return readWord(cursor, 'null') && { kind: 'null', start, end: cursor.at }
  }
  if (char === '-' || isDigit(char)) {
    const fine = readNumber(cursor)
    return fine ? { kind: 'number', text: cursor.text.slice(start, cursor.at), start, end: cursor.at } : undefined
  }
  return unexpected(cursor, 'looking for beginning of value')
}

function readWord(cursor: Cursor, word: string): true | undefined {
  for (let i = 0; i < word.length; i++, cursor.at++) {
    if (cursor.text[cursor.at] !== word[i]) {
      return unexpected(cursor, `in literal ${word} (expecting '${word[i]}')`, false)
    }
  }
  return true
}

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9'

function skipDigits(cursor: Cursor): void {
  while (isDigit(cursor.text[cursor.at])) cursor.at++
}

function readNumber(cursor: Cursor): true | undefined {
  if (cursor.text[cursor.at] === '-') cursor.at++
  if (!isDigit(cursor.text[cursor.at])) return unexpected(cursor, 'in numeric literal', false)
  if (cursor.text[cursor.at] === '0') cursor.at++
  else skipDigits(cursor)
  if (cursor.text[cursor.at] === '.') {
    cursor.at++
    if (!isDigit(cursor.text[cursor.at])) return unexpected(cursor, 'after decimal point in numeric literal', false)
    skipDigits(cursor)
  }
  const mark = cursor.text[cursor.at]
  if (mark !== 'e' && mark !== 'E') return true
  cursor.at++
  const sign = cursor.text[cursor.at]
  if (sign === '+' || sign === '-') cursor.at++
  if (!isDigit(cursor.text[cursor.at])) return unexpected(cursor, 'in exponent of numeric literal', false)
  skipDigits(cursor)
  return true
}

function readArray(cursor: Cursor, depth: number): JsonNode | undefined {
  const start = cursor.at++
  const items: JsonNode[] = []
  skipSpace(cursor)
  if (cursor.text[cursor.at] === ']') return { kind: 'array', items, start, end: ++cursor.at }
  while (true) {
    const item = readValue(cursor, depth)
    if (!item) return undefined
    items.push(item)
    skipSpace(cursor)
    const char = cursor.text[cursor.at]
    if (char === ']') return { kind: 'array', items, start, end: ++cursor.at }
    if (char !== ',') return unexpected(cursor, 'after array element')
    cursor.at++
  }
}

function readObject(cursor: Cursor, depth: number): JsonNode | undefined {
  const start = cursor.at++
  const fields: [string, JsonNode][] = []
  skipSpace(cursor)
  if (cursor.text[cursor.at] === '}') return { kind: 'object', fields, start, end: ++cursor.at }
  while (true) {
    skipSpace(cursor)
    if (cursor.text[cursor.at] !== '"') return unexpected(cursor, 'looking for beginning of object key string')
    const name = readString(cursor)
    if (name === undefined) return undefined
    skipSpace(cursor)
    if (cursor.text[cursor.at] !== ':') return unexpected(cursor, 'after object key')
    cursor.at++
    const value = readValue(cursor, depth)
    if (!value) return undefined
    fields.push([name, value])
    skipSpace(cursor)
    const char = cursor.text[cursor.at]
    if (char === '}') return { kind: 'object', fields, start, end: ++cursor.at }
    if (char !== ',') return unexpected(cursor, 'after object key:value pair')
    cursor.at++
  }
}

/** The escapes of one character in a JSON text. */
export const jsonEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

function readString(cursor: Cursor): string | undefined {
  const parts: string[] = []
  let from = ++cursor.at
  while (true) {
    const char = cursor.text[cursor.at]
    if (char === '"') {
      parts.push(cursor.text.slice(from, cursor.at++))
      return wellFormed(parts.join(''))
    }
    if (char === undefined || char < ' ') return unexpected(cursor, 'in string literal')
    cursor.at++
    if (char !== '\\') continue
    parts.push(cursor.text.slice(from, cursor.at - 1))
    const escaped = readEscape(cursor)
    if (escaped === undefined) return undefined
    parts.push(escaped)
    from = cursor.at
  }
}

function readEscape(cursor: Cursor): string | undefined {
  const char = cursor.text[cursor.at]
  if (char === 'u') {
    cursor.at++
    for (let i = 0; i < 4; i++, cursor.at++) {
      if (!/^[0-9a-fA-F]$/.test(cursor.text[cursor.at] ?? '')) {
        return unexpected(cursor, 'in \\u hexadecimal character escape', false)
      }
    }
    return String.fromCharCode(Number.parseInt(cursor.text.slice(cursor.at - 4, cursor.at), 16))
  }
  if (char === undefined || !Object.hasOwn(jsonEscapes, char)) return unexpected(cursor, 'in string escape code', false)
  cursor.at++
  return jsonEscapes[char]
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** Half surrogate pairs become U+FFFD, as Go makes of them. */
const wellFormed = (text: string): string => text.replace(loneSurrogate, '\uFFFD')
