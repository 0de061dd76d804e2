import { loops } from '../builtins/signatures'
import type { BuiltinNode, Node } from '../syntax/ast'
import { anySlice, boolType, groupMap, intType } from '../types/goType'
import { assignableTo, is, isUnknown, type Nature, natureOf, nil, unknown } from '../types/nature'
import type { NatureRules } from '../types/natureRules'
import { checkFunction } from './functions'
import { keyOf } from './keys'
import { isEnvironment } from './members'
import { type Checked, type PredicateScope, refuse, type Scope, typed } from './scope'

export function checkBuiltin(node: BuiltinNode, scope: Scope): Checked {
  const isLoop = Object.hasOwn(loops, node.name) && !scope.language.syntax.takesValuesOnly.includes(node.name)
  if (isLoop) return checkLoop(node, scope)
  return node.name === 'get' ? checkGet(node, scope) : checkPlain(node, scope)
}

function checkPlain(node: BuiltinNode, scope: Scope): Checked {
  const result = checkFunction(node.name, node, node.arguments, scope)
  return typed({ ...node, arguments: result.arguments }, result.nature)
}

const int = natureOf(intType)
const bool = natureOf(boolType)

/** Loops whose predicate must be a boolean. */
const tests: readonly string[] = [
  'all',
  'none',
  'any',
  'one',
  'filter',
  'count',
  'find',
  'findLast',
  'findIndex',
  'findLastIndex',
]

function checkLoop(node: BuiltinNode, scope: Scope): Checked {
  const [list, predicate, extra] = node.arguments
  const checkedList = scope.check(list!, scope)
  const { is, print, reach } = scope.natures
  const collection = reach(checkedList.nature)
  if (!is(collection, 'array') && !isUnknown(collection)) {
    refuse(list!, `builtin ${node.name} takes only array (got ${print(collection)})`)
  }
  const withList = { ...node, arguments: [checkedList] }
  if (!predicate)
    return typed(
      withList,
      node.name === 'count' ? int : isUnknown(collection) ? unknown : scope.natures.elemOf(collection),
    )
  const inside = { collection, variables: variablesOf(node.name) }
  const body = scope.check(predicate, { ...scope, predicates: [...scope.predicates, inside] })
  const checkedExtra = extra && checkExtra(node.name, extra, scope)
  const output = body.nature.type?.signature?.outputs[0]
  if (!output) {
    // `sum` alone then tries its typed form, and complains about that one.
    if (node.name === 'sum') return checkPlain(node, scope)
    refuse(predicate, `predicate should has ${node.name === 'reduce' ? 'two' : 'one'} input and one output param`)
  }
  const result = natureOf(output!)
  if (tests.includes(node.name) && !is(result, 'bool') && !isUnknown(result)) {
    refuse(predicate, `predicate should return boolean (got ${print(result)})`)
  }
  const all = [checkedList, body, ...(checkedExtra ? [checkedExtra] : [])]
  return typed(
    { ...node, arguments: all },
    loopNature(node.name, collection, result, body.nature.inner ?? unknown, scope.natures),
  )
}

function variablesOf(name: string): PredicateScope['variables'] {
  if (name === 'map') return [{ name: 'index', nature: int }]
  if (name !== 'reduce') return []
  return [
    { name: 'index', nature: int },
    { name: 'acc', nature: unknown },
  ]
}

function checkExtra(name: string, extra: Node, scope: Scope): Checked {
  const checked = scope.check(extra, scope)
  const isOrder = name === 'sortBy' && scope.language.checksSortOrder
  if (isOrder && !is(checked.nature, 'string') && !isUnknown(checked.nature)) {
    refuse(extra, `sortBy order argument must be a string (got ${scope.natures.print(checked.nature)})`)
  }
  return checked
}

function loopNature(name: string, collection: Nature, result: Nature, inner: Nature, natures: NatureRules): Nature {
  switch (name) {
    case 'all':
    case 'none':
    case 'any':
    case 'one':
      return bool
    case 'filter':
      return isUnknown(collection) ? natureOf(anySlice) : natures.listOf(natures.elemOf(collection))
    case 'map':
      return natures.listOf(inner)
    case 'sum':
      return result
    case 'find':
    case 'findLast':
      return isUnknown(collection) ? unknown : natures.elemOf(collection)
    case 'groupBy':
      return natureOf(groupMap)
    case 'sortBy':
      return collection
    case 'reduce':
      return natures.bare(inner)
    default:
      return int
  }
}

/** `get(xs, i)` is `xs[i]`, nil if there is none. */
function checkGet(node: BuiltinNode, scope: Scope): Checked {
  const { natures } = scope
  const [base, property] = node.arguments
  if (!base || !property || node.arguments.length !== 2) {
    return refuse(node, `invalid number of arguments (expected 2, got ${node.arguments.length})`)
  }
  if (isEnvironment(base) && natures.opensGet) return typed(node, named(property, scope))
  const checkedBase = scope.check(base, scope)
  if (natures.opensGet && isUnknown(checkedBase.nature)) {
    return typed({ ...node, arguments: [checkedBase, property] }, unknown)
  }
  if (natures.opensGet) needsIndex(node, checkedBase.nature, natures)
  const checkedProperty = scope.check(property, scope)
  const checked = { ...node, arguments: [checkedBase, checkedProperty] }
  if (isEnvironment(base)) return typed(checked, named(property, scope))
  return typed(checked, gotNature(node, checkedBase.nature, natures.reach(checkedProperty.nature), natures))
}

function needsIndex(node: BuiltinNode, base: Nature, { is, print }: NatureRules): void {
  const hasIndex = isUnknown(base) || is(base, 'array') || is(base, 'map')
  if (!hasIndex) refuse(node.arguments[0]!, `type ${print(base)} does not support indexing`)
}

/** What the environment has under a name. */
function named(property: Node, { env, natures }: Scope): Nature {
  if (property.kind !== 'string') return unknown
  return Object.hasOwn(env, property.value) ? env[property.value]! : natures.opensGet ? nil : unknown
}

function gotNature(node: BuiltinNode, base: Nature, property: Nature, natures: NatureRules): Nature {
  const { is, print } = natures
  const propertyNode = node.arguments[1]
  if (isUnknown(base)) return unknown
  needsIndex(node, base, natures)
  const isList = is(base, 'array')
  if (property.isNil && natures.opensGet) {
    return refuse(propertyNode!, `cannot use nil as ${isList ? 'slice' : 'map'} index`)
  }
  if (isUnknown(property)) return natures.elemOf(base)
  if (isList) {
    return is(property, 'integer')
      ? natures.elemOf(base)
      : refuse(propertyNode!, `non-integer slice index ${print(property)}`)
  }
  if (assignableTo(property, keyOf(base))) return natures.elemOf(base)
  return refuse(propertyNode!, `cannot use ${print(property)} to get an element from ${print(base)}`)
}
