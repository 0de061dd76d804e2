import type { Limits } from '../limits'
import { type ReadDocument, setOwn } from '../places'
import { keyAt } from './plainKey'
import { lineAfter, type PlainReader } from './plainReader'
import { readInline, readLiteral } from './plainValue'

// Nearly all YAML of manifests is plain: mappings and lists by indentation, scalars of one line, `|` and short lists in
// brackets. This reads it in one pass, some ten times as fast as the package `yaml` and without its tokens. Whatever is
// not plain, is wrong or needs a message (anchors, tags, `>`, keys that stand twice, tabs, ...) it leaves to the
// package: it answers undefined and says nothing.

export interface PlainDocument {
  readonly document: ReadDocument
  /** Where the next document begins. */
  readonly next: number
}

/** Nothing of a text with these is plain: line ends of Windows, control characters, byte order marks, directives. */
const notPlain = /[^\P{Cc}\t\n]|\ufeff|(?:^|\n)%/u

export const mayBePlain = (text: string): boolean => !notPlain.test(text)

/** Levels of nesting that the package counts for itself. */
const levelsOfParser = 3

/** The document that begins at `from`, if all of it is plain. `mayBePlain` has to be true of the text. */
export function readPlainDocument(
  text: string,
  from: number,
  index: number,
  limits: Limits,
): PlainDocument | undefined {
  const reader: PlainReader = {
    text,
    places: new Map(),
    maxDepth: limits.maxDepth - levelsOfParser,
    tokens: limits.maxTokens,
    at: from,
    indent: -1,
  }
  if (!toContent(reader)) return undefined
  const offset = reader.at
  const value = readBlock(reader, 0)
  if (value === undefined || reader.indent !== -1) return undefined
  return { document: { index, value, offset, places: reader.places, findings: [] }, next: reader.at }
}

/** Goes to the first thing of a document, behind its `---`. */
function toContent(reader: PlainReader): boolean {
  if (!toNextLine(reader)) return false
  if (reader.indent === -1 && reader.text.startsWith('---', reader.at)) {
    reader.at += 3
    if (!endLine(reader)) return false
  }
  return reader.indent !== -1
}

/** Goes from the beginning of a line to the next thing that is no blank and no comment. False if it is not plain. */
function toNextLine(reader: PlainReader): boolean {
  const { text } = reader
  for (let start = reader.at; ; start = lineAfter(text, start)) {
    let at = start
    while (text[at] === ' ') at++
    reader.at = at
    reader.indent = at - start
    const mark = text[at]
    if (mark === '\n' || mark === '#') continue
    if (mark === '\t') return false
    if (mark === undefined) reader.indent = -1
    if (at !== start || (mark !== '-' && mark !== '.')) return true
    if (!/^(?:---|\.\.\.)(?![^ \n])/.test(text.slice(at, at + 4))) return true
    reader.indent = -1
    return mark === '-'
  }
}

/** Goes to the next line, if nothing but blanks and a comment is left of this one. */
function endLine(reader: PlainReader): boolean {
  const { text } = reader
  let at = reader.at
  while (text[at] === ' ') at++
  const mark = text[at]
  if (mark !== '\n' && mark !== undefined && (mark !== '#' || at === reader.at)) return false
  return leaveLine(reader)
}

function leaveLine(reader: PlainReader): boolean {
  reader.at = lineAfter(reader.text, reader.at)
  return toNextLine(reader)
}

const isDash = ({ text, at }: PlainReader): boolean =>
  text[at] === '-' && (text[at + 1] === ' ' || text[at + 1] === '\n')

/** A list or mapping that begins here. */
function readBlock(reader: PlainReader, level: number): unknown {
  if (level >= reader.maxDepth) return undefined
  return isDash(reader) ? readList(reader, reader.indent, level) : readMapping(reader, reader.indent, level)
}

function readList(reader: PlainReader, indent: number, level: number): unknown[] | undefined {
  const list: unknown[] = []
  const places: number[] = []
  reader.places.set(list, places)
  while (reader.indent === indent && isDash(reader)) {
    reader.tokens -= 6
    reader.at++
    if (reader.tokens < 0 || !toItem(reader, indent)) return undefined
    places.push(reader.at)
    const value = isBlock(reader) ? readBlock(reader, level + 1) : readScalar(reader, indent, level + 1)
    if (value === undefined) return undefined
    list.push(value)
  }
  return reader.indent > indent ? undefined : list
}

/** Goes behind a dash to the item, on this line or on a later one. An item that is nothing is not plain. */
function toItem(reader: PlainReader, indent: number): boolean {
  const lineStart = reader.at - 1 - indent
  while (reader.text[reader.at] === ' ') reader.at++
  reader.indent = reader.at - lineStart
  const mark = reader.text[reader.at]
  if (mark !== '\n' && mark !== '#' && mark !== undefined) return true
  return leaveLine(reader) && reader.indent > indent && isBlock(reader)
}

const isBlock = (reader: PlainReader): boolean => isDash(reader) || keyAt(reader.text, reader.at) !== undefined

function readMapping(reader: PlainReader, indent: number, level: number): Record<string, unknown> | undefined {
  const map: Record<string, unknown> = {}
  const places: (string | number)[] = []
  reader.places.set(map, places)
  while (reader.indent === indent && !isDash(reader)) {
    const key = keyAt(reader.text, reader.at)
    reader.tokens -= 4
    if (!key || reader.tokens < 0 || Object.hasOwn(map, key.name)) return undefined
    places.push(key.name, reader.at)
    reader.at = key.end
    const value = readEntry(reader, indent, level)
    if (value === undefined) return undefined
    setOwn(map, key.name, value)
  }
  return reader.indent > indent ? undefined : map
}

/** The value behind the colon of a key, on this line or on the next ones. */
function readEntry(reader: PlainReader, indent: number, level: number): unknown {
  const { text } = reader
  while (text[reader.at] === ' ') reader.at++
  const mark = text[reader.at]
  if (mark !== '\n' && mark !== '#' && mark !== undefined) return readScalar(reader, indent, level + 1)
  if (!leaveLine(reader)) return undefined
  if (reader.indent > indent) return readBlock(reader, level + 1)
  // A list may stand below its key at the indentation of the key.
  return reader.indent === indent && isDash(reader) ? readBlock(reader, level + 1) : null
}

/** A scalar, or a list or mapping in brackets; with the rest of its line. */
function readScalar(reader: PlainReader, indent: number, level: number): unknown {
  const isLiteral = reader.text[reader.at] === '|'
  const value = isLiteral ? readLiteral(reader, indent) : readInline(reader, level)
  if (value === undefined) return undefined
  return (isLiteral ? toNextLine(reader) : endLine(reader)) ? value : undefined
}
