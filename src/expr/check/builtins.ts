import { loops } from '../builtins/signatures'
import type { BuiltinNode, Node } from '../syntax/ast'
import { anySlice, boolType, groupMap, intType } from '../types/goType'
import {
  arrayOf,
  assignableTo,
  deref,
  elemOf,
  is,
  isUnknown,
  type Nature,
  natureOf,
  printNature,
  unknown,
} from '../types/nature'
import { checkFunction } from './functions'
import { keyOf } from './keys'
import { isEnvironment } from './members'
import { type Checked, type PredicateScope, refuse, type Scope, typed } from './scope'

export function checkBuiltin(node: BuiltinNode, scope: Scope): Checked {
  if (Object.hasOwn(loops, node.name)) return checkLoop(node, scope)
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
  const collection = deref(checkedList.nature)
  if (!is(collection, 'array') && !isUnknown(collection)) {
    refuse(list!, `builtin ${node.name} takes only array (got ${printNature(collection)})`)
  }
  const withList = { ...node, arguments: [checkedList] }
  if (!predicate)
    return typed(withList, node.name === 'count' ? int : isUnknown(collection) ? unknown : elemOf(collection))
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
    refuse(predicate, `predicate should return boolean (got ${printNature(result)})`)
  }
  const all = [checkedList, body, ...(checkedExtra ? [checkedExtra] : [])]
  return typed({ ...node, arguments: all }, loopNature(node.name, collection, result, body.nature.inner ?? unknown))
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
  if (
    name === 'sortBy' &&
    scope.language.checksSortOrder &&
    !is(checked.nature, 'string') &&
    !isUnknown(checked.nature)
  ) {
    refuse(extra, `sortBy order argument must be a string (got ${printNature(checked.nature)})`)
  }
  return checked
}

function loopNature(name: string, collection: Nature, result: Nature, inner: Nature): Nature {
  switch (name) {
    case 'all':
    case 'none':
    case 'any':
    case 'one':
      return bool
    case 'filter':
      return isUnknown(collection) ? natureOf(anySlice) : arrayOf(elemOf(collection), anySlice)
    case 'map':
      return arrayOf(inner, anySlice)
    case 'sum':
      return result
    case 'find':
    case 'findLast':
      return isUnknown(collection) ? unknown : elemOf(collection)
    case 'groupBy':
      return natureOf(groupMap)
    case 'sortBy':
      return collection
    case 'reduce':
      return inner
    default:
      return int
  }
}

/** `get(xs, i)` is `xs[i]`, nil where there is none. */
function checkGet(node: BuiltinNode, scope: Scope): Checked {
  const [base, property] = node.arguments
  if (!base || !property || node.arguments.length !== 2) {
    return refuse(node, `invalid number of arguments (expected 2, got ${node.arguments.length})`)
  }
  const checkedBase = scope.check(base, scope)
  const checkedProperty = scope.check(property, scope)
  const checked = { ...node, arguments: [checkedBase, checkedProperty] }
  if (isEnvironment(base)) {
    const known = property.kind === 'string' && Object.hasOwn(scope.env, property.value)
    return typed(checked, known ? scope.env[property.value]! : unknown)
  }
  return typed(checked, gotNature(node, checkedBase.nature, deref(checkedProperty.nature)))
}

function gotNature(node: BuiltinNode, base: Nature, property: Nature): Nature {
  const [baseNode, propertyNode] = node.arguments
  if (isUnknown(base)) return unknown
  if (is(base, 'array')) {
    if (is(property, 'integer') || isUnknown(property)) return elemOf(base)
    return refuse(propertyNode!, `non-integer slice index ${printNature(property)}`)
  }
  if (is(base, 'map')) {
    if (assignableTo(property, keyOf(base)) || isUnknown(property)) return elemOf(base)
    return refuse(propertyNode!, `cannot use ${printNature(property)} to get an element from ${printNature(base)}`)
  }
  return refuse(baseNode!, `type ${printNature(base)} does not support indexing`)
}
