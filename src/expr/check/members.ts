import { builtinType, isBuiltin } from '../builtins/signatures'
import type { Language } from '../language'
import type { MemberNode, Node, SliceNode } from '../syntax/ast'
import { methodExpression, methodOf } from '../types/methods'
import {
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
import { keyOf } from './keys'
import { type Checked, refuse, type Scope, typed } from './scope'

/** What a name that is no variable stands for. */
export function nameNature(
  node: Node,
  name: string,
  scope: Scope,
  options: { readonly strict: boolean; readonly builtins: boolean },
): Nature {
  if (Object.hasOwn(scope.env, name)) {
    const nature = scope.env[name]!
    return nature.isNil ? { ...nature, shown: scope.language.nameOfNil } : nature
  }
  if (options.builtins && isBuiltin(name) && !scope.language.lacksBuiltins.includes(name))
    return { type: builtinType(name), builtin: name }
  return options.strict ? refuse(node, `unknown name ${name}`) : unknown
}

export const isEnvironment = (node: Node): boolean => node.kind === 'name' && node.name === '$env'

export function checkMember(node: MemberNode, scope: Scope): Checked {
  if (isEnvironment(node.base)) {
    if (node.property.kind !== 'string') return typed(node, unknown)
    const options = { strict: !node.optional, builtins: false }
    return typed(node, nameNature(node, node.property.value, scope, options))
  }
  const base = scope.check(node.base, scope)
  const property = scope.check(node.property, scope)
  return typed({ ...node, base, property }, memberNature(node, base.nature, property.nature, scope.language))
}

function memberNature(node: MemberNode, baseNature: Nature, property: Nature, language: Language): Nature {
  if (isUnknown(baseNature)) return unknown
  const name = node.property.kind === 'string' ? node.property.value : undefined
  if (name !== undefined) {
    if (baseNature.isNil) return refuse(node, `type ${baseNature.shown ?? 'nil'} has no field ${name}`)
    const method = methodOf(baseNature.type!, name)
    if (method) return natureOf(methodExpression(baseNature.type!, method))
  }
  const base = deref(baseNature)
  if (is(base, 'map')) {
    const key = keyOf(base)
    if (assignableTo(property, key) || assignableTo(deref(property), key) || isUnknown(property)) return elemOf(base)
    return refuse(node.property, `cannot use ${printNature(property)} to get an element from ${printNature(base)}`)
  }
  if (is(base, 'array')) {
    const index = deref(property)
    if (is(index, 'integer') || isUnknown(index)) return elemOf(base)
    const got = printNature(index)
    return refuse(node.property, `array elements can only be selected using an integer (got ${got})`)
  }
  const fields = base.type?.fields
  if (name !== undefined && fields && Object.hasOwn(fields, name)) return natureOf(fields[name]!)
  const isIndex = name === undefined || (language.readsFieldsAsIndex && !fields && !node.called)
  if (isIndex) return refuse(node, `type ${printNature(base)}[${printNature(property)}] is undefined`)
  return refuse(node, `type ${printNature(base)} has no ${node.called ? 'method' : 'field'} ${name}`)
}

export function checkSlice(node: SliceNode, scope: Scope): Checked {
  const base = scope.check(node.base, scope)
  // The ends of a slice of something unknown are not looked at.
  if (isUnknown(base.nature)) return typed({ ...node, base }, unknown)
  if (!is(base.nature, 'string') && !is(base.nature, 'array')) {
    refuse(node, `cannot slice ${printNature(base.nature)}`)
  }
  const from = node.from && checkIndex(node.from, scope)
  const to = node.to && checkIndex(node.to, scope)
  return typed({ ...node, base, from, to }, base.nature)
}

function checkIndex(node: Node, scope: Scope): Checked {
  const index = scope.check(node, scope)
  const nature = deref(index.nature)
  if (!is(nature, 'integer') && !isUnknown(nature)) refuse(node, `non-integer slice index ${printNature(nature)}`)
  return index
}
