import { loops } from '../builtins/signatures'
import type { Language } from '../language'
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
  mapOfAnyFilter,
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

/** In the order in which they go over the whole tree, by version of the library. */
const loopPasses: Readonly<Record<Language['version'], readonly Rewrite[]>> = {
  '1.17.8': [
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
  ],
  '1.17.7': [mapOfFilter, lengthOfFilter, lastOfFilter, firstOfFilter, twoLoops, sumOfArray, sumOfMap],
  '1.15.5': [mapOfAnyFilter, lengthOfFilter, lastOfFilter, firstOfFilter],
}

/**
 * Upstream's optimizations. They save nothing here, but each of them can be seen: in the text of an error, in whether
 * there is one, or in what counts against the memory budget.
 */
export function optimize(node: Node, { version, line, machine }: Language): Node {
  const fold = foldNode(machine.foldsFilters)
  let current = rewriteTree(node, inLiterals)
  for (let i = 0; i <= mostFolds; i++) {
    const folded = rewriteTree(current, fold)
    if (folded === current) break
    current = folded
  }
  current = rewriteTree(current, inRange)
  if (line === 'expr 1.15') current = rewriteTree(current, constantRange)
  if (hasLoops(current)) for (const pass of loopPasses[version]) current = rewriteTree(current, pass)
  return current
}

/** `1..5` is spelled out beforehand, if it is not too long. */
function constantRange(node: Node): Node {
  if (node.kind !== 'binary' || node.operator !== '..') return node
  const { left, right } = node
  if (left.kind !== 'int' || right.kind !== 'int') return node
  return right.value - left.value + 1n > longestConstant ? node : { ...node, isConstant: true }
}

const longestConstant = 1_000_000n

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
