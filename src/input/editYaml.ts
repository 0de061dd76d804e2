import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml'
import { isJsonObject } from '../model/json'
import { sameJson } from '../model/sameJson'
import { limitsOf } from './limits'
import { parseDocuments } from './parseManifests'
import type { FieldPath } from './places'
import { readText } from './text/readText'

/** One change of one field. `path` begins at the document; `add` wants a mapping to be there for its last key. */
export interface TextEdit {
  readonly documentIndex: number
  readonly op: 'set' | 'add' | 'remove'
  readonly path: FieldPath
  readonly value?: string | number | boolean
}

/**
 * Changes a field in the text itself: everything else, comments, order and quotes too, stays byte for byte. The result
 * is read again, and undefined is returned where it does not say exactly what was asked for, as with anchors or keys
 * that stand twice.
 */
export function editYaml(text: string, edit: TextEdit): string | undefined {
  // The reader below has no bounds of its own; ours has.
  if (readText(text, limitsOf({})).unfinished) return undefined
  const document = parseAllDocuments(text, { uniqueKeys: false })[edit.documentIndex] as Document.Parsed | undefined
  if (!document || document.errors.length > 0) return undefined
  const next = changed(text, document, edit)
  return next !== undefined && saysSo(text, next, edit) ? next : undefined
}

function changed(text: string, document: Document.Parsed, edit: TextEdit): string | undefined {
  const { path, op, value } = edit
  const key = path.at(-1)
  const parent = document.getIn(path.slice(0, -1), true)
  if (op === 'set') {
    const node = document.getIn(path, true)
    const range = isScalar(node) ? node.range : undefined
    return range ? text.slice(0, range[0]) + scalarText(value) + text.slice(range[1]) : undefined
  }
  if (!isMap(parent) || typeof key !== 'string') return undefined
  return op === 'add' ? added(text, parent, key, scalarText(value)) : removed(text, parent, key)
}

/** As plain as YAML allows. */
function scalarText(value: TextEdit['value']): string {
  if (typeof value !== 'string') return String(value)
  return /^[A-Za-z][\w./-]*$/.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value)
    ? value
    : JSON.stringify(value)
}

const startOf = (pair: Pair): number => (pair.key as Node).range?.[0] ?? 0
const endOf = ({ key, value }: Pair): number => (value as Node | null)?.range?.[1] ?? (key as Node).range?.[1] ?? 0

function added(text: string, map: YAMLMap, key: string, value: string): string | undefined {
  const last = map.items.at(-1)
  if (!isPair(last)) return undefined
  if (map.flow) {
    const end = endOf(last as Pair)
    return `${text.slice(0, end)}, ${quotedKey(text, key)}: ${value}${text.slice(end)}`
  }
  const start = startOf(map.items[0] as Pair)
  const indent = ' '.repeat(start - text.lastIndexOf('\n', start - 1) - 1)
  const end = endOfLine(text, lastEnd(last as Pair))
  return `${text.slice(0, end)}\n${indent}${key}: ${value}${text.slice(end)}`
}

/** JSON wants quotes around keys. */
const quotedKey = (text: string, key: string): string => (/^\s*[[{]\s*["[{]/.test(text) ? JSON.stringify(key) : key)

/** The end of what is written of a value, without the comments and line ends below it. */
function lastEnd(pair: Pair): number {
  const { value } = pair
  if (isMap(value) && !value.flow && value.items.length > 0) return lastEnd(value.items.at(-1) as Pair)
  if (isSeq(value) && !value.flow && value.items.length > 0) {
    const item = value.items.at(-1)
    if (isMap(item) && !item.flow && item.items.length > 0) return lastEnd(item.items.at(-1) as Pair)
    return (item as Node).range?.[1] ?? endOf(pair)
  }
  return endOf(pair)
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  // What ends with a line end, as a block of text does, ends the line before.
  if (from > 0 && text[from - 1] === '\n') return from - 1
  return end < 0 ? text.length : end
}

function removed(text: string, map: YAMLMap, key: string): string | undefined {
  const index = map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key)
  const pair = map.items[index] as Pair | undefined
  const next = map.items[index + 1] as Pair | undefined
  const before = map.items[index - 1] as Pair | undefined
  if (!pair || (!next && !before)) return undefined
  if (map.flow) {
    // The comma goes with it: the one behind, or that before the last.
    if (next) return text.slice(0, startOf(pair)) + text.slice(startOf(next))
    return text.slice(0, endOf(before as Pair)) + text.slice(endOf(pair))
  }
  const start = startOf(pair)
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  // The first key of an item of a list shares its line with the dash.
  if (text.slice(lineStart, start).trim() !== '') return next && text.slice(0, start) + text.slice(startOf(next))
  return text.slice(0, lineStart) + text.slice(Math.min(endOfLine(text, lastEnd(pair)) + 1, text.length))
}

/** The new text says what the old one said, but for the change. */
function saysSo(before: string, after: string, edit: TextEdit): boolean {
  const [old, now] = [parseDocuments(before).documents, parseDocuments(after).documents]
  if (old.length !== now.length) return false
  return old.every((document, index) => {
    const isIt = document.index === edit.documentIndex
    return sameJson(isIt ? withEdit(document.value, edit.path, edit) : document.value, now[index]?.value)
  })
}

function withEdit(value: unknown, path: FieldPath, edit: TextEdit): unknown {
  const [key, ...rest] = path
  if (key === undefined) return edit.value
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? withEdit(item, rest, edit) : item))
  if (!isJsonObject(value)) return value
  if (edit.op === 'remove' && rest.length === 0) {
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
  }
  return { ...value, [key]: withEdit(value[key as string], rest, edit) }
}
