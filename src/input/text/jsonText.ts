import { setOwn } from '../../model/json'
import type { Limits } from '../limits'
import type { FieldPath, Finding, Places, Problem, ReadDocument } from '../places'

/** What reading a text gave. `unfinished` says why the rest was not read. */
export interface ReadText {
  readonly documents: readonly ReadDocument[]
  readonly unfinished?: Finding
}

type Container = unknown[] | Record<string, unknown>

interface Open {
  readonly container: Container
  readonly places: (string | number)[]
  readonly keys?: Set<string>
  key: string
}

interface Scan {
  readonly text: string
  readonly limits: Limits
  at: number
  places: Places
  findings: Finding[]
  open: Open[]
}

type Step = 'ok' | 'notJson' | 'tooDeep'

/**
 * Reads one or more JSON values, one after another (as `kubectl` takes them), with places, double keys and numbers that
 * a JavaScript number cannot hold. No recursion, one pass. Undefined if the text is not JSON: it may be YAML.
 */
export function readJsonText(text: string, limits: Limits): ReadText | undefined {
  const documents: ReadDocument[] = []
  const scan: Scan = { text, limits, at: 0, places: new Map(), findings: [], open: [] }
  for (let index = 0; ; index++) {
    skipBlanks(scan)
    if (scan.at >= text.length) return { documents }
    if (index >= limits.maxDocuments) return { documents, unfinished: tooMany(limits, scan.at) }
    const offset = scan.at
    scan.places = new Map()
    scan.findings = []
    const value = readValue(scan)
    if (value === notJson) return undefined
    if (value === tooDeep) return { documents, unfinished: tooDeepFinding(limits, scan.at) }
    documents.push({ index, value, offset, places: scan.places, findings: scan.findings })
  }
}

export const tooMany = (limits: Limits, offset: number): Finding => ({
  code: 'too-many-documents',
  path: [],
  offset,
  message: `more than ${limits.maxDocuments} documents: the rest was not read; split the text or raise maxDocuments`,
})

export const tooDeepFinding = (limits: Limits, offset: number): Finding => ({
  code: 'too-deep',
  path: [],
  offset,
  message: `nested more than ${limits.maxDepth} levels deep: the rest was not read`,
})

const notJson = Symbol('not JSON')
const tooDeep = Symbol('too deep')

function readValue(scan: Scan): unknown {
  scan.open = []
  let result: unknown
  for (;;) {
    skipBlanks(scan)
    const start = scan.at
    const read = readScalarOrOpen(scan)
    if (read === notJson) return notJson
    const opened = typeof read === 'object' && read !== null
    const parent = scan.open.at(-1)
    if (parent) put(parent, read, start)
    else result = read
    if (opened) {
      if (scan.open.length >= scan.limits.maxDepth) return tooDeep
      enter(scan, read as Container)
    }
    const step = opened ? startOf(scan) : afterValue(scan)
    if (step === 'notJson') return notJson
    if (scan.open.length === 0) return result
  }
}

function enter(scan: Scan, container: Container): void {
  const places: (string | number)[] = []
  if (Array.isArray(container)) scan.open.push({ container, places, key: '' })
  else scan.open.push({ container, places, keys: new Set(), key: '' })
}

function put(parent: Open, value: unknown, offset: number): void {
  if (!Array.isArray(parent.container)) setOwn(parent.container, parent.key, value)
  else {
    parent.container.push(value)
    parent.places.push(offset)
  }
}

/** After an opening bracket: its end, or the first key. */
function startOf(scan: Scan): Step {
  skipBlanks(scan)
  const top = scan.open.at(-1)!
  const isList = Array.isArray(top.container)
  if (scan.text[scan.at] === (isList ? ']' : '}')) {
    scan.at++
    scan.open.pop()
    return afterValue(scan)
  }
  scan.places.set(top.container, top.places)
  return isList ? 'ok' : readKey(scan, top)
}

/** After a value: the next item's or key's place, or the ends of the containers around it. */
function afterValue(scan: Scan): Step {
  for (let top = scan.open.at(-1); top; top = scan.open.at(-1)) {
    skipBlanks(scan)
    const isList = Array.isArray(top.container)
    const mark = scan.text[scan.at++]
    if (mark === ',') return isList ? 'ok' : readKey(scan, top)
    if (mark !== (isList ? ']' : '}')) return 'notJson'
    scan.open.pop()
  }
  return 'ok'
}

function readKey(scan: Scan, top: Open): Step {
  skipBlanks(scan)
  const offset = scan.at
  const key = scan.text[offset] === '"' ? readString(scan) : undefined
  if (key === undefined) return 'notJson'
  skipBlanks(scan)
  if (scan.text[scan.at++] !== ':') return 'notJson'
  if (top.keys!.has(key) && scan.findings.length <= scan.limits.maxIssues) {
    scan.findings.push({ ...doubleKey(key), path: pathOf(scan, key), offset })
  }
  top.keys!.add(key)
  top.key = key
  top.places.push(key, offset)
  return 'ok'
}

/** `kubectl` takes the last one without a word. */
export const doubleKey = (key: string): Problem => ({
  code: 'duplicate-key',
  severity: 'warning',
  message: `the key ${JSON.stringify(key)} stands twice in the same mapping: the last one counts, as kubectl takes it; remove the other`,
})

const pathOf = (scan: Scan, last: string): FieldPath => [
  ...scan.open.slice(0, -1).map((open) => (Array.isArray(open.container) ? open.container.length - 1 : open.key)),
  last,
]

function readScalarOrOpen(scan: Scan): unknown {
  const { text } = scan
  switch (text[scan.at]) {
    case '{':
      scan.at++
      return {}
    case '[':
      scan.at++
      return []
    case '"': {
      const string = readString(scan)
      return string === undefined ? notJson : string
    }
    case 't':
      return readWord(scan, 'true', true)
    case 'f':
      return readWord(scan, 'false', false)
    case 'n':
      return readWord(scan, 'null', null)
    default:
      return readNumber(scan)
  }
}

function readWord(scan: Scan, word: string, value: boolean | null): unknown {
  if (!scan.text.startsWith(word, scan.at)) return notJson
  scan.at += word.length
  return value
}

/** Undefined if it is not JSON string. */
function readString(scan: Scan): string | undefined {
  const { text } = scan
  const start = scan.at
  let plain = true
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x20) return undefined
    if (unit === 0x5c) {
      plain = false
      at++
    } else if (unit === 0x22) {
      scan.at = at + 1
      return plain ? text.slice(start + 1, at) : unescaped(text.slice(start, at + 1))
    }
  }
  return undefined
}

function unescaped(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string
  } catch {
    return undefined
  }
}

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const longestNumber = 400

function readNumber(scan: Scan): unknown {
  const { text } = scan
  const start = scan.at
  while (scan.at < text.length && '+-.0123456789eE'.includes(text[scan.at]!)) scan.at++
  const written = text.slice(start, Math.min(scan.at, start + longestNumber))
  if (written.length < longestNumber && !number.test(written)) return notJson
  if (!isExact(written) && scan.findings.length <= scan.limits.maxIssues) {
    const top = scan.open.at(-1)
    const last = Array.isArray(top?.container) ? top.container.length : top?.key
    const path = last === undefined ? [] : [...pathOf(scan, '').slice(0, -1), last]
    scan.findings.push({ ...inexact(written), path, offset: start })
  }
  return Number(written) + 0
}

/** Whether a number can be held: whole numbers beyond 2^53 lose digits, others may be beyond what is finite. */
export function isExact(written: string): boolean {
  if (written.length >= longestNumber) return false
  const value = Number(written)
  return Number.isFinite(value) && (!/^[+-]?\d+$/.test(written) || Number.isSafeInteger(value))
}

export const inexact = (written: string): Problem => ({
  code: 'unsafe-number',
  message: `the number ${written.length > 40 ? `${written.slice(0, 40)}…` : written} cannot be held exactly: ${'put it in quotes if text is meant, else write one between -9007199254740991 and 9007199254740991'}`,
})

function skipBlanks(scan: Scan): void {
  const { text } = scan
  for (;;) {
    const unit = text.charCodeAt(scan.at)
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return
    scan.at++
  }
}
