import { compileGoRegex } from '../../go/regex'
import { fail } from '../failure'
import type { Language } from '../language'
import type { BinaryNode, UnaryNode } from '../syntax/ast'
import { anySlice, boolType, durationType, floatType, intSlice, intType, stringType, timeType } from '../types/goType'
import {
  arrayOf,
  assignableTo,
  comparable,
  deref,
  elemOf,
  is,
  isUnknown,
  maybe,
  type Nature,
  natureOf,
  printNature,
  promoted,
  type TypeClass,
  unknown,
} from '../types/nature'
import { keyOf } from './keys'
import { type Checked, refuse, type Scope, typed } from './scope'
import { withoutArguments } from './sprintf'

type Result = Nature | 'promoted'

/** Which operands an operator takes, and what comes out. */
interface OperatorRule {
  readonly pairs: readonly (readonly [left: TypeClass, right: TypeClass, result: Result])[]
  /** Where one side is unknown, the other one must be unknown or of one of these. */
  readonly maybe: readonly TypeClass[]
  readonly maybeResult: Nature
}

const bool = natureOf(boolType)
const float = natureOf(floatType)
const duration = natureOf(durationType)
const time = natureOf(timeType)
const ints = arrayOf(natureOf(intType), anySlice)

const rule = (
  pairs: OperatorRule['pairs'],
  classes: readonly TypeClass[],
  maybeResult: Nature = unknown,
): OperatorRule => ({ pairs, maybe: classes, maybeResult })

const logic = rule([['bool', 'bool', bool]], ['bool'], bool)
const order = rule(
  [
    ['number', 'number', bool],
    ['string', 'string', bool],
    ['time', 'time', bool],
    ['duration', 'duration', bool],
  ],
  ['number', 'string', 'time', 'duration'],
  bool,
)
const text = rule([['string', 'string', bool]], ['string'], bool)
const real = rule([['number', 'number', float]], ['number'], float)

const rules: Readonly<Record<string, OperatorRule>> = {
  or: logic,
  '||': logic,
  and: logic,
  '&&': logic,
  '<': order,
  '>': order,
  '<=': order,
  '>=': order,
  contains: text,
  startsWith: text,
  endsWith: text,
  matches: rule([...text.pairs, ['bytes', 'string', bool]], ['string'], bool),
  '/': real,
  '**': real,
  '^': real,
  '%': rule([['integer', 'integer', natureOf(intType)]], ['integer'], natureOf(intType)),
  '..': rule([['integer', 'integer', ints]], ['integer'], ints),
  '+': rule(
    [
      ['number', 'number', 'promoted'],
      ['string', 'string', natureOf(stringType)],
      ['time', 'duration', time],
      ['duration', 'time', time],
      ['duration', 'duration', duration],
    ],
    ['number', 'string', 'time', 'duration'],
  ),
  '-': rule(
    [
      ['number', 'number', 'promoted'],
      ['time', 'time', duration],
      ['time', 'duration', time],
      ['duration', 'duration', duration],
    ],
    ['number', 'time', 'duration'],
  ),
  '*': rule(
    [
      ['number', 'number', 'promoted'],
      ['number', 'duration', duration],
      ['duration', 'number', duration],
      ['duration', 'duration', duration],
    ],
    ['number', 'duration'],
  ),
}

const intRange = natureOf(intSlice)
const typedRange = rule([['integer', 'integer', intRange]], ['integer'], intRange)

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
  const result = resultOf(checked, deref(left.nature), deref(right.nature), scope.language)
  if (result) return typed(checked, result)
  const [one, other] = [deref(left.nature), deref(right.nature)].map(printNature)
  return refuse(node, `invalid operation: ${node.operator} (mismatched types ${one} and ${other})`)
}

const ruleOf = (operator: string, { hasTypedRanges }: Language): OperatorRule =>
  operator === '..' && hasTypedRanges ? typedRange : rules[operator]!

function resultOf(node: BinaryNode, left: Nature, right: Nature, language: Language): Nature | undefined {
  switch (node.operator) {
    case '==':
    case '!=':
      return comparable(left, right) ? bool : undefined
    case 'in':
      return membership(node, left, right)
    case '??':
      if (left.isNil) return right
      if (right.isNil) return left
      return assignableTo(right, left) ? left : unknown
    default:
      return byRule(ruleOf(node.operator, language), left, right)
  }
}

function byRule({ pairs, maybe: classes, maybeResult }: OperatorRule, left: Nature, right: Nature): Nature | undefined {
  for (const [one, other, result] of pairs) {
    if (is(left, one) && is(right, other)) return result === 'promoted' ? promoted(left, right) : result
  }
  return maybe(left, right, classes) ? maybeResult : undefined
}

function membership(node: BinaryNode, left: Nature, right: Nature): Nature | undefined {
  if ((is(left, 'string') || isUnknown(left)) && is(right, 'struct')) return bool
  if (is(right, 'map')) {
    const key = keyOf(right)
    if (isUnknown(left) || assignableTo(left, key)) return bool
    return refuse(node, `cannot use ${printNature(left)} as type ${printNature(key)} in map key`)
  }
  if (is(right, 'array')) {
    const elem = elemOf(right)
    if (comparable(left, elem)) return bool
    return refuse(node, `cannot use ${printNature(left)} as type ${printNature(elem)} in array`)
  }
  if (isUnknown(left) && is(right, 'string')) return bool
  return isUnknown(right) ? bool : undefined
}

export function checkUnary(node: UnaryNode, scope: Scope): Checked {
  const operand = scope.check(node.operand, scope)
  const nature = deref(operand.nature)
  const checked = { ...node, operand }
  const isLogical = node.operator === 'not' || node.operator === '!'
  if (isLogical && (is(nature, 'bool') || isUnknown(nature))) return typed(checked, bool)
  if (!isLogical && is(nature, 'number')) return typed(checked, nature)
  if (!isLogical && isUnknown(nature)) return typed(checked, unknown)
  return refuse(node, `invalid operation: ${node.operator} (mismatched type ${printNature(nature)})`)
}
