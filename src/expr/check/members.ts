import { builtinType, isBuiltin } from '../builtins/signatures'
import type { MemberNode, Node, SliceNode } from '../syntax/ast'
import { methodExpression, methodOf } from '../types/methods'
import { assignableTo, deref, isUnknown, type Nature, natureOf, unknown } from '../types/nature'
import { keyOf } from './keys'
import { type Checked, refuse, type Scope, typed } from './scope'

/** What a name that is not a variable represents. */
export function nameNature(
  node: Node,
  name: string,
  scope: Scope,
  options: { readonly strict: boolean; readonly builtins: boolean },
): Nature {
  if (Object.hasOwn(scope.env, name)) return scope.env[name]!
  if (options.builtins && isBuiltin(name) && !scope.language.syntax.lacksBuiltins.includes(name)) {
    return { type: builtinType(name, scope.language.line), builtin: name }
  }
  return options.strict ? refuse(node, `unknown name ${name}`) : unknown
}

export const isEnvironment = (node: Node): boolean => node.kind === 'name' && node.name === '$env'

export function checkMember(node: MemberNode, scope: Scope): Checked {
  if (isEnvironment(node.base)) {
    if (node.property.kind !== 'string') {
      const property = scope.natures.checksEverywhere ? scope.check(node.property, scope) : node.property
      return typed({ ...node, property }, unknown)
    }
    const options = { strict: !node.optional, builtins: scope.natures.environmentHasBuiltins }
    return typed(node, nameNature(node, node.property.value, scope, options))
  }
  const base = scope.check(node.base, scope)
  const property = scope.check(node.property, scope)
  return typed({ ...node, base, property }, memberNature(node, base.nature, property.nature, scope))
}

function memberNature(node: MemberNode, baseNature: Nature, property: Nature, { natures }: Scope): Nature {
  if (isUnknown(baseNature)) return unknown
  const { is, print, reach } = natures
  const name = node.property.kind === 'string' ? node.property.value : undefined
  if (name !== undefined) {
    if (baseNature.isNil) return refuse(node, `type ${natures.nil} has no field ${name}`)
    const method = methodOf(baseNature.type!, name)
    if (method) return natureOf(methodExpression(baseNature.type!, method))
  }
  const base = deref(baseNature)
  if (is(base, 'map')) {
    const key = keyOf(base)
    const fits = assignableTo(property, key) || assignableTo(reach(property), key) || isUnknown(property)
    if (fits || (property.isNil && natures.nilIsKey)) return natures.elemOf(base)
    return refuse(node.property, `cannot use ${print(property)} to get an element from ${print(base)}`)
  }
  if (is(base, 'array')) {
    const index = reach(property)
    if (is(index, 'integer') || isUnknown(index)) return natures.elemOf(base)
    return refuse(node.property, `array elements can only be selected using an integer (got ${print(index)})`)
  }
  const fields = base.type?.fields
  if (name !== undefined && fields && Object.hasOwn(fields, name)) return natureOf(fields[name]!)
  // A value without fields is asked for an element by name.
  const isIndex = name === undefined || (natures.readsFieldsAsIndex && !fields)
  if (isIndex) return refuse(node, `type ${print(base)}[${print(property)}] is undefined`)
  return refuse(node, `type ${print(base)} has no ${node.called ? 'method' : 'field'} ${name}`)
}

export function checkSlice(node: SliceNode, scope: Scope): Checked {
  const { is, print, checksEverywhere } = scope.natures
  const base = scope.check(node.base, scope)
  const isOpen = isUnknown(base.nature)
  if (isOpen && !checksEverywhere) return typed({ ...node, base }, unknown)
  if (!isOpen && !is(base.nature, 'string') && !is(base.nature, 'array')) {
    refuse(node, `cannot slice ${print(base.nature)}`)
  }
  const from = node.from && checkIndex(node.from, scope)
  const to = node.to && checkIndex(node.to, scope)
  return typed({ ...node, base, from, to }, scope.natures.bare(base.nature))
}

function checkIndex(node: Node, scope: Scope): Checked {
  const { is, print, reach } = scope.natures
  const index = scope.check(node, scope)
  const nature = reach(index.nature)
  if (!is(nature, 'integer') && !isUnknown(nature)) refuse(node, `non-integer slice index ${print(nature)}`)
  return index
}
