import { parseInteger } from '../../go/numbers'
import { isPathError, type PathList, type PathNode, type PathReading, type SliceParameter } from './nodes'

interface Cursor {
  readonly chars: readonly string[]
  at: number
}

type ParseExpression = (text: string) => PathReading<PathList>

/** `[...]` that is no filter: a union, a quoted field, or an index or slice. */
export function readBrackets(cursor: Cursor, parseExpression: ParseExpression): PathReading<PathNode[]> {
  const from = cursor.at + 1
  let at = from
  while (cursor.chars[at] !== ']') {
    if (cursor.chars[at] === undefined || cursor.chars[at] === '\n') return { error: 'unterminated array' }
    at++
  }
  cursor.at = at + 1
  const written = cursor.chars.slice(from, at).join('')
  const text = written === '*' ? ':' : written
  if (text.includes(',')) return readUnion(text, parseExpression)
  const inner = text.slice(1, -1)
  if (text.length >= 2 && text.startsWith("'") && text.endsWith("'") && !inner.includes("'")) {
    const field = parseExpression(`.${inner}`)
    return isPathError(field) ? field : [...field.nodes]
  }
  return readSlice(text)
}

function readUnion(text: string, parseExpression: ParseExpression): PathReading<PathNode[]> {
  const lists: PathList[] = []
  for (const part of text.split(',')) {
    const list = parseExpression(`[${trimSpaces(part)}]`)
    if (isPathError(list)) return list
    lists.push(list)
  }
  return [{ kind: 'union', lists }]
}

function trimSpaces(text: string): string {
  let from = 0
  let to = text.length
  while (text[from] === ' ') from++
  while (to > from && text[to - 1] === ' ') to--
  return text.slice(from, to)
}

const bound = /^-?[0-9]*$/

function readSlice(text: string): PathReading<PathNode[]> {
  const bounds = text.split(':')
  if (bounds.length > 3 || !bounds.every((one) => bound.test(one))) return { error: `invalid array index ${text}` }
  const parameters: SliceParameter[] = []
  for (let i = 0; i < 3; i++) {
    const parameter = readParameter(bounds[i], i, parameters[0])
    if (isPathError(parameter)) return parameter
    parameters.push(parameter)
  }
  const [start, end, step] = parameters
  return [{ kind: 'slice', parameters: [start!, end!, step!] }]
}

function readParameter(
  text: string | undefined,
  at: number,
  start: SliceParameter | undefined,
): PathReading<SliceParameter> {
  if (text === undefined && at === 1) return { known: true, value: (start?.value ?? 0) + 1, derived: true }
  if (text === undefined || text === '') return { known: false, value: 0 }
  const value = parseInteger(text)
  return 'value' in value
    ? { known: true, value: Number(value.value) }
    : { error: `array index ${text} is not a number` }
}
