import type { Node } from '../syntax/ast'
import type { GoType } from '../types/goType'
import { natureOf } from '../types/nature'

export type Rewrite = (node: Node) => Node

/** The whole tree rewritten, operands before what uses them. What stays the same is the same object. */
export const rewriteTree = (node: Node, rewrite: Rewrite): Node =>
  rewrite(mapChildren(node, (child) => rewriteTree(child, rewrite)))

function mapAll(nodes: readonly Node[], map: Rewrite): readonly Node[] {
  let changed = false
  const mapped = nodes.map((node) => {
    const next = map(node)
    changed ||= next !== node
    return next
  })
  return changed ? mapped : nodes
}

function mapChildren(node: Node, map: Rewrite): Node {
  switch (node.kind) {
    case 'unary': {
      const operand = map(node.operand)
      return operand === node.operand ? node : { ...node, operand }
    }
    case 'binary': {
      const left = map(node.left)
      const right = map(node.right)
      return left === node.left && right === node.right ? node : { ...node, left, right }
    }
    case 'chain': {
      const path = map(node.path)
      return path === node.path ? node : { ...node, path }
    }
    case 'member': {
      const base = map(node.base)
      const property = map(node.property)
      return base === node.base && property === node.property ? node : { ...node, base, property }
    }
    case 'slice': {
      const base = map(node.base)
      const from = node.from && map(node.from)
      const to = node.to && map(node.to)
      return base === node.base && from === node.from && to === node.to ? node : { ...node, base, from, to }
    }
    case 'builtin': {
      const nodes = mapAll(node.arguments, map)
      return nodes === node.arguments ? node : { ...node, arguments: nodes }
    }
    default:
      return mapOthers(node, map)
  }
}

function mapOthers(node: Node, map: Rewrite): Node {
  switch (node.kind) {
    case 'call': {
      const callee = map(node.callee)
      const nodes = mapAll(node.arguments, map)
      return callee === node.callee && nodes === node.arguments ? node : { ...node, callee, arguments: nodes }
    }
    case 'predicate': {
      const body = map(node.body)
      return body === node.body ? node : { ...node, body }
    }
    case 'let': {
      const [value, body] = mapAll([node.value, node.body], map)
      return value === node.value && body === node.body ? node : { ...node, value: value!, body: body! }
    }
    case 'conditional': {
      const before = [node.condition, node.whenTrue, node.whenFalse]
      const after = mapAll(before, map)
      return after === before ? node : { ...node, condition: after[0]!, whenTrue: after[1]!, whenFalse: after[2]! }
    }
    case 'sequence': {
      const nodes = mapAll(node.nodes, map)
      return nodes === node.nodes ? node : { ...node, nodes }
    }
    case 'array': {
      const items = mapAll(node.items, map)
      return items === node.items ? node : { ...node, items }
    }
    case 'map': {
      const before = node.pairs.flatMap(({ key, value }) => [key, value])
      const after = mapAll(before, map)
      if (after === before) return node
      return { ...node, pairs: node.pairs.map((_, i) => ({ key: after[2 * i]!, value: after[2 * i + 1]! })) }
    }
    default:
      return node
  }
}

/** A node that takes another one's place keeps its place in the text and what was known about the value. */
export function inPlaceOf<T extends Node>(old: Node, fresh: T): T {
  const type = old.nature?.type
  return { ...fresh, span: old.span, nature: type ? natureOf(type) : undefined }
}

export const withType = <T extends Node>(old: Node, fresh: T, type: GoType): T => ({
  ...fresh,
  span: old.span,
  nature: natureOf(type),
})
