import type { Language } from '../language'
import type { Node, Span } from './ast'
import { childrenOf } from './children'
import { describeToken, scanToken, type Token, type TokenKind } from './tokenize'

export interface SyntaxFailure {
  readonly message: string
  readonly at: number
}

/** The parser's place in the text. */
export interface Parser {
  readonly text: string
  readonly limits: SyntaxLimits
  readonly language: Language
  current: Token
  /** End of the token before `current`. */
  previousEnd: number
  error: SyntaxFailure | undefined
  /** A token that was read ahead and put back. */
  stash: Token | undefined
  scanned: Token | undefined
  lexicalError: SyntaxFailure | undefined
  /** Predicates around the current place; `#` means something inside one only. */
  predicates: number
  nesting: number
  nodeCount: number
  readonly depths: Map<Node, number>
  /** The two entries of the grammar, so that its parts need not import each other. */
  readonly expression: (parser: Parser, precedence: number) => Node
  readonly sequence: (parser: Parser) => Node
}

export interface SyntaxLimits {
  /** Nodes of the tree; upstream's number. */
  readonly nodes: number
  /** Levels of nesting, of brackets as well as of the tree. Ours: upstream has none. */
  readonly depth: number
}

export const fail = (parser: Parser, message: string, at = parser.current.start): void => {
  parser.error ??= { message, at }
}

export const unexpected = (parser: Parser): void => fail(parser, `unexpected token ${describeToken(parser.current)}`)

/** Goes on to the next token. An error in the text's spelling replaces whatever was found before it. */
export function advance(parser: Parser): void {
  parser.previousEnd = parser.current.end
  if (parser.stash) {
    parser.current = parser.stash
    parser.stash = undefined
    return
  }
  if (parser.lexicalError) {
    parser.error = parser.lexicalError
    return
  }
  if (parser.scanned?.kind === 'EOF') {
    fail(parser, 'unexpected end of expression')
    return
  }
  const scan = scanToken(parser.text, parser.scanned?.end ?? 0, parser.scanned, parser.language.syntax)
  if ('error' in scan) {
    parser.lexicalError = scan.error
    parser.error = scan.error
    return
  }
  parser.scanned = scan.token
  parser.current = scan.token
}

export const at = ({ current }: Parser, kind: TokenKind, value?: string): boolean =>
  current.kind === kind && (value === undefined || current.value === value)

export function expect(parser: Parser, kind: TokenKind, value?: string): void {
  if (at(parser, kind, value)) advance(parser)
  else unexpected(parser)
}

/** Counts a node and checks the limits; every node of the tree comes through here. */
export function make<T extends Node>(parser: Parser, node: T): T {
  countNode(parser)
  return measured(parser, node)
}

export function countNode(parser: Parser): void {
  parser.nodeCount += 1
  if (parser.language.syntax.limitsNodes && parser.nodeCount > parser.limits.nodes) {
    fail(parser, 'compilation failed: expression exceeds maximum allowed nodes')
  }
}

/** Remembers how deep a node is. */
export function measured<T extends Node>(parser: Parser, node: T): T {
  let depth = 0
  for (const child of childrenOf(node)) depth = Math.max(depth, parser.depths.get(child) ?? 0)
  parser.depths.set(node, depth + 1)
  if (depth >= parser.limits.depth) tooDeep(parser)
  return node
}

export const tooDeep = (parser: Parser): void =>
  fail(parser, `expression is nested too deeply (more than ${parser.limits.depth} levels)`)

/** Span from `start` to the end of the last token that was read. */
export const spanFrom = (parser: Parser, start: number, where: number): Span => ({
  start,
  end: Math.max(parser.previousEnd, where),
  at: where,
})

/** Stands where a node is missing because of an error. */
export const missing: Node = { kind: 'nil', span: { start: 0, end: 0, at: 0 } }
