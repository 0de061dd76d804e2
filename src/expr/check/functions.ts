import { aggregateKinds, aggregates, oneArgument, overloads } from '../builtins/signatures'
import type { Node } from '../syntax/ast'
import {
  anySlice,
  anyType,
  assignable,
  dereferenced,
  funcOf,
  type GoType,
  type Kind,
  locationPointer,
  timeType,
} from '../types/goType'
import { isUnknown, type Nature, natureOf } from '../types/nature'
import { checkArguments, type Misfit } from './arguments'
import { refuse, type Scope } from './scope'

export interface FunctionCheck {
  readonly nature: Nature
  readonly arguments: readonly Node[]
  /** The overload that fits, where there are overloads. */
  readonly signature?: GoType
}

/** Checks a call of a builtin function. */
export function checkFunction(name: string, node: Node, given: readonly Node[], scope: Scope): FunctionCheck {
  const signatures = Object.hasOwn(overloads, name) ? overloads[name]! : undefined
  if (!signatures) return checkByRule(name, node, given, scope)
  let last: Misfit | undefined
  for (const signature of signatures) {
    const fit = checkArguments(name, signature, given, node, scope)
    if (!('misfit' in fit)) return { nature: fit.result, arguments: fit.arguments, signature: funcOf(signature) }
    last = fit.misfit
  }
  return refuse({ ...node, span: { ...node.span, at: last!.at } }, last!.message)
}

/** The type of an argument: undefined for nil. */
type ArgumentType = GoType | undefined

function checkByRule(name: string, node: Node, given: readonly Node[], scope: Scope): FunctionCheck {
  const checked = given.map((argument) => scope.check(argument, scope))
  const types = checked.map(({ nature }): ArgumentType => (isUnknown(nature) ? anyType : nature.type))
  const outcome = outcomeOf(name, types)
  return typeof outcome === 'string' ? refuse(node, outcome) : { nature: natureOf(outcome), arguments: checked }
}

const kindOf = (type: ArgumentType): Kind | undefined => type && dereferenced(type).kind
const isOneOf = (kinds: readonly Kind[], type: ArgumentType): boolean => {
  const kind = kindOf(type)
  return kind !== undefined && kinds.includes(kind)
}
const show = (type: ArgumentType): string => type?.name ?? '%!s(<nil>)'
const wrongCount = (expected: string, got: number): string =>
  `invalid number of arguments (expected ${expected}, got ${got})`
const lists: readonly Kind[] = ['interface', 'slice', 'array']

/** The result's type, or what is wrong. */
function outcomeOf(name: string, types: readonly ArgumentType[]): GoType | string {
  const rule = Object.hasOwn(oneArgument, name) ? oneArgument[name] : undefined
  if (rule) {
    if (types.length !== 1) return wrongCount('1', types.length)
    const type = types[0]
    if (!isOneOf(rule.accepts, type)) return rule.refusal.replace('%', () => show(type))
    if (rule.result === 'argument') return type!
    return rule.result === 'element' ? elementOf(type!) : rule.result
  }
  if (aggregates.includes(name)) return aggregateOutcome(name, types)
  switch (name) {
    case 'concat': {
      if (types.length === 0) return wrongCount('at least 1', 0)
      const wrong = types.findIndex((type) => !isOneOf(lists, type))
      return wrong < 0 ? anySlice : `cannot concat ${show(types[wrong])}`
    }
    case 'take':
      if (types.length !== 2) return wrongCount('2', types.length)
      if (!isOneOf(lists, types[0])) return `cannot take from ${show(types[0])}`
      return isOneOf(signedOrUnknown, types[1]) ? types[0]! : `cannot take ${show(types[1])} elements`
    case 'now':
      return types.length === 0 || (types.length === 1 && isLocation(types[0]))
        ? timeType
        : wrongCount('0', types.length)
    default:
      return dateOutcome(types)
  }
}

const signedOrUnknown: readonly Kind[] = ['interface', 'int', 'int8', 'int16', 'int32', 'int64']
const isLocation = (type: ArgumentType): boolean => type !== undefined && assignable(type, locationPointer)

const elementOf = (type: GoType): GoType => (type.kind === 'interface' ? anyType : type.elem!)

/** The first argument that is or may be a list leaves the result open; those before it must be numbers. */
function aggregateOutcome(name: string, types: readonly ArgumentType[]): GoType | string {
  if (types.length === 0) return `not enough arguments to call ${name}`
  for (const type of types) {
    if (isOneOf(aggregateKinds.unknown, type)) return anyType
    if (!isOneOf(aggregateKinds.numbers, type)) return `invalid argument for ${name} (type ${show(type)})`
  }
  return types[0]!
}

function dateOutcome(types: readonly ArgumentType[]): GoType | string {
  if (types.length < 1) return wrongCount('at least 1', types.length)
  const count = isLocation(types[0]) ? types.length - 1 : types.length
  return count > 3 ? wrongCount('at most 3', count) : timeType
}
