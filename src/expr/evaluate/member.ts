import { toBytes } from '../../go/bytes'
import { fail } from '../failure'
import type { CallNode, ChainNode, MemberNode, Node, SliceNode } from '../syntax/ast'
import { anySlice, type Kind, uint8Type } from '../types/goType'
import { methodOf } from '../types/methods'
import { is } from '../types/nature'
import { format } from '../values/format'
import { lookUp } from '../values/keys'
import { toInt } from '../values/numeric'
import {
  isDict,
  isList,
  isNamed,
  isNil,
  isStruct,
  isTime,
  nilList,
  subList,
  typeName,
  typeOf,
  type Value,
} from '../values/value'
import { callFunction } from './call'
import { assertString, deref, type Machine, park, reach, unpark, unparkAll } from './machine'
import { boundMethod } from './methods'

/** A link of a chain: its value, or the nil that ends the chain here. */
type Link = { readonly value: Value } | { readonly stopped: Value }

/** The value of a chain; a nil in it may still have a type. */
export function evaluateChain(node: ChainNode, machine: Machine): Value {
  const link = follow(node.path, machine)
  return 'stopped' in link ? link.stopped : link.value
}

export function evaluatePath(node: MemberNode | CallNode, machine: Machine): Value {
  const link = follow(node, machine)
  return 'stopped' in link ? link.stopped : link.value
}

function follow(node: Node, machine: Machine): Link {
  if (node.kind === 'member') return followMember(node, machine)
  if (node.kind !== 'call') return { value: machine.evaluate(node, machine) }
  for (const argument of node.arguments) park(machine, machine.evaluate(argument, machine))
  const callee = node.callee.kind === 'member' ? followMember(node.callee, machine) : follow(node.callee, machine)
  // The arguments of a call that is not made stay parked.
  if ('stopped' in callee) return callee
  return { value: callFunction(node, callee.value, unparkAll(machine, node.arguments.length), machine) }
}

const isLink = (node: Node): boolean => node.kind === 'member' || node.kind === 'call'

function followMember(node: MemberNode, machine: Machine): Link {
  machine.spend(1)
  const link = isLink(node.base) ? follow(node.base, machine) : { value: machine.evaluate(node.base, machine) }
  if ('stopped' in link) return link
  const base = link.value
  if (isLink(node.base)) machine.trace?.(node.base, base, machine.loops.at(-1))
  const baseType = node.base.nature?.type
  const name = node.property.kind === 'string' ? toBytes(node.property.value) : undefined
  // What is known to be a method or a field is not looked for by name.
  if (name !== undefined && baseType && methodOf(baseType, name)) return { value: fetchMethod(base, name) }
  if (node.optional && isNil(base)) return { stopped: base }
  if (name !== undefined && node.base.nature && is(node.base.nature, 'struct') && base === null) {
    return fail(`cannot get ${name} from <nil>`)
  }
  park(machine, base)
  const property = machine.evaluate(node.property, machine)
  const keepsPointer = baseType?.kind === 'map' && baseType.key?.kind === 'interface'
  return { value: fetchMember(unpark(machine), keepsPointer ? property : reach(property, machine), machine) }
}

function fetchMethod(base: Value, name: string): Value {
  const method = boundMethod(base, name)
  if (method) return method
  return fail(base === null ? `cannot fetch ${name} from <nil>` : 'reflect: Method index out of range')
}

/** `base[property]`. */
export function fetchMember(base: Value, property: Value, machine: Machine): Value {
  machine.spend(2)
  const nothing = (): never => fail(`cannot fetch ${format(property, machine.spend)} from ${typeName(base)}`)
  if (base === null) return nothing()
  const method = typeof property === 'string' ? boundMethod(base, property) : undefined
  if (method) return method
  const target = deref(base)
  if (isList(target)) return target.at(indexIn(target.length, toInt(property), target.type.kind, machine))
  if (isDict(target)) {
    const entry = lookUp(target, property)
    if (entry) return entry.value
    return target.type.elem!.kind === 'slice' ? nilList(target.type.elem!) : null
  }
  if (typeof target === 'string') return byteAt(target, toInt(property), machine)
  if (target !== null && isNamed(target)) return byteAt(target.text, toInt(property), machine)
  if (!isStruct(target) && !isTime(target)) return nothing()
  const name = assertString(property)
  if (isStruct(target)) return Object.hasOwn(target.fields, name) ? target.fields[name]! : nothing()
  if (!['wall', 'ext', 'loc'].includes(name)) return nothing()
  return fail('reflect.Value.Interface: cannot return value obtained from unexported field or method')
}

function indexIn(length: number, index: bigint, kind: Kind, { language }: Machine): number {
  const at = index < 0n ? BigInt(length) + index : index
  if (at >= 0n && at < BigInt(length)) return Number(at)
  if (!language.machine.explainsIndexes) return fail(`reflect: ${kind} index out of range`)
  return fail(`index out of range: ${at} (array length is ${length})`)
}

const byteAt = (text: string, index: bigint, machine: Machine): Value => ({
  type: uint8Type,
  int: BigInt(text.charCodeAt(indexIn(text.length, index, 'string', machine))),
})

/** `base[from:to]`; both ends are cut to fit. */
export function evaluateSlice(node: SliceNode, machine: Machine): Value {
  const base = machine.evaluate(node.base, machine)
  machine.spend(10)
  park(machine, base)
  park(machine, node.to ? reach(machine.evaluate(node.to, machine), machine) : lengthOf(base))
  const from = node.from ? reach(machine.evaluate(node.from, machine), machine) : 0n
  const to = unpark(machine)
  return slice(unpark(machine), from, to, machine)
}

export function lengthOf(value: Value): bigint {
  if (typeof value === 'string') return BigInt(value.length)
  if (isNamed(value)) return BigInt(value.text.length)
  if (isList(value)) return BigInt(value.length)
  return isDict(value) ? BigInt(value.entries.size) : fail(`invalid argument for len (type ${typeName(value)})`)
}

function slice(base: Value, from: Value, to: Value, machine: Machine): Value {
  const target = deref(base)
  const sliceable = typeof target === 'string' || isNamed(target) || isList(target)
  if (!sliceable) return fail(`cannot slice ${format(from, machine.spend)}`)
  const length = lengthOf(target)
  const start = bound(toInt(from), length)
  const end = bound(toInt(to), length)
  const last = Number(end)
  const first = Math.min(Number(start), last)
  if (typeof target === 'string') return target.slice(first, last)
  if (isNamed(target)) return { ...target, text: target.text.slice(first, last) }
  return subList(target, first, last, typeOf(target)!.kind === 'array' ? anySlice : target.type)
}

/** Negative bounds count from the end. */
function bound(index: bigint, length: bigint): bigint {
  const at = index < 0n ? length + index : index
  return at < 0n ? 0n : at > length ? length : at
}
