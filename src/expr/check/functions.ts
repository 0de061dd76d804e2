import { type AggregateRule, type PlacesRule, signatures as signaturesByLine, wrongCount } from '../builtins/signatures'
import type { Node } from '../syntax/ast'
import { lookup } from '../syntax/operators'
import {
  anySlice,
  anyType,
  assignable,
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
  const signatures = lookup(signaturesByLine[scope.language.line].overloads, name)
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
  const outcome = outcomeOf(name, types, scope)
  return typeof outcome === 'string' ? refuse(node, outcome) : { nature: natureOf(outcome), arguments: checked }
}

const isOneOf = (kinds: readonly Kind[], type: ArgumentType, { natures }: Scope): boolean =>
  type !== undefined && kinds.includes(natures.reach(natureOf(type)).type!.kind)
const show = (type: ArgumentType): string => type?.name ?? '%!s(<nil>)'
const lists: readonly Kind[] = ['interface', 'slice', 'array']

/** The result's type, or what is wrong. */
function outcomeOf(name: string, types: readonly ArgumentType[], scope: Scope): GoType | string {
  const { oneArgument, aggregates, places } = signaturesByLine[scope.language.line]
  const rule = lookup(oneArgument, name)
  if (rule) {
    if (types.length !== 1) return wrongCount('1', types.length)
    const type = types[0]
    if (!isOneOf(rule.accepts, type, scope)) return rule.refusal.replace('%', () => show(type))
    if (rule.result === 'argument') return type!
    return rule.result === 'element' ? elementOf(type!) : rule.result
  }
  const aggregate = lookup(aggregates, name)
  if (aggregate) return aggregateOutcome(name, aggregate, types, scope)
  const placesRule = lookup(places, name)
  if (placesRule) return placesOutcome(placesRule, types, scope)
  switch (name) {
    case 'concat': {
      if (types.length === 0) return wrongCount('at least 1', 0)
      const wrong = types.findIndex((type) => !isOneOf(lists, type, scope))
      return wrong < 0 ? anySlice : `cannot concat ${show(types[wrong])}`
    }
    case 'take':
      if (types.length !== 2) return wrongCount('2', types.length)
      if (!isOneOf(lists, types[0], scope)) return `cannot take from ${show(types[0])}`
      return isOneOf(signedOrUnknown, types[1], scope) ? types[0]! : `cannot take ${show(types[1])} elements`
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
function aggregateOutcome(
  name: string,
  { numbers, open }: AggregateRule,
  types: readonly ArgumentType[],
  scope: Scope,
): GoType | string {
  if (types.length === 0) return `not enough arguments to call ${name}`
  for (const type of types) {
    if (isOneOf(open, type, scope)) return anyType
    if (!isOneOf(numbers, type, scope)) return `invalid argument for ${name} (type ${show(type)})`
  }
  return types[0]!
}

function placesOutcome(
  { counts, places, result }: PlacesRule,
  types: readonly ArgumentType[],
  scope: Scope,
): GoType | string {
  if (!counts.includes(types.length)) return wrongCount(counts.join(' or '), types.length)
  const wrong = types.findIndex((type, i) => !isOneOf(places[i]!.accepts, type, scope))
  return wrong < 0 ? result : places[wrong]!.refusal(types.map(show))
}

function dateOutcome(types: readonly ArgumentType[]): GoType | string {
  if (types.length < 1) return wrongCount('at least 1', types.length)
  const count = isLocation(types[0]) ? types.length - 1 : types.length
  return count > 3 ? wrongCount('at most 3', count) : timeType
}
