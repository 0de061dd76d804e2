/** What an instant query gives, as far as its text tells. */
export type QueryType = 'scalar' | 'string' | 'vector'

const scalarFunctions: readonly string[] = ['scalar', 'time', 'pi']

const token =
  /\s+|#[^\n]*|(?<string>"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|`[^`]*`)|(?<number>(?:0x[0-9a-f]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?(?:ms|[smhdwy])?)(?:\d+(?:ms|[smhdwy]))*|(?:inf|nan)\b)|(?<name>[a-z_:][\w:.]*)|(?<open>[([{])|(?<close>[)\]}])|(?<operator>[=!<>]=|[-+*/%^<>=])|./giy

interface Token {
  readonly kind: 'string' | 'number' | 'name' | 'open' | 'close' | 'operator' | 'other'
  readonly text: string
}

function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = []
  for (const { 0: text, groups = {} } of query.matchAll(token)) {
    const named = Object.entries(groups).find(([, part]) => part !== undefined)
    if (named) tokens.push({ kind: named[0] as Token['kind'], text })
    else if (!/^(?:\s|#)/.test(text)) tokens.push({ kind: 'other', text })
  }
  return tokens
}

/** Whether a token stands between two operands: `bool` belongs to a comparison. */
const joins = ({ kind, text }: Token): boolean =>
  kind === 'operator' || (kind === 'name' && /^(?:atan2|bool)$/i.test(text))

/**
 * The type of a PromQL query. Scalars are numbers, calls of `scalar`, `time` and `pi`, and what arithmetic makes of
 * scalars alone; a text in quotes is a string; anything else is taken for a vector, as selectors, aggregations and
 * other functions are. Source: Prometheus documentation, "Expression language data types", "Operators", "Functions".
 */
export function queryType(query: string): QueryType {
  const tokens = tokensOf(query)
  if (tokens.length === 1 && tokens[0]?.kind === 'string') return 'string'
  return tokens.length > 0 && isScalar(tokens) ? 'scalar' : 'vector'
}

/**
 * A group in brackets is a scalar if all in it are; arguments of a function do not matter. No query is too deep: there
 * is no recursion.
 */
function isScalar(tokens: readonly Token[]): boolean {
  // For each group that is open, whether what is in it matters.
  const groups: boolean[] = []
  for (const [index, one] of tokens.entries()) {
    const matters = groups.at(-1) ?? true
    if (one.kind === 'open') groups.push(matters && !isCallOfScalar(tokens, index))
    else if (one.kind === 'close') groups.pop()
    if (!matters || one.kind === 'close') continue
    if (one.kind === 'open' ? one.text !== '(' : !isScalarToken(one, tokens[index + 1])) return false
  }
  return true
}

const isCallOfScalar = (tokens: readonly Token[], open: number): boolean => {
  const before = tokens[open - 1]
  return before?.kind === 'name' && scalarFunctions.includes(before.text)
}

const isScalarToken = (one: Token, next: Token | undefined): boolean =>
  one.kind === 'number' ||
  joins(one) ||
  (one.kind === 'name' && scalarFunctions.includes(one.text) && next?.text === '(')
