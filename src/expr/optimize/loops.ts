import { wrap64 } from '../../go/numbers'
import type { BinaryNode, BuiltinNode, Node, PredicateNode } from '../syntax/ast'
import { childrenOf } from '../syntax/children'
import { logical } from '../syntax/operators'
import { intType } from '../types/goType'
import { inPlaceOf, type Rewrite, withType } from './rewrite'
import { writtenAlike } from './same'

const builtin = (node: Node | undefined, name: string, count: number): BuiltinNode | undefined =>
  node?.kind === 'builtin' && node.name === name && node.arguments.length === count ? node : undefined

const hasIndex = (node: Node): boolean =>
  (node.kind === 'pointer' && node.name === 'index') || childrenOf(node).some(hasIndex)

/** `map(filter(xs, p), f)`: one loop. An error of f then comes before one of p for a later element. */
export const mapOfFilter: Rewrite = (node) => {
  const predicate = builtin(node, 'map', 2)?.arguments[1]
  return predicate && hasIndex(predicate) ? node : mapOfAnyFilter(node)
}

/** The same, also where f asks for `#index`: that is then an index among what was filtered. */
export const mapOfAnyFilter: Rewrite = (node) => {
  const map = builtin(node, 'map', 2)
  const predicate = map?.arguments[1]
  const filter = map?.arguments[0]
  if (predicate?.kind !== 'predicate') return node
  if (filter?.kind !== 'builtin' || filter.name !== 'filter' || filter.loop?.mapped) return node
  return inPlaceOf(node, { ...filter, loop: { mapped: predicate.body } })
}

/** `len(filter(xs, p))`: count. */
export function lengthOfFilter(node: Node): Node {
  const filter = builtin(builtin(node, 'len', 1)?.arguments[0], 'filter', 2)
  return filter
    ? inPlaceOf(node, { kind: 'builtin', name: 'count', arguments: filter.arguments, span: node.span })
    : node
}

const ends = [
  { index: 0n, builtin: 'first', find: 'find' },
  { index: -1n, builtin: 'last', find: 'findLast' },
] as const

/** `filter(xs, p)[0]` and `first(filter(xs, p))`: find. */
const endOfFilter =
  (end: (typeof ends)[number]) =>
  (node: Node): Node => {
    const find = (filter: BuiltinNode, throws: boolean): Node => {
      const loop = { throws, mapped: filter.loop?.mapped }
      return inPlaceOf(node, { kind: 'builtin', name: end.find, arguments: filter.arguments, loop, span: node.span })
    }
    const isIndex = node.kind === 'member' && node.property.kind === 'int' && node.property.value === end.index
    const indexed = isIndex && !node.optional ? builtin(node.base, 'filter', 2) : undefined
    if (indexed) return find(indexed, true)
    const filter = builtin(builtin(node, end.builtin, 1)?.arguments[0], 'filter', 2)
    return filter ? find(filter, false) : node
  }

export const lastOfFilter = endOfFilter(ends[1])
export const firstOfFilter = endOfFilter(ends[0])

/** What two loops over the same array become: `all(xs, p) && all(xs, q)` is `all(xs, p && q)`. */
function combined(loop: string, operator: string): string | undefined {
  const isAnd = operator === 'and' || operator === '&&'
  if (loop === 'all' && isAnd) return operator
  if (loop === 'any' && !isAnd) return operator
  if (loop === 'none' && isAnd) return operator === 'and' ? 'or' : '||'
  return undefined
}

export function twoLoops(node: Node): Node {
  if (node.kind !== 'binary' || !logical.includes(node.operator)) return node
  const { left, right } = node
  if (left.kind !== 'builtin' || right.kind !== 'builtin' || left.name !== right.name) return node
  const operator = combined(left.name, node.operator)
  const [list, first] = left.arguments
  const [otherList, second] = right.arguments
  if (!operator || !list || !otherList || first?.kind !== 'predicate' || second?.kind !== 'predicate') return node
  if (list.nature?.type?.name !== otherList.nature?.type?.name || !writtenAlike(list, otherList)) return node
  const both: BinaryNode = { kind: 'binary', operator, left: first.body, right: second.body, span: node.span }
  const body = twoLoops(both)
  const predicate: PredicateNode = { kind: 'predicate', body, span: node.span }
  return inPlaceOf(node, { kind: 'builtin', name: left.name, arguments: [list, predicate], span: node.span })
}

interface Series {
  readonly sum: bigint
  readonly count: bigint
}

/** Sum of a range of literals, computed at once. */
function seriesOf(node: Node | undefined): Series | undefined {
  if (node?.kind !== 'binary' || node.operator !== '..') return undefined
  const { left, right } = node
  if (left.kind !== 'int' || right.kind !== 'int' || right.value < left.value) return undefined
  const count = wrap64(right.value - left.value + 1n)
  return { count, sum: wrap64(count * wrap64(left.value + right.value)) / 2n }
}

/** `sum(1..9)`, `sum(1..9, # * 2)`, `reduce(1..9, #acc + #)`. */
export function sumOfRange(node: Node): Node {
  if (node.kind !== 'builtin' || (node.name !== 'sum' && node.name !== 'reduce')) return node
  const [range, predicate, initial] = node.arguments
  const series = seriesOf(range)
  if (!series) return node
  const value = node.name === 'sum' ? sumValue(series, predicate) : reduceValue(series, predicate, initial)
  return value === undefined ? node : withType(node, { kind: 'int', value: wrap64(value), span: node.span }, intType)
}

const isPointer = (node: Node, name: string): boolean => node.kind === 'pointer' && node.name === name

function sumValue({ sum, count }: Series, predicate: Node | undefined): bigint | undefined {
  if (predicate === undefined) return sum
  if (predicate.kind !== 'predicate') return undefined
  const { body } = predicate
  if (isPointer(body, '')) return sum
  if (body.kind !== 'binary') return undefined
  const pointerLeft = isPointer(body.left, '')
  const literal = pointerLeft ? body.right : body.left
  if (literal.kind !== 'int' || !(pointerLeft || isPointer(body.right, ''))) return undefined
  switch (body.operator) {
    case '*':
      return literal.value * sum
    case '+':
      return sum + count * literal.value
    case '-':
      return pointerLeft ? sum - count * literal.value : count * literal.value - sum
    default:
      return undefined
  }
}

function reduceValue({ sum }: Series, predicate: Node | undefined, initial: Node | undefined): bigint | undefined {
  if (predicate?.kind !== 'predicate') return undefined
  const { body } = predicate
  if (body.kind !== 'binary' || body.operator !== '+') return undefined
  const forward = isPointer(body.left, '') && isPointer(body.right, 'acc')
  const backward = isPointer(body.left, 'acc') && isPointer(body.right, '')
  if (!forward && !backward) return undefined
  if (initial === undefined) return sum
  return initial.kind === 'int' ? initial.value + sum : undefined
}

/** `sum([a, b, c])`: `a + (b + c)`. */
export function sumOfArray(node: Node): Node {
  const array = builtin(node, 'sum', 1)?.arguments[0]
  if (array?.kind !== 'array' || array.items.length < 2) return node
  const sum = array.items.reduceRight(
    (right, left): Node => ({ kind: 'binary', operator: '+', left, right, span: node.span }),
  )
  return inPlaceOf(node, sum)
}

/** `sum(map(xs, f))`: `sum(xs, f)`. */
export function sumOfMap(node: Node): Node {
  const map = builtin(builtin(node, 'sum', 1)?.arguments[0], 'map', 2)
  return map ? inPlaceOf(node, { kind: 'builtin', name: 'sum', arguments: map.arguments, span: node.span }) : node
}

/** `count(xs, p) > 0`: any. */
export function countToAny(node: Node): Node {
  const count = node.kind === 'binary' ? builtin(node.left, 'count', 2) : undefined
  if (node.kind !== 'binary' || !count || node.right.kind !== 'int') return node
  const { operator, right } = node
  const some = (operator === '>' && right.value === 0n) || (operator === '>=' && right.value === 1n)
  return some ? inPlaceOf(node, { kind: 'builtin', name: 'any', arguments: count.arguments, span: node.span }) : node
}

/** `count(xs, p) > 2` need not count further than 3. */
export function countThreshold(node: Node): Node {
  const count = node.kind === 'binary' ? builtin(node.left, 'count', 2) : undefined
  if (node.kind !== 'binary' || !count || node.right.kind !== 'int' || node.right.value < 0n) return node
  const more = node.operator === '>' || node.operator === '<=' ? 1n : 0n
  const bounded = ['>', '>=', '<', '<='].includes(node.operator)
  const threshold = wrap64(node.right.value + more)
  return bounded && threshold > 1n ? { ...node, left: { ...count, loop: { ...count.loop, threshold } } } : node
}
