import { isPathError, type PathList, type PathNode, type PathReading } from './nodes'

interface Cursor {
  readonly chars: readonly string[]
  at: number
}

/** `[?(...)]`: with a comparison, or just a path whose existence is asked. */
export function readFilter(
  cursor: Cursor,
  parseExpression: (text: string) => PathReading<PathList>,
): PathReading<PathNode[]> {
  const from = cursor.at + '[?('.length
  const end = filterEnd(cursor.chars, from)
  if (end === undefined) return { error: 'unterminated filter' }
  if (cursor.chars[end + 1] !== ']') return { error: 'unclosed array expect ]' }
  cursor.at = end + 2
  const comparison = splitComparison(cursor.chars.slice(from, end))
  const left = parseExpression(comparison.left)
  if (isPathError(left)) return left
  if (comparison.right === undefined) {
    return [{ kind: 'filter', left, right: { kind: 'list', nodes: [] }, operator: 'exists' }]
  }
  const right = parseExpression(comparison.right)
  if (isPathError(right)) return right
  return [{ kind: 'filter', left, right, operator: comparison.operator }]
}

/** The closing parenthesis: the first one that is not in the (only) quoted text. */
function filterEnd(chars: readonly string[], from: number): number | undefined {
  let quote: string | undefined
  let closed = false
  for (let at = from; at < chars.length; at++) {
    const char = chars[at]
    if (char === '\n') return undefined
    if (char === '"' || char === "'") {
      if (quote === undefined) quote = char
      else if (char === quote && chars[at - 1] !== '\\') closed = true
    } else if (char === ')' && (quote !== undefined) === closed) return at
  }
  return undefined
}

interface Comparison {
  readonly left: string
  readonly operator: string
  readonly right?: string
}

const isOperator = (char: string | undefined): boolean => char !== undefined && '!<>='.includes(char)

/** Left side, run of operator characters, right side; something must stand on either side. */
function splitComparison(chars: readonly string[]): Comparison {
  const text = chars.join('')
  let from = 0
  while (from < chars.length && !isOperator(chars[from])) from++
  let to = from
  while (isOperator(chars[to])) to++
  if (to === chars.length) to--
  if (from === 0 || to <= from) return { left: text, operator: 'exists' }
  const [left, operator, right] = [chars.slice(0, from), chars.slice(from, to), chars.slice(to)]
  return { left: left.join(''), operator: operator.join(''), right: right.join('') }
}
