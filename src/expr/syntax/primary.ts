import type { Node, PairNode } from './ast'
import { parseArguments, parseCall } from './call'
import { parseNumber } from './number'
import { lookup, unaryOperators } from './operators'
import {
  advance,
  at,
  countNode,
  expect,
  fail,
  make,
  measured,
  missing,
  type Parser,
  spanFrom,
  unexpected,
} from './state'
import { describeToken, isIdentifier, type Token } from './tokenize'

/** An operand with what follows it directly: members, indexes, slices. */
export function parsePrimary(parser: Parser): Node {
  const token = parser.current
  const start = token.start
  const unary = token.kind === 'Operator' ? lookup(unaryOperators, token.value) : undefined
  if (unary) {
    advance(parser)
    const operand = parser.expression(parser, unary.precedence)
    const span = spanFrom(parser, start, start)
    return parsePostfix(parser, make(parser, { kind: 'unary', operator: token.value, operand, span }), start)
  }
  if (at(parser, 'Bracket', '(')) {
    advance(parser)
    const inner = parser.sequence(parser)
    expect(parser, 'Bracket', ')')
    const span = { ...spanFrom(parser, start, start), at: inner.span.at }
    return parsePostfix(parser, measured(parser, { ...inner, span }), start)
  }
  if (at(parser, 'Operator', '#') || at(parser, 'Operator', '.')) {
    if (parser.predicates > 0) return parsePointer(parser, token)
    const { strayPointer } = parser.language.syntax
    if (strayPointer !== undefined) fail(parser, strayPointer)
  }
  if (at(parser, 'Operator', '::')) {
    advance(parser)
    const name = parser.current
    expect(parser, 'Identifier')
    return parsePostfix(parser, parseCall(parser, name, [], start), start)
  }
  return parseOperand(parser, token)
}

/** `#`, `#index`; `.name` is short for `#.name`. */
function parsePointer(parser: Parser, token: Token): Node {
  let name = ''
  if (token.value === '#') {
    advance(parser)
    if (at(parser, 'Identifier')) {
      name = parser.current.value
      advance(parser)
    }
  }
  const end = token.value === '#' ? parser.previousEnd : token.start
  const span = { start: token.start, end, at: token.start }
  return parsePostfix(parser, make(parser, { kind: 'pointer', name, span }), token.start)
}

function parseOperand(parser: Parser, token: Token): Node {
  const span = { start: token.start, end: token.end, at: token.start }
  switch (token.kind) {
    case 'Identifier':
      advance(parser)
      // Literals take no postfix: `nil.x` is an error.
      if (token.value === 'true' || token.value === 'false') {
        return make(parser, { kind: 'bool', value: token.value === 'true', span })
      }
      if (token.value === 'nil') return make(parser, { kind: 'nil', span })
      return parsePostfix(
        parser,
        at(parser, 'Bracket', '(')
          ? parseCall(parser, token, [], token.start)
          : make(parser, { kind: 'name', name: token.value, span }),
        token.start,
      )
    case 'Number': {
      advance(parser)
      const number = parseNumber(token.value, parser.language.syntax)
      if ('error' in number) {
        fail(parser, number.error)
        return missing
      }
      return make(parser, { ...number, span })
    }
    case 'String': {
      advance(parser)
      const text = make(parser, { kind: 'string', value: token.value, span })
      return parser.language.syntax.postfixOfStrings ? parsePostfix(parser, text, token.start) : text
    }
    case 'Bytes':
      advance(parser)
      return parsePostfix(parser, make(parser, { kind: 'bytes', bytes: token.value, span }), token.start)
    default:
      if (at(parser, 'Bracket', '[')) return parsePostfix(parser, parseArray(parser, token), token.start)
      if (at(parser, 'Bracket', '{')) return parsePostfix(parser, parseMap(parser, token), token.start)
      unexpected(parser)
      return missing
  }
}

function parseArray(parser: Parser, token: Token): Node {
  const items: Node[] = []
  expect(parser, 'Bracket', '[')
  while (!at(parser, 'Bracket', ']') && !parser.error) {
    if (items.length > 0) {
      expect(parser, 'Operator', ',')
      if (at(parser, 'Bracket', ']')) break
    }
    items.push(parser.expression(parser, 0))
  }
  expect(parser, 'Bracket', ']')
  return make(parser, { kind: 'array', items, span: spanFrom(parser, token.start, token.start) })
}

function parseMap(parser: Parser, token: Token): Node {
  expect(parser, 'Bracket', '{')
  const pairs: PairNode[] = []
  while (!at(parser, 'Bracket', '}') && !parser.error) {
    if (pairs.length > 0) {
      expect(parser, 'Operator', ',')
      if (at(parser, 'Bracket', '}')) break
      if (at(parser, 'Operator', ',')) unexpected(parser)
    }
    const key = parseKey(parser)
    if (!key) return missing
    expect(parser, 'Operator', ':')
    const value = parser.expression(parser, 0)
    countNode(parser)
    if (parser.error) return missing
    pairs.push({ key, value })
  }
  expect(parser, 'Bracket', '}')
  return make(parser, { kind: 'map', pairs, span: spanFrom(parser, token.start, token.start) })
}

/** A name, a string, a number (taken as text) or an expression in parentheses. Undefined after an error. */
function parseKey(parser: Parser): Node | undefined {
  const { current } = parser
  if (current.kind === 'Number' || current.kind === 'String' || current.kind === 'Identifier') {
    const span = { start: current.start, end: current.end, at: current.start }
    const key = make(parser, { kind: 'string', value: current.value, span })
    if (parser.error) return undefined
    advance(parser)
    return key
  }
  if (at(parser, 'Bracket', '(')) return parser.expression(parser, 0)
  const kinds = 'a quoted string, a number, a identifier, or an expression enclosed in parentheses'
  fail(parser, `a map key must be ${kinds} (unexpected token ${describeToken(current)})`)
  return missing
}

export function parsePostfix(parser: Parser, operand: Node, start: number): Node {
  let node = operand
  while ((parser.current.kind === 'Operator' || parser.current.kind === 'Bracket') && !parser.error) {
    const { value } = parser.current
    if (value === '.' || value === '?.') {
      const optional = value === '?.'
      advance(parser)
      if (optional && parser.language.syntax.optionalIndex && at(parser, 'Bracket', '['))
        node = parseIndex(parser, node, true, start)
      else node = parseMember(parser, node, optional, start)
    } else if (value === '[') node = parseIndex(parser, node, false, start)
    else break
  }
  return node
}

function parseMember(parser: Parser, operand: Node, optional: boolean, start: number): Node {
  const token = parser.current
  advance(parser)
  // Operators that are words can be names too: `result.matches`.
  const isName = token.kind === 'Identifier' || (token.kind === 'Operator' && isIdentifier(token.value))
  if (!isName) fail(parser, 'expected name')
  const span = { start: token.start, end: token.end, at: token.start }
  const property = make(parser, { kind: 'string', value: token.value, span })
  if (parser.error) return missing
  const base = operand.kind === 'chain' ? operand.path : operand
  const called = at(parser, 'Bracket', '(')
  const member = make(parser, {
    kind: 'member',
    base,
    property,
    optional,
    called,
    span: spanFrom(parser, start, token.start),
  })
  if (parser.error) return missing
  const path: Node = called ? parseMethodCall(parser, member, start) : member
  if (operand.kind !== 'chain' && !optional) return path
  return make(parser, { kind: 'chain', path, span: spanFrom(parser, start, token.start) })
}

function parseMethodCall(parser: Parser, callee: Node, start: number): Node {
  const all = parseArguments(parser)
  return make(parser, { kind: 'call', callee, arguments: all, span: spanFrom(parser, start, callee.span.at) })
}

/** `[index]`, `[from:to]` with either end left out. */
function parseIndex(parser: Parser, base: Node, optional: boolean, start: number): Node {
  const bracket = parser.current.start
  const close = (node: Node): Node => {
    expect(parser, 'Bracket', ']')
    return measured(parser, { ...node, span: { start, end: Math.max(parser.previousEnd, bracket), at: bracket } })
  }
  const span = { start, end: bracket, at: bracket }
  advance(parser)
  if (at(parser, 'Operator', ':')) {
    const to = parseSliceEnd(parser)
    const node = make(parser, { kind: 'slice', base, to, span })
    return parser.error ? missing : close(node)
  }
  const from = parser.expression(parser, 0)
  if (at(parser, 'Operator', ':')) {
    const to = parseSliceEnd(parser)
    const node = make(parser, { kind: 'slice', base, from, to, span })
    return parser.error ? missing : close(node)
  }
  const member: Node = { kind: 'member', base, property: from, optional, called: false, span }
  make(parser, member)
  if (parser.error) return missing
  if (!optional) return close(member)
  const chain = make(parser, { kind: 'chain', path: member, span })
  return parser.error ? missing : close(chain)
}

function parseSliceEnd(parser: Parser): Node | undefined {
  advance(parser)
  return at(parser, 'Bracket', ']') ? undefined : parser.expression(parser, 0)
}
