import { isJsonObject, isWalkableList } from '../../model/json'

/** Beyond this Go's decoder refuses a document, so no controller ever printed one. */
const deepestNesting = 10_000
const replacementCharacter = '\ufffd'

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

/** A JSON string as Go's `json.Marshal` writes it: `<`, `>`, `&`, U+2028, U+2029 escaped, lone surrogates as U+FFFD. */
export const goString = (text: string): string => `"${goLetters(text)}"`

/** The same without quotes. */
export function goLetters(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (isPlainLetter(unit)) continue
    if (needsEscape(unit)) return escapeFrom(text, i)
  }
  return text
}

/** Letters, digits and most signs of ASCII. False says nothing: some others are printed as they are, too. */
export const isPlainLetter = (unit: number): boolean =>
  unit > 0x5c ? unit < 0x80 : unit > 0x3e ? unit < 0x5c : unit > 0x26 && unit < 0x3c

const needsEscape = (unit: number): boolean =>
  unit < 0x20 || unit === 0x22 || unit === 0x5c || unit === 0x3c || unit === 0x3e || unit === 0x26 || unit > 0x2027

function escapeFrom(text: string, first: number): string {
  let escaped = ''
  let copied = 0
  for (let i = first; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(i + 1))) {
      i++
      continue
    }
    const instead = escapeOf(unit)
    if (instead === undefined) continue
    escaped += text.slice(copied, i) + instead
    copied = i + 1
  }
  return escaped + text.slice(copied)
}

function escapeOf(unit: number): string | undefined {
  switch (unit) {
    case 0x22:
      return '\\"'
    case 0x5c:
      return '\\\\'
    case 0x08:
      return '\\b'
    case 0x09:
      return '\\t'
    case 0x0a:
      return '\\n'
    case 0x0c:
      return '\\f'
    case 0x0d:
      return '\\r'
    case 0x3c:
    case 0x3e:
    case 0x26:
    case 0x2028:
    case 0x2029:
      return `\\u${unit.toString(16).padStart(4, '0')}`
  }
  if (unit < 0x20) return `\\u${unit.toString(16).padStart(4, '0')}`
  return unit >= 0xd800 && unit <= 0xdfff ? replacementCharacter : undefined
}

/**
 * A JSON number as Go prints it after reading it into `interface{}`: whole numbers that fit an int64 with every digit,
 * others as the shortest float64, in the `e` form below 1e-6 and from 1e21 on, which is JavaScript's rule as well.
 */
export function goNumber(value: number): string {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return String(value)
  return Math.abs(value) < 2 ** 63 ? BigInt(value).toString() : String(value)
}

/**
 * The keys of a map in the order of their UTF-8 bytes, which is Go's. Keys that only differ in lone surrogates are one
 * key.
 */
export function goKeys(record: Readonly<Record<string, unknown>>): readonly string[] {
  const keys = Object.keys(record)
  if (keys.length < 2) return keys
  if (keys.every(isBelowSurrogates)) return isSorted(keys) ? keys : inUtf16Order(keys)
  const keyOf = new Map(keys.map((key) => [wellFormed(key), key]))
  return [...keyOf.keys()].sort(compareCodePoints).map((key) => keyOf.get(key) ?? key)
}

export function isSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return false
  return true
}

/** Most maps have a few keys, for which inserting is faster than `sort`. */
function inUtf16Order(keys: string[]): readonly string[] {
  if (keys.length > mostInserted) return keys.sort()
  for (let from = 1; from < keys.length; from++) {
    const key = keys[from] as string
    let to = from
    while (to > 0 && (keys[to - 1] as string) > key) {
      keys[to] = keys[to - 1] as string
      to--
    }
    keys[to] = key
  }
  return keys
}

const mostInserted = 8

function isBelowSurrogates(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0xd800) return false
  return true
}

function wellFormed(text: string): string {
  let formed = ''
  for (const character of text) {
    const lone = character.length === 1 && (character.charCodeAt(0) & 0xf800) === 0xd800
    formed += lone ? replacementCharacter : character
  }
  return formed
}

function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return rank(a.charCodeAt(i)) - rank(b.charCodeAt(i))
  }
  return a.length - b.length
}

/** Surrogates represent code points above U+FFFF, so they come after U+E000..U+FFFF. */
const rank = (unit: number): number => ((unit & 0xf800) === 0xd800 ? unit + 0x10000 : unit)

interface OpenContainer {
  readonly items: Readonly<Record<string, unknown>> | readonly unknown[]
  /** Undefined for an array. */
  readonly keys: readonly string[] | undefined
  readonly length: number
  next: number
}

/**
 * Any JSON value as Go prints an `interface{}`: compact, keys sorted. What is not JSON value, or lies deeper than Go
 * reads, prints as null. Not recursive: depth costs no stack.
 */
export function goJson(value: unknown): string {
  const open: OpenContainer[] = []
  let text = printOrOpen(value, open)
  let top = open.at(-1)
  while (top) {
    if (top.next === top.length) {
      text += top.keys ? '}' : ']'
      open.pop()
    } else {
      const index = top.next++
      if (index > 0) text += ','
      text += printItem(top, index, open)
    }
    top = open.at(-1)
  }
  return text
}

function printItem(top: OpenContainer, index: number, open: OpenContainer[]): string {
  if (!top.keys) return printOrOpen((top.items as readonly unknown[])[index], open)
  const key = top.keys[index] as string
  return `${goString(key)}:${printOrOpen((top.items as Readonly<Record<string, unknown>>)[key], open)}`
}

function printOrOpen(value: unknown, open: OpenContainer[]): string {
  if (typeof value === 'string') return goString(value)
  if (typeof value === 'number') return Number.isFinite(value) ? goNumber(value) : 'null'
  if (typeof value === 'boolean') return String(value)
  if (open.length >= deepestNesting) return 'null'
  if (isWalkableList(value)) {
    open.push({ items: value, keys: undefined, length: value.length, next: 0 })
    return '['
  }
  if (!isJsonObject(value)) return 'null'
  const keys = goKeys(value)
  open.push({ items: value, keys, length: keys.length, next: 0 })
  return '{'
}
