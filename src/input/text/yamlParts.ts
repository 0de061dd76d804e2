import { setOwn } from '../../model/json'
import type { Limits } from '../limits'
import type { Finding, Places, ReadDocument } from '../places'
import type { ReadText } from './jsonText'

// A dump such as that of `kubectl get -o yaml` is one document, whose list of objects is nearly all of it. It is read
// object by object, so that a reader never holds more than one of them as tokens: that takes a fraction of the
// memory, and the limit of tokens is one for an object.

/** Where the parts of a document begin and end in its text. */
export interface Parts {
  /** Before the items, the line `items:` among it. */
  readonly head: Span
  readonly chunks: readonly Span[]
  readonly tail: Span
}

export interface Span {
  readonly from: number
  readonly to: number
}

/** Items are read together up to so many characters. */
const chunkCharacters = 65_536

/**
 * Splits a text of one document that is a block mapping with a block list `items`; undefined of any other. By
 * indentation alone: no text, comment or bracket of an item can go on at the indentation of the item itself.
 */
export function partsOf(text: string): Parts | undefined {
  // Not with `^` and the flag m: to a regular expression U+2028 ends a line, too.
  const start = /(?:^|\n)items:[ \t]*\n(?=( *)-[ \n])/.exec(text)
  if (!start || /^(?:---[ \t]+\S|\.\.\.|%)/m.test(text) || text.indexOf('\n---') >= 0) return undefined
  const indent = start[1] ?? ''
  const from = start.index + start[0].length
  const chunks: { from: number; to: number }[] = []
  for (let at = from; ; at = lineAfter(text, at)) {
    const kind = at >= text.length ? 'end' : lineKind(text, at, indent)
    const last = chunks.at(-1)
    if (last && kind !== 'inside') last.to = at
    if (kind === 'end') return { head: { from: 0, to: from }, chunks, tail: { from: at, to: text.length } }
    const isFull = last && at - last.from > chunkCharacters
    if (kind === 'item' && (!last || isFull)) chunks.push({ from: at, to: at })
  }
}

function lineAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

/** What begins at the beginning of a line: an item, something of one, or what comes after all of them. */
function lineKind(text: string, at: number, indent: string): 'item' | 'inside' | 'end' {
  let column = at
  while (text[column] === ' ') column++
  const mark = text[column]
  const isBlank = mark === '\n' || mark === '\r' || mark === '#' || mark === undefined
  if (isBlank || column - at > indent.length) return 'inside'
  const after = text[column + 1]
  return mark === '-' && column - at === indent.length && (after === ' ' || after === '\n') ? 'item' : 'end'
}

/** Reads a part of a text, whose offsets count from the beginning of the whole. */
export type ReadPart = (span: Span, limits: Limits) => ReadText & { readonly aliasNodes: number }

/**
 * The document put together of its parts; undefined where one of them is not what it looked like, or is connected
 * with others.
 */
export function readParts(parts: Parts, limits: Limits, readPart: ReadPart): ReadDocument | undefined {
  const places: Places = new Map()
  const findings: Finding[] = []
  let aliasNodes = 0
  const take = (span: Span, inside: Limits): ReadDocument | undefined => {
    const read = readPart(span, { ...inside, maxAliasNodes: limits.maxAliasNodes - aliasNodes })
    const { documents, unfinished } = read
    aliasNodes += read.aliasNodes
    const [document] = documents
    if (unfinished || documents.length > 1 || !document || document.findings.some(isDoubtful)) return undefined
    for (const [container, own] of document.places) places.set(container, own)
    return document
  }
  const head = take(parts.head, limits)
  if (!head || !isMapping(head.value)) return undefined
  const items: unknown[] = []
  const itemPlaces: (string | number)[] = []
  for (const chunk of parts.chunks) {
    const read = take(chunk, { ...limits, maxDepth: limits.maxDepth - 1 })
    if (!read || !Array.isArray(read.value)) return undefined
    for (const { path, ...finding } of read.findings) {
      const [index, ...below] = path
      if (findings.length <= limits.maxIssues)
        findings.push({ ...finding, path: ['items', items.length + Number(index), ...below] })
    }
    itemPlaces.push(...(places.get(read.value) ?? []))
    places.delete(read.value)
    items.push(...read.value)
  }
  const isLast = parts.tail.from === parts.tail.to
  const tail = isLast ? undefined : take(parts.tail, limits)
  if (!isLast && !isMapping(tail?.value)) return undefined
  return assembled(head, { items, itemPlaces }, tail, { places, findings })
}

/** Findings about a part that the whole might not have. */
const partial: ReadonlySet<string> = new Set([
  'syntax',
  'unknown-alias',
  'alias-cycle',
  'too-many-aliases',
  'wrong-key',
])

const isDoubtful = ({ code }: Finding): boolean => partial.has(code)

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function assembled(
  head: ReadDocument,
  list: { readonly items: unknown[]; readonly itemPlaces: (string | number)[] },
  tail: ReadDocument | undefined,
  { places, findings }: { readonly places: Places; readonly findings: readonly Finding[] },
): ReadDocument | undefined {
  const value = head.value as Record<string, unknown>
  const after = (tail?.value ?? {}) as Record<string, unknown>
  if (Object.keys(after).some((key) => Object.hasOwn(value, key))) return undefined
  setOwn(value, 'items', list.items)
  for (const key of Object.keys(after)) setOwn(value, key, after[key])
  places.set(value, [...(places.get(value) ?? []), ...(tail ? (places.get(after) ?? []) : [])])
  places.set(list.items, list.itemPlaces)
  return { ...head, places, findings: [...head.findings, ...findings, ...(tail?.findings ?? [])] }
}
