import { parseFloating, parseInteger } from '../../go/numbers'
import { unquote } from '../../go/unquote'
import { readFilter } from './filter'
import { isPathError, type JsonPath, type PathList, type PathNode, type PathReading } from './nodes'
import { readBrackets } from './slice'

/** Where the parser stands. Characters are code points; `start` is where the piece that is being read began. */
interface Cursor {
  readonly chars: readonly string[]
  at: number
}

const isLetterOrDigit = (char: string | undefined): boolean => char !== undefined && /^[_\p{L}\p{Nd}]$/u.test(char)
const isDigit = (char: string | undefined): boolean => char !== undefined && /^\p{Nd}$/u.test(char)
const terminators = ' \t\r\n.,[]$@{}'
const isTerminator = (char: string | undefined): boolean => char === undefined || terminators.includes(char)

/** More is no JSONPath of a person's; it bounds the work for hostile templates. */
const maxLength = 10_000

/**
 * Parses a JSONPath template of Kubernetes' dialect: text with `{...}` actions, in them `$`, `@`, `.field`,
 * `['field']`, `[1]`, `[-1]`, `[0:4:2]`, `[*]`, `.*`, `..`, `[0,2]`, `[?(@.a > 1)]`, `range`/`end`, numbers, booleans
 * and quoted texts. Errors have upstream's words (`unterminated filter`), because they become the measurement's
 * message. Source: kubernetes.io "JSONPath Support"; behaviour 7 (web).
 */
export function parseJsonPath(text: string): PathReading<JsonPath> {
  const chars = [...text]
  if (chars.length > maxLength) return { error: `JSONPath is longer than ${maxLength} characters` }
  return parseTemplate(chars)
}

function parseTemplate(chars: readonly string[]): PathReading<JsonPath> {
  const cursor: Cursor = { chars, at: 0 }
  const nodes: PathNode[] = []
  while (cursor.at < chars.length) {
    const brace = chars.indexOf('{', cursor.at)
    const end = brace < 0 ? chars.length : brace
    if (end > cursor.at) nodes.push({ kind: 'text', text: chars.slice(cursor.at, end).join('') })
    if (brace < 0) break
    cursor.at = brace + 1
    const action = parseAction(cursor)
    if (isPathError(action)) return action
    nodes.push(action)
  }
  return { nodes }
}

/** The inside of `{...}`, up to and with the closing brace. */
function parseAction(cursor: Cursor): PathReading<PathList> {
  const nodes: PathNode[] = []
  while (true) {
    const char = cursor.chars[cursor.at]
    if (char === '}') {
      cursor.at++
      return { kind: 'list', nodes }
    }
    const read = parsePiece(cursor, char, nodes[nodes.length - 1])
    if (isPathError(read)) return read
    nodes.push(...read)
  }
}

/** An expression on its own, such as one side of a filter. A brace in it ends the expression there, as upstream. */
export function parseExpression(text: string): PathReading<PathList> {
  const template = parseTemplate([...`{${text}}`])
  if (isPathError(template)) return template
  const first = template.nodes[0]
  return first?.kind === 'list' ? first : { kind: 'list', nodes: [] }
}

function parsePiece(cursor: Cursor, char: string | undefined, last: PathNode | undefined): PathReading<PathNode[]> {
  const next = cursor.chars[cursor.at + 1]
  if (char === undefined || char === '\r' || char === '\n') return { error: 'unclosed action' }
  if (char === '[' && next === '?' && cursor.chars[cursor.at + 2] === '(') return readFilter(cursor, parseExpression)
  if (char === '.' && next === '.') return parseRecursive(cursor, last)
  if (char === ' ' || char === '@' || char === '$') {
    cursor.at++
    return []
  }
  if (char === '[') return readBrackets(cursor, parseExpression)
  if (char === '"' || char === "'") return parseQuoted(cursor, char)
  if (char === '.') return parseField(cursor, cursor.at + 1)
  if (char === '+' || char === '-' || isDigit(char)) return parseNumber(cursor)
  if (isLetterOrDigit(char)) return parseIdentifier(cursor)
  return { error: `unrecognized character in action: ${unicodeName(char)}` }
}

/** Go's %#U: `U+0026 '&'`. */
function unicodeName(char: string): string {
  const code = `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
  return /^[ \p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char) ? `${code} '${char}'` : code
}

function parseRecursive(cursor: Cursor, last: PathNode | undefined): PathReading<PathNode[]> {
  if (last?.kind === 'recursive') return { error: 'invalid multiple recursive descent' }
  cursor.at += 2
  if (!isLetterOrDigit(cursor.chars[cursor.at])) return [{ kind: 'recursive' }]
  return [{ kind: 'recursive' }, ...parseField(cursor, cursor.at)]
}

/** A field's name up to a terminator that is not escaped by a backslash. */
function parseField(cursor: Cursor, from: number): PathNode[] {
  let at = from
  while (!isTerminator(cursor.chars[at])) at += cursor.chars[at] === '\\' ? 2 : 1
  at = Math.min(at, cursor.chars.length)
  const name = cursor.chars.slice(from, at).join('')
  cursor.at = at
  return [name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: name.replaceAll('\\', '') }]
}

function parseIdentifier(cursor: Cursor): PathNode[] {
  const from = cursor.at
  while (!isTerminator(cursor.chars[cursor.at])) cursor.at++
  const name = cursor.chars.slice(from, cursor.at).join('')
  return [name === 'true' || name === 'false' ? { kind: 'bool', value: name === 'true' } : { kind: 'identifier', name }]
}

function parseNumber(cursor: Cursor): PathReading<PathNode[]> {
  const from = cursor.at
  if (cursor.chars[from] === '+' || cursor.chars[from] === '-') cursor.at++
  while (cursor.chars[cursor.at] === '.' || isDigit(cursor.chars[cursor.at])) cursor.at++
  const text = cursor.chars.slice(from, cursor.at).join('')
  const whole = parseInteger(text)
  if ('value' in whole) return [{ kind: 'int', value: Number(whole.value) }]
  const float = parseFloating(text)
  if ('value' in float) return [{ kind: 'float', value: float.value }]
  return { error: `cannot parse number ${text}` }
}

function parseQuoted(cursor: Cursor, quote: string): PathReading<PathNode[]> {
  const from = cursor.at
  let at = from + 1
  while (cursor.chars[at] !== quote || cursor.chars[at - 1] === '\\') {
    if (cursor.chars[at] === undefined || cursor.chars[at] === '\n') return { error: 'unterminated quoted string' }
    at++
  }
  cursor.at = at + 1
  const quoted = cursor.chars.slice(from, cursor.at).join('')
  const text = unquote(quoted)
  return text === undefined ? { error: `unquote string ${quoted} error invalid syntax` } : [{ kind: 'text', text }]
}
