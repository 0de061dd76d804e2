import { formatGeneral } from '../../go/printNumber'
import type { Node } from '../syntax/ast'
import { childrenOf } from '../syntax/children'

/**
 * Whether two expressions are written alike, which is how upstream tells that two loops run over the same array. Chains
 * look like their paths, and what the optimizer added to a loop cannot be seen.
 */
export function writtenAlike(one: Node, other: Node): boolean {
  if (one.kind === 'chain') return writtenAlike(one.path, other)
  if (other.kind === 'chain') return writtenAlike(one, other.path)
  if (one.kind === 'predicate') return writtenAlike(one.body, other)
  if (other.kind === 'predicate') return writtenAlike(one, other.body)
  const numbers = (one.kind === 'int' || one.kind === 'float') && (other.kind === 'int' || other.kind === 'float')
  if (numbers) return number(one.value) === number(other.value)
  if (one.kind !== other.kind || label(one) !== label(other)) return false
  const left = visible(one)
  const right = visible(other)
  return left.length === right.length && left.every((child, i) => writtenAlike(child, right[i]!))
}

const number = (value: bigint | number): string => (typeof value === 'bigint' ? String(value) : formatGeneral(value))

const visible = (node: Node): readonly Node[] =>
  node.kind === 'builtin' ? node.arguments : node.kind === 'constant' ? node.items : childrenOf(node)

/** What a node shows besides its children. */
function label(node: Node): string {
  switch (node.kind) {
    case 'name':
    case 'pointer':
    case 'builtin':
    case 'let':
      return node.name
    case 'unary':
    case 'binary':
      return node.operator
    case 'string':
    case 'bool':
      return String(node.value)
    case 'bytes':
      return node.bytes
    case 'member':
      return String(node.optional)
    case 'slice':
      return `${node.from !== undefined} ${node.to !== undefined}`
    case 'conditional':
      return String(node.ternary)
    default:
      return ''
  }
}
