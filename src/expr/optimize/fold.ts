import { wrap64 } from '../../go/numbers'
import { power } from '../../go/power'
import { fail } from '../failure'
import type { BinaryNode, BoolNode, FloatNode, IntNode, Node, StringNode, UnaryNode } from '../syntax/ast'
import { anySlice, boolType, floatType, intType, stringType } from '../types/goType'
import { inPlaceOf, type Rewrite, withType } from './rewrite'

type Literal = IntNode | FloatNode | StringNode | BoolNode

const isLiteral = (node: Node): node is Literal =>
  node.kind === 'int' || node.kind === 'float' || node.kind === 'string' || node.kind === 'bool'

const int = (old: Node, value: bigint): Node =>
  withType(old, { kind: 'int', value: wrap64(value), span: old.span }, intType)
const float = (old: Node, value: number): Node => withType(old, { kind: 'float', value, span: old.span }, floatType)
const bool = (old: Node, value: boolean): Node => withType(old, { kind: 'bool', value, span: old.span }, boolType)
const text = (old: Node, value: string): Node => withType(old, { kind: 'string', value, span: old.span }, stringType)

/** Computes what is known already. This is visible: `1 % 0` fails even where it would never be evaluated. */
export const foldNode =
  (foldsFilters: boolean): Rewrite =>
  (node) => {
    switch (node.kind) {
      case 'unary':
        return foldUnary(node)
      case 'binary':
        return foldBinary(node)
      case 'array':
        return node.items.length > 0 && node.items.every(isLiteral)
          ? withType(node, { kind: 'constant', items: node.items, span: node.span }, anySlice)
          : node
      case 'builtin': {
        const inner = node.arguments[0]
        if (node.name !== 'filter' || inner?.kind !== 'builtin' || inner.name !== 'filter') return node
        const [list, first] = inner.arguments
        const second = node.arguments[1]
        if (!list || first?.kind !== 'predicate' || second?.kind !== 'predicate') return node
        const both: Node = {
          kind: 'binary',
          operator: '&&',
          left: foldsFilters ? first.body : first,
          right: foldsFilters ? second.body : second,
          span: second.span,
        }
        return inPlaceOf(node, { ...node, arguments: [list, { kind: 'predicate', body: both, span: second.span }] })
      }
      default:
        return node
    }
  }

function foldUnary(node: UnaryNode): Node {
  const { operator, operand } = node
  if (operator === '-' && operand.kind === 'int') return int(node, -operand.value)
  if (operator === '-' && operand.kind === 'float') return float(node, -operand.value)
  if (operator === '+' && operand.kind === 'int') return int(node, operand.value)
  if (operator === '+' && operand.kind === 'float') return float(node, operand.value)
  const logical = operator === 'not' || operator === '!'
  return logical && operand.kind === 'bool' ? bool(node, !operand.value) : node
}

function foldBinary(node: BinaryNode): Node {
  const { operator, left, right } = node
  switch (operator) {
    case 'and':
    case '&&':
      return foldLogical(node, true)
    case 'or':
    case '||':
      return foldLogical(node, false)
    case '==':
      if (left.kind !== right.kind || !isLiteral(left) || !isLiteral(right) || left.kind === 'float') return node
      return bool(node, left.value === right.value)
    default: {
      if (left.kind === 'string' && right.kind === 'string') {
        return operator === '+' ? text(node, left.value + right.value) : node
      }
      const bothInt = left.kind === 'int' && right.kind === 'int'
      if (bothInt) return foldIntegers(node, left.value, right.value)
      const numbers = (left.kind === 'int' || left.kind === 'float') && (right.kind === 'int' || right.kind === 'float')
      return numbers ? foldFloats(node, Number(left.value), Number(right.value)) : node
    }
  }
}

function foldIntegers(node: BinaryNode, left: bigint, right: bigint): Node {
  switch (node.operator) {
    case '+':
      return int(node, left + right)
    case '-':
      return int(node, left - right)
    case '*':
      return int(node, left * right)
    case '%':
      return right === 0n ? fail('integer divide by zero', 'type', node.span.at) : int(node, left % right)
    case '/':
    case '**':
    case '^':
      return foldFloats(node, Number(left), Number(right))
    default:
      return node
  }
}

function foldFloats(node: BinaryNode, left: number, right: number): Node {
  switch (node.operator) {
    case '+':
      return float(node, left + right)
    case '-':
      return float(node, left - right)
    case '*':
      return float(node, left * right)
    case '/':
      return float(node, left / right)
    case '**':
    case '^':
      return float(node, power(left, right))
    default:
      return node
  }
}

/** `true and x` is x, `x and false` is false; the other way round for `or`. */
function foldLogical(node: BinaryNode, neutral: boolean): Node {
  const { left, right } = node
  if (left.kind === 'bool' && left.value === neutral) return inPlaceOf(node, right)
  if (right.kind === 'bool' && right.value === neutral) return inPlaceOf(node, left)
  return left.kind === 'bool' || right.kind === 'bool' ? bool(node, !neutral) : node
}
