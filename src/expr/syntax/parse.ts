import { wellFormed } from '../../go/bytes'
import type { Language } from '../language'
import type { Node } from './ast'
import { parseCall } from './call'
import { binaryOperators, comparisons, lookup, negatable, type Operator } from './operators'
import { parsePrimary } from './primary'
import {
  advance,
  at,
  expect,
  fail,
  make,
  missing,
  type Parser,
  type SyntaxFailure,
  type SyntaxLimits,
  spanFrom,
  tooDeep,
  unexpected,
} from './state'
import { describeToken, scanToken, type Token } from './tokenize'

export type Syntax = { readonly ast: Node } | { readonly error: SyntaxFailure }

/** Reads an expression, or says what is wrong first, with upstream's text. */
export function parse(text: string, limits: SyntaxLimits, language: Language): Syntax {
  const start: Token = { kind: 'EOF', value: '', start: 0, end: 0 }
  const parser: Parser = {
    text: wellFormed(text),
    limits,
    language,
    current: start,
    previousEnd: 0,
    error: undefined,
    stash: undefined,
    scanned: undefined,
    lexicalError: undefined,
    predicates: 0,
    nesting: 0,
    nodeCount: 0,
    depths: new Map(),
    expression: parseExpression,
    sequence: parseSequence,
  }
  const misspelt = language.syntax.scansFirst ? spellingError(parser.text, language) : undefined
  if (misspelt) return { error: misspelt }
  advance(parser)
  const ast = parseSequence(parser)
  if (!at(parser, 'EOF')) fail(parser, `unexpected token ${describeToken(parser.current)}`)
  return parser.error ? { error: parser.error } : { ast }
}

/** What is wrong with the first part of the text that is no token. */
function spellingError(text: string, { syntax }: Language): SyntaxFailure | undefined {
  let token: Token | undefined
  while (token?.kind !== 'EOF') {
    const scan = scanToken(text, token?.end ?? 0, token, syntax)
    if ('error' in scan) return scan.error
    token = scan.token
  }
  return undefined
}

function parseSequence(parser: Parser): Node {
  const start = parser.current.start
  const nodes = [parseExpression(parser, 0)]
  while (parser.language.syntax.statements && at(parser, 'Operator', ';') && !parser.error) {
    advance(parser)
    if (at(parser, 'EOF')) break
    nodes.push(parseExpression(parser, 0))
  }
  const first = nodes[0]!
  if (nodes.length === 1) return first
  return make(parser, { kind: 'sequence', nodes, span: { ...spanFrom(parser, start, start), at: first.span.at } })
}

function parseExpression(parser: Parser, precedence: number): Node {
  if (parser.error) return missing
  parser.nesting += 1
  if (parser.nesting > parser.limits.depth) tooDeep(parser)
  const node = parser.error ? missing : parseAny(parser, precedence)
  parser.nesting -= 1
  return node
}

function parseAny(parser: Parser, precedence: number): Node {
  if (precedence === 0 && at(parser, 'Operator', 'let')) return parseLet(parser)
  if (precedence === 0 && at(parser, 'Operator', 'if')) return parseIf(parser)
  const start = parser.current.start
  const node = parseOperators(parser, parsePrimary(parser), precedence, start)
  return precedence === 0 ? parseTernary(parser, node, start) : node
}

/** Binary operators that bind at least as tightly as `precedence`, from left to right. */
function parseOperators(parser: Parser, first: Node, precedence: number, start: number): Node {
  let node = first
  let previous = ''
  let token = parser.current
  while (token.kind === 'Operator' && !parser.error) {
    let negation: Token | undefined
    if (token.value === 'not') {
      negation = parseNegation(parser, precedence)
      if (!negation) break
      token = negation
    }
    const operator = lookup(binaryOperators, token.value)
    if (!operator || operator.precedence < precedence) break
    advance(parser)
    if (previous === '??' && token.value !== '??' && token.value !== '|') {
      const mixed = 'and coalesce expressions (??) cannot be mixed. Wrap either by parentheses.'
      fail(parser, `Operator (${token.value}) ${mixed}`, token.start)
      break
    }
    node = parseRight(parser, node, token, operator, start)
    if (negation) {
      const span = spanFrom(parser, start, negation.start)
      node = make(parser, { kind: 'unary', operator: 'not', operand: node, span })
    }
    previous = token.value
    token = parser.current
  }
  return node
}

/** `not` between operands must precede an operator that can be negated; its token, or undefined to stop here. */
function parseNegation(parser: Parser, precedence: number): Token | undefined {
  const before = parser.current
  advance(parser)
  const { value } = parser.current
  // Whatever follows, `not` is gone.
  if (parser.language.syntax.negatesAnything) return parser.current
  if (!negatable.includes(value)) {
    unexpected(parser)
    return undefined
  }
  if (binaryOperators[value]!.precedence >= precedence) return parser.current
  parser.stash = parser.current
  parser.current = before
  return undefined
}

function parseRight(parser: Parser, left: Node, token: Token, operator: Operator, start: number): Node {
  if (token.value === '|') {
    const name = parser.current
    expect(parser, 'Identifier')
    return parseCall(parser, name, [left], start)
  }
  if (comparisons.includes(token.value) && parser.language.syntax.chainedComparisons) {
    return parseComparison(parser, left, token, operator, start)
  }
  const right = parseExpression(
    parser,
    operator.associativity === 'left' ? operator.precedence + 1 : operator.precedence,
  )
  return make(parser, {
    kind: 'binary',
    operator: token.value,
    left,
    right,
    span: spanFrom(parser, start, token.start),
  })
}

/** `a < b < c` means `a < b && b < c`. */
function parseComparison(parser: Parser, first: Node, token: Token, { precedence }: Operator, start: number): Node {
  let left = first
  let operator = token
  let chain: Node | undefined
  for (;;) {
    const right = parseExpression(parser, precedence + 1)
    const span = { start: chain ? left.span.start : start, end: parser.previousEnd, at: operator.start }
    const node = make(parser, { kind: 'binary', operator: operator.value, left, right, span })
    chain = chain
      ? make(parser, { kind: 'binary', operator: '&&', left: chain, right: node, span: { ...span, start } })
      : node
    if (parser.error) return chain
    left = right
    operator = parser.current
    if (operator.kind !== 'Operator' || !comparisons.includes(operator.value)) return chain
    advance(parser)
  }
}

function parseLet(parser: Parser): Node {
  const start = parser.current.start
  expect(parser, 'Operator', 'let')
  const name = parser.current
  expect(parser, 'Identifier')
  expect(parser, 'Operator', '=')
  const value = parseExpression(parser, 0)
  expect(parser, 'Operator', ';')
  const body = parseSequence(parser)
  return make(parser, { kind: 'let', name: name.value, value, body, span: spanFrom(parser, start, name.start) })
}

function parseIf(parser: Parser): Node {
  const start = parser.current.start
  parser.nesting += 1
  if (parser.nesting > parser.limits.depth) tooDeep(parser)
  advance(parser)
  if (parser.error) return missing
  const condition = parseExpression(parser, 0)
  expect(parser, 'Bracket', '{')
  const whenTrue = parseSequence(parser)
  expect(parser, 'Bracket', '}')
  expect(parser, 'Operator', 'else')
  const whenFalse = at(parser, 'Operator', 'if') ? parseIf(parser) : parseBlock(parser)
  parser.nesting -= 1
  const span = { start, end: parser.previousEnd, at: start }
  return make(parser, { kind: 'conditional', ternary: false, condition, whenTrue, whenFalse, span })
}

function parseBlock(parser: Parser): Node {
  expect(parser, 'Bracket', '{')
  const node = parseSequence(parser)
  expect(parser, 'Bracket', '}')
  return node
}

/** `a ? b : c` and `a ?: c`. */
function parseTernary(parser: Parser, first: Node, start: number): Node {
  let node = first
  while (at(parser, 'Operator', '?') && !parser.error) {
    advance(parser)
    let whenTrue = node
    if (at(parser, 'Operator', ':')) advance(parser)
    else {
      whenTrue = parseExpression(parser, 0)
      expect(parser, 'Operator', ':')
    }
    const whenFalse = parseExpression(parser, 0)
    const span = { start, end: parser.previousEnd, at: parser.current.start }
    node = make(parser, { kind: 'conditional', ternary: true, condition: node, whenTrue, whenFalse, span })
  }
  return node
}
