import { isBuiltin, loops } from '../builtins/signatures'
import type { Node } from './ast'
import { lookup } from './operators'
import { advance, at, expect, fail, make, type Parser, spanFrom } from './state'
import type { Token } from './tokenize'

/** A call by name. `first` holds the left side of a pipe, which is the first argument. */
export function parseCall(parser: Parser, name: Token, first: readonly Node[], start: number): Node {
  const { takesValuesOnly, lacksBuiltins, needsPredicate } = parser.language.syntax
  const loop = takesValuesOnly.includes(name.value) ? undefined : lookup(loops, name.value)
  if (loop) {
    const places = needsPredicate.includes(name.value) ? loop.map((place) => place.replace('?', '')) : loop
    const all = parseLoopArguments(parser, places.slice(first.length), first)
    return make(parser, {
      kind: 'builtin',
      name: name.value,
      arguments: all,
      span: spanFrom(parser, start, name.start),
    })
  }
  const nameSpan = { start: name.start, end: name.end, at: name.start }
  const builtin = isBuiltin(name.value) && !lacksBuiltins.includes(name.value)
  const callee: Node | undefined = builtin
    ? undefined
    : make(parser, { kind: 'name', name: name.value, span: nameSpan })
  const all = parseArguments(parser, first)
  const span = spanFrom(parser, start, name.start)
  if (callee) return make(parser, { kind: 'call', callee, arguments: all, span })
  return make(parser, { kind: 'builtin', name: name.value, arguments: all, span })
}

function parseLoopArguments(parser: Parser, expected: readonly string[], first: readonly Node[]): readonly Node[] {
  expect(parser, 'Bracket', '(')
  const nodes = [...first]
  for (const [i, place] of expected.entries()) {
    if (at(parser, 'Bracket', ')') && (place.endsWith('?') || parser.language.syntax.countsArguments)) {
      if (place.endsWith('?')) break
      fail(parser, `expected at least ${expected.length} arguments`)
    }
    if (i > 0) expect(parser, 'Operator', ',')
    nodes.push(place.startsWith('predicate') ? parsePredicate(parser) : parser.expression(parser, 0))
  }
  if (at(parser, 'Operator', ',') && parser.language.syntax.trailingCommas) advance(parser)
  expect(parser, 'Bracket', ')')
  return nodes
}

export function parseArguments(parser: Parser, first: readonly Node[] = []): readonly Node[] {
  const nodes = [...first]
  expect(parser, 'Bracket', '(')
  while (!at(parser, 'Bracket', ')') && !parser.error) {
    if (nodes.length > first.length) expect(parser, 'Operator', ',')
    if (at(parser, 'Bracket', ')') && parser.language.syntax.trailingCommas) break
    nodes.push(parser.expression(parser, 0))
  }
  expect(parser, 'Bracket', ')')
  return nodes
}

/** `# > 1`, `.name == 'x'`, or several expressions in braces. */
function parsePredicate(parser: Parser): Node {
  const start = parser.current.start
  const braces = at(parser, 'Bracket', '{')
  if (braces) advance(parser)
  parser.predicates += 1
  const body = braces ? parser.sequence(parser) : parser.expression(parser, 0)
  if (!braces && parser.language.syntax.statements && at(parser, 'Operator', ';'))
    fail(parser, 'wrap predicate with brackets { and }')
  parser.predicates -= 1
  if (braces) expect(parser, 'Bracket', '}')
  return make(parser, { kind: 'predicate', body, span: spanFrom(parser, start, start) })
}
