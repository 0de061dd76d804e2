import { loops } from '../builtins/signatures'
import type { BinaryNode, Node } from '../syntax/ast'
import { childrenOf } from '../syntax/children'
import { type GoType, intType, stringType } from '../types/goType'
import { foldNode } from './fold'
import {
  countThreshold,
  countToAny,
  firstOfFilter,
  lastOfFilter,
  lengthOfFilter,
  mapOfFilter,
  sumOfArray,
  sumOfMap,
  sumOfRange,
  twoLoops,
} from './loops'
import { inPlaceOf, type Rewrite, rewriteTree } from './rewrite'

const mostFolds = 1000

const hasLoops = (node: Node): boolean =>
  (node.kind === 'builtin' && Object.hasOwn(loops, node.name)) || childrenOf(node).some(hasLoops)

/** In this order; each goes over the whole tree. */
const loopPasses: readonly Rewrite[] = [
  mapOfFilter,
  lengthOfFilter,
  lastOfFilter,
  firstOfFilter,
  twoLoops,
  sumOfRange,
  sumOfArray,
  sumOfMap,
  countToAny,
  countThreshold,
]

/**
 * Upstream's optimizations. They save nothing here, but each of them can be seen: in the text of an error, in whether there is
 * one, or in what counts against the memory budget.
 */
export function optimize(node: Node): Node {
  let current = rewriteTree(node, inLiterals)
  for (let i = 0; i <= mostFolds; i++) {
    const folded = rewriteTree(current, foldNode)
    if (folded === current) break
    current = folded
  }
  current = rewriteTree(current, inRange)
  if (hasLoops(current)) for (const pass of loopPasses) current = rewriteTree(current, pass)
  return current
}

const isInt = (node: Node): boolean => node.nature?.type?.kind === 'int'

/** `x in ['a', 'b']` looks into a set, where x must be of the set's type. */
function inLiterals(node: Node): Node {
  if (node.kind !== 'binary' || node.operator !== 'in' || node.right.kind !== 'array') return node
  const { items } = node.right
  if (items.length === 0) return node
  if (isInt(node.left) && items.every((item) => item.kind === 'int')) return inSet(node, intType)
  return items.every((item) => item.kind === 'string') ? inSet(node, stringType) : node
}

function inSet(node: BinaryNode, setOf: GoType): Node {
  const items = node.right.kind === 'array' ? node.right.items : []
  const literals = items.filter((item) => item.kind === 'int' || item.kind === 'string')
  return { ...node, right: { kind: 'constant', items: literals, setOf, span: node.right.span } }
}

/** `x in 1..5` is `x >= 1 and x <= 5`, where x is known to be an int. */
function inRange(node: Node): Node {
  if (node.kind !== 'binary' || node.operator !== 'in' || !isInt(node.left)) return node
  const { left, right } = node
  if (right.kind !== 'binary' || right.operator !== '..' || right.left.kind !== 'int' || right.right.kind !== 'int') {
    return node
  }
  const compare = (operator: string, bound: Node): BinaryNode => ({
    kind: 'binary',
    operator,
    left,
    right: bound,
    span: node.span,
  })
  const both = { left: compare('>=', right.left), right: compare('<=', right.right) }
  return inPlaceOf(node, { kind: 'binary', operator: 'and', ...both, span: node.span })
}
