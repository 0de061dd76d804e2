import type { Node } from './ast'

/** The direct sub-expressions of a node, in the order of evaluation. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'unary':
      return [node.operand]
    case 'binary':
      return [node.left, node.right]
    case 'chain':
      return [node.path]
    case 'member':
      return [node.base, node.property]
    case 'slice':
      return [node.base, ...(node.to ? [node.to] : []), ...(node.from ? [node.from] : [])]
    case 'call':
      return [...node.arguments, node.callee]
    case 'builtin':
      return node.loop?.mapped ? [...node.arguments, node.loop.mapped] : node.arguments
    case 'predicate':
      return [node.body]
    case 'let':
      return [node.value, node.body]
    case 'sequence':
      return node.nodes
    case 'conditional':
      return [node.condition, node.whenTrue, node.whenFalse]
    case 'array':
      return node.items
    case 'map':
      return node.pairs.flatMap(({ key, value }) => [key, value])
    default:
      return []
  }
}
