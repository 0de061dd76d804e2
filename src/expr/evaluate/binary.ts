import { wrap64 } from '../../go/numbers'
import { fail } from '../failure'
import type { BinaryNode, Node } from '../syntax/ast'
import type { Kind } from '../types/goType'
import { isUnknown, nil } from '../types/nature'
import { add, compares, divide, exponent, modulo, multiply, subtract } from '../values/arithmetic'
import { lookUp } from '../values/keys'
import { toInt } from '../values/numeric'
import {
  assertedName,
  isDict,
  isList,
  isNil,
  isSized,
  isStruct,
  isTime,
  itemsOf,
  rangeList,
  typeName,
  type Value,
} from '../values/value'
import {
  assertBool,
  assertInt,
  assertString,
  deref,
  grow,
  type Machine,
  matches,
  park,
  payString,
  unpark,
} from './machine'
import { evaluateChain } from './member'

export function evaluateBinary(node: BinaryNode, machine: Machine): Value {
  switch (node.operator) {
    case 'and':
    case '&&':
      return assertBool(left(node, machine)) ? right(node, machine) : false
    case 'or':
    case '||':
      return assertBool(left(node, machine)) ? true : right(node, machine)
    case '??': {
      const first = deref(operandOfCoalesce(node.left, machine))
      return isNil(first) ? deref(operandOfCoalesce(node.right, machine)) : first
    }
    default: {
      const one = left(node, machine)
      if (node.operator === 'matches' && node.right.kind === 'string') return matchesLiteral(node.right, one, machine)
      park(machine, one)
      const other = otherOperand(node, machine)
      return apply(node, unpark(machine), other, machine)
    }
  }
}

const left = (node: BinaryNode, machine: Machine): Value => deref(machine.evaluate(node.left, machine))
const right = (node: BinaryNode, machine: Machine): Value => deref(machine.evaluate(node.right, machine))

/** The older library looks at the left side to tell whether the right one may be a pointer. */
function otherOperand(node: BinaryNode, machine: Machine): Value {
  const isEquality = node.operator === '==' || node.operator === '!='
  if (!isEquality || machine.language.machine.followsRightSide) return right(node, machine)
  const nature = node.left.nature ?? nil
  const follows = isUnknown(nature) || nature.type?.kind === 'ptr'
  return follows ? right(node, machine) : machine.evaluate(node.right, machine)
}

/** A chain that `??` looks at keeps a typed nil. */
function operandOfCoalesce(node: Node, machine: Machine): Value {
  if (node.kind !== 'chain') return machine.evaluate(node, machine)
  const value = evaluateChain(node, machine)
  machine.trace?.(node, value, machine.loops.at(-1))
  return value
}

function apply(node: BinaryNode, one: Value, other: Value, machine: Machine): Value {
  switch (node.operator) {
    case '==':
      return equals(node, one, other, machine)
    case '!=':
      return !equals(node, one, other, machine)
    case '<':
    case '>':
    case '<=':
    case '>=':
      return compares(node.operator, one, other)
    case '+':
      if (typeof one === 'string' && typeof other === 'string') payString(machine, one.length + other.length)
      return add(one, other)
    case '-':
      return subtract(one, other)
    case '*':
      return multiply(one, other)
    case '/':
      return divide(one, other)
    case '%':
      return modulo(one, other)
    case '**':
    case '^':
      machine.spend(40)
      return exponent(one, other)
    case '..':
      return range(node, one, other, machine)
    case 'in':
      return contains(one, other, machine)
    default:
      return textOperation(node.operator, one, other, machine)
  }
}

/** Two sides that are known to be ints (or strings) are taken for it, and fail where they are not after all. */
function equals(node: BinaryNode, one: Value, other: Value, machine: Machine): boolean {
  const kind = plainKind(node.left)
  const assumes = node.operator === '==' || machine.language.machine.assumesBothWays
  if (assumes && kind !== undefined && kind === plainKind(node.right)) {
    if (kind === 'int') return assertInt(one) === assertInt(other)
    if (kind === 'string') return assertString(one) === assertString(other)
  }
  return machine.equal(one, other, machine.spend)
}

function plainKind({ nature }: Node): Kind | undefined {
  const type = nature?.type
  return type && type.path === undefined ? type.kind : undefined
}

function range(node: BinaryNode, one: Value, other: Value, machine: Machine): Value {
  const from = toInt(one)
  const size = wrap64(toInt(other) - from + 1n)
  const length = size > 0n ? Number(size) : 0
  if (!node.isConstant) grow(machine, length)
  return rangeList(from, length)
}

/** `needle in list`. */
function contains(needle: Value, list: Value, machine: Machine): boolean {
  if (list === null) return false
  if (isList(list)) {
    for (let i = 0; i < list.length; i++) if (machine.equal(list.at(i), needle, machine.spend)) return true
    return false
  }
  if (isDict(list)) return lookUp(list, needle) !== undefined
  if (!isStruct(list) && !isTime(list)) return fail(`operator "in" not defined on ${typeName(list)}`)
  if (typeof needle !== 'string') return fail(`cannot use ${typeName(needle)} as field name of ${typeName(list)}`)
  return isStruct(list) && Object.hasOwn(list.fields, needle)
}

function matchesLiteral(pattern: Node & { kind: 'string' }, subject: Value, machine: Machine): boolean {
  return isNil(subject) && machine.language.machine.nilHoldsNoText
    ? false
    : matches(machine, machine.evaluate(pattern, machine) as string, textOf(subject, machine))
}

/** Text or bytes to match a pattern against. */
function textOf(subject: Value, machine: Machine): string {
  if (typeof subject === 'string') return subject
  if (!machine.language.machine.matchesBytes) return assertString(subject)
  if (!isList(subject) || subject.type.name !== '[]uint8') {
    return fail(`interface conversion: interface {} is ${assertedName(subject)}, not []uint8`)
  }
  const bytes = itemsOf(subject, machine.spend)
  return bytes.map((byte) => String.fromCharCode(isSized(byte) ? Number(byte.int) : 0)).join('')
}

function textOperation(operator: string, one: Value, other: Value, machine: Machine): boolean {
  if ((isNil(one) || isNil(other)) && machine.language.machine.nilHoldsNoText) return false
  if (operator === 'matches') {
    const pattern = assertString(other)
    return matches(machine, pattern, textOf(one, machine))
  }
  const text = assertString(one)
  const part = assertString(other)
  machine.spend(text.length / 64)
  if (operator === 'contains') return text.includes(part)
  return operator === 'startsWith' ? text.startsWith(part) : text.endsWith(part)
}
