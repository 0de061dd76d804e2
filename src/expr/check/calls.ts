import type { CallNode, Node } from '../syntax/ast'
import { type Signature, stringMap } from '../types/goType'
import { methodOf } from '../types/methods'
import { is, isUnknown, natureOf, unknown } from '../types/nature'
import { checkArguments } from './arguments'
import { checkFunction } from './functions'
import { isEnvironment } from './members'
import { type Checked, refuse, type Scope, typed } from './scope'

export function checkCall(node: CallNode, scope: Scope): Checked {
  if (isEnvironment(node.callee) && !scope.language.callsEnvironment)
    return refuse(node, `${stringMap.name} is not callable`)
  const callee = scope.check(node.callee, scope)
  const { nature } = callee
  if (isUnknown(nature)) return typed({ ...node, callee }, unknown)
  if (nature.builtin !== undefined) {
    const result = checkFunction(nature.builtin, node, node.arguments, scope)
    const called = result.signature ? { ...callee, nature: natureOf(result.signature) } : callee
    return typed({ ...node, callee: called, arguments: result.arguments }, result.nature)
  }
  const name = calledName(node.callee)
  if (nature.isNil) return refuse(node, `${name} is nil; cannot call nil as function`)
  if (!is(nature, 'func')) return refuse(node, `${scope.natures.print(nature)} is not callable`)
  const given = scope.natures.seesMethodsInArguments ? node.arguments.map(asCalled) : node.arguments
  const fit = checkArguments(name, signatureOf(callee), given, node, scope)
  if ('misfit' in fit) return refuse({ ...node, span: { ...node.span, at: fit.misfit.at } }, fit.misfit.message)
  return typed({ ...node, callee, arguments: fit.arguments }, fit.result)
}

const asCalled = (node: Node): Node => (node.kind === 'member' ? { ...node, called: true } : node)

function calledName(callee: Node): string {
  if (callee.kind === 'name') return callee.name
  return callee.kind === 'member' && callee.property.kind === 'string' ? callee.property.value : 'function'
}

/** Of a method without its receiver. */
function signatureOf(callee: Checked): Signature {
  const signature = callee.nature.type!.signature!
  const receiver = callee.kind === 'member' ? callee.base.nature?.type : undefined
  const name = callee.kind === 'member' && callee.property.kind === 'string' ? callee.property.value : undefined
  const method = receiver && name !== undefined ? methodOf(receiver, name) : undefined
  return method ?? signature
}
