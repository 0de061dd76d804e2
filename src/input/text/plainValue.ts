import { setOwn } from '../places'
import { keyInBrackets } from './plainKey'
import { lineAfter, type PlainReader } from './plainReader'
import { plainScalar } from './yamlScalar'

// Values of plain YAML. Each answers undefined for what the package `yaml` has to read.

/** A value of one line. */
export function readInline(reader: PlainReader, level: number): unknown {
  const mark = reader.text[reader.at]
  if (mark === '[' || mark === '{') return readBrackets(reader, level)
  return readQuoted(reader, mark) ?? readBare(reader)
}

function readQuoted(reader: PlainReader, mark: string | undefined): string | undefined {
  if (mark === '"') return readDouble(reader)
  return mark === "'" ? readSingle(reader) : undefined
}

/** Text may begin with anything but the signs of YAML. */
const beginning = /^(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-(?=\S))/

function readBare(reader: PlainReader): unknown {
  const { text, at } = reader
  const end = text.indexOf('\n', at)
  const line = text.slice(at, end < 0 ? text.length : end)
  const comment = line.indexOf(' #')
  let length = comment < 0 ? line.length : comment
  while (line[length - 1] === ' ') length--
  const written = line.slice(0, length)
  if (!beginning.test(written) || /:(?: |$)|\t/.test(written)) return undefined
  const { value, problem } = plainScalar(written)
  reader.at += length
  return problem ? undefined : value
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '"': '"', '\\': '\\' }

function readDouble(reader: PlainReader): string | undefined {
  const { text } = reader
  const start = reader.at + 1
  let hasEscapes = false
  for (let at = start; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '"') {
      reader.at = at + 1
      const inner = text.slice(start, at)
      return hasEscapes ? inner.replace(/\\(.)/g, (_, letter: string) => escapes[letter] as string) : inner
    }
    if (text[at] !== '\\') continue
    hasEscapes = true
    if (!Object.hasOwn(escapes, text[++at] ?? '')) return undefined
  }
  return undefined
}

function readSingle(reader: PlainReader): string | undefined {
  const { text } = reader
  const start = reader.at + 1
  const lineEnd = lineAfter(text, start)
  let end = text.indexOf("'", start)
  while (end >= 0 && end < lineEnd && text[end + 1] === "'") end = text.indexOf("'", end + 2)
  if (end < 0 || end >= lineEnd) return undefined
  reader.at = end + 1
  return text.slice(start, end).replaceAll("''", "'")
}

/** Lists and mappings in brackets, of words and quoted texts, on one line. */
function readBrackets(reader: PlainReader, level: number): unknown {
  const { text, places, maxDepth } = reader
  const isList = text[reader.at] === '['
  const list: unknown[] = []
  const map: Record<string, unknown> = {}
  const own: (string | number)[] = []
  places.set(isList ? list : map, own)
  reader.tokens -= 10
  reader.at++
  skipBlanks(reader)
  let isOver = takeMark(reader, isList ? ']' : '}')
  while (!isOver) {
    reader.tokens -= 6
    const key = isList ? undefined : keyInBrackets(text, reader.at)
    if (level >= maxDepth || reader.tokens < 0 || (!isList && (!key || Object.hasOwn(map, key.name)))) return undefined
    if (key) own.push(key.name)
    own.push(reader.at)
    if (key) reader.at = key.end
    skipBlanks(reader)
    const value = readInBrackets(reader, level + 1)
    if (value === undefined) return undefined
    if (key) setOwn(map, key.name, value)
    else list.push(value)
    skipBlanks(reader)
    isOver = takeMark(reader, isList ? ']' : '}')
    if (!isOver && !takeMark(reader, ',')) return undefined
    skipBlanks(reader)
  }
  return isList ? list : map
}

function takeMark(reader: PlainReader, mark: string): boolean {
  if (reader.text[reader.at] !== mark) return false
  reader.at++
  return true
}

function skipBlanks(reader: PlainReader): void {
  while (reader.text[reader.at] === ' ') reader.at++
}

const word = /-{0,2}[A-Za-z0-9_./][A-Za-z0-9_./=+$~%-]{0,1000}/y

function readInBrackets(reader: PlainReader, level: number): unknown {
  const { text, at } = reader
  const mark = text[at]
  if (mark === '[' || mark === '{') return readBrackets(reader, level)
  if (mark === '"' || mark === "'") return readQuoted(reader, mark)
  word.lastIndex = at
  const written = word.exec(text)?.[0]
  if (written === undefined) return undefined
  const { value, problem } = plainScalar(written)
  reader.at += written.length
  return problem ? undefined : value
}

/** A text of several lines behind `|` or `|-`, which are indented as the first one. Leaves the reader behind it. */
export function readLiteral(reader: PlainReader, indent: number): string | undefined {
  const { text } = reader
  const strips = text[reader.at + 1] === '-'
  const headEnd = reader.at + (strips ? 2 : 1)
  const first = lineAfter(text, headEnd)
  if (text.slice(headEnd, first).trim() !== '') return undefined
  const inner = blanksAt(text, first)
  if (inner <= indent || text[first + inner] === '\n') return undefined
  const lines: string[] = []
  let start = first
  for (; start < text.length; start = lineAfter(text, start)) {
    const end = text.indexOf('\n', start)
    const blanks = blanksAt(text, start)
    const mark = text[start + blanks]
    // What of such lines belongs to the text takes more rules.
    if (end < 0 || mark === '\t' || (mark === '\n' && blanks > inner)) return undefined
    if (mark !== '\n' && blanks < inner) break
    lines.push(text.slice(start + inner, Math.max(end, start + inner)))
  }
  while (lines.at(-1) === '') lines.pop()
  reader.at = start
  return lines.join('\n') + (strips ? '' : '\n')
}

function blanksAt(text: string, start: number): number {
  let at = start
  while (text[at] === ' ') at++
  return at - start
}
