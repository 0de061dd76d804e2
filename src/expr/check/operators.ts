import { compileGoRegex } from '../../go/regex'
import { fail } from '../failure'
import type { BinaryNode, UnaryNode } from '../syntax/ast'
import { boolType } from '../types/goType'
import { assignableTo, deref, isUnknown, type Nature, natureOf, unknown } from '../types/nature'
import { keyOf } from './keys'
import { byRule } from './operatorRules'
import { type Checked, refuse, type Scope, typed } from './scope'
import { withoutArguments } from './sprintf'

const bool = natureOf(boolType)

export function checkBinary(node: BinaryNode, scope: Scope): Checked {
  const left = scope.check(node.left, scope)
  const right = scope.check(node.right, scope)
  const checked = { ...node, left, right }
  if (node.operator === 'matches' && node.right.kind === 'string') {
    const reading = compileGoRegex(node.right.value)
    if ('problem' in reading) return refuse(node, withoutArguments(reading.problem))
    scope.regexes.effortLeft -= reading.regex.effort
    if (scope.regexes.effortLeft < 0) fail('patterns are too large together', 'budget', node.span.at)
  }
  const result = resultOf(checked, deref(left.nature), deref(right.nature), scope)
  if (result) return typed(checked, result)
  const [one, other] = [deref(left.nature), deref(right.nature)].map(scope.natures.print)
  return refuse(node, `invalid operation: ${node.operator} (mismatched types ${one} and ${other})`)
}

function resultOf(node: BinaryNode, left: Nature, right: Nature, scope: Scope): Nature | undefined {
  switch (node.operator) {
    case '==':
    case '!=':
      return scope.natures.comparable(left, right) ? bool : undefined
    case 'in':
      return membership(node, left, right, scope)
    case '??':
      if (left.isNil) return scope.natures.bare(right)
      return right.isNil ? scope.natures.bare(left) : scope.natures.orElse(left, right)
    default:
      return byRule(scope.language.line, node.operator, left, right)
  }
}

function membership(node: BinaryNode, left: Nature, right: Nature, { natures }: Scope): Nature | undefined {
  const { is, print } = natures
  if ((is(left, 'string') || isUnknown(left)) && is(right, 'struct')) return bool
  if (is(right, 'map')) {
    const key = keyOf(right)
    if ((left.isNil && natures.nilIsKey) || isUnknown(left) || assignableTo(left, key)) return bool
    return refuse(node, `cannot use ${print(left)} as type ${print(key)} in map key`)
  }
  if (is(right, 'array')) {
    // Here the elements of an array literal count, even where they are unknown everywhere else.
    for (const elem of [natures.elemOf(right), right.inner ?? unknown]) {
      if (!natures.comparable(left, elem)) {
        return refuse(node, `cannot use ${print(left)} as type ${print(elem)} in array`)
      }
    }
    return bool
  }
  if (isUnknown(left) && is(right, 'string')) return bool
  return isUnknown(right) ? bool : undefined
}

export function checkUnary(node: UnaryNode, scope: Scope): Checked {
  const { is, print } = scope.natures
  const operand = scope.check(node.operand, scope)
  const nature = deref(operand.nature)
  const checked = { ...node, operand }
  const isLogical = node.operator === 'not' || node.operator === '!'
  if (isLogical && (is(nature, 'bool') || isUnknown(nature))) return typed(checked, bool)
  if (!isLogical && is(nature, 'number')) return typed(checked, nature)
  if (!isLogical && isUnknown(nature)) return typed(checked, unknown)
  return refuse(node, `invalid operation: ${node.operator} (mismatched type ${print(nature)})`)
}
