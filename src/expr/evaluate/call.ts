import { fail } from '../failure'
import type { CallNode } from '../syntax/ast'
import { anyType, assignable, funcOf, type GoType } from '../types/goType'
import { directSignatures, methodOf } from '../types/methods'
import { type Func, isFunc, typeName, typeOf, type Value } from '../values/value'
import { assertNamed, deref, type Machine } from './machine'
import { zeroOf } from './zero'

/** Calls a function of the environment or a method. */
export function callFunction(node: CallNode, callee: Value, given: readonly Value[], machine: Machine): Value {
  machine.spend(1)
  const known = knownType(node)
  const inputs = given.map((value, i) => dereferenced(value, node, i, known))
  if (isFunc(callee)) machine.spend(callCost(callee, inputs))
  if (known && directSignatures.includes(known.name)) return callDirectly(known, callee, inputs)
  const { explainsCalls, explainsCounts } = machine.language.machine
  if (!isFunc(callee)) return fail(explainsCalls ? noFunction(callee) : noFunctionOfReflect(callee))
  const { inputs: types } = callee.type.signature!
  if (inputs.length !== types.length) {
    const many = inputs.length > types.length ? 'many' : 'few'
    const counted = `invalid number of arguments: expected ${types.length}, got ${inputs.length}`
    return fail(explainsCounts ? counted : `reflect: Call with too ${many} input arguments`)
  }
  const filled = explainsCalls ? inputs.map((value, i) => (value === null ? zeroOf(types[i]!) : value)) : inputs
  for (const [i, value] of filled.entries()) {
    const type = typeOf(value) ?? (explainsCalls ? undefined : anyType)
    if (type && !assignable(type, types[i]!)) fail(`reflect: Call using ${type.name} as type ${types[i]!.name}`)
  }
  return callee.call(filled)
}

const noFunction = (callee: Value): string =>
  callee === null
    ? 'invalid operation: cannot call nil'
    : `invalid operation: cannot call non-function of type ${typeName(callee)}`

const noFunctionOfReflect = (callee: Value): string =>
  `reflect: call of reflect.Value.Call on ${typeOf(callee)?.kind ?? 'zero'} Value`

/** Methods of times work through all of their texts: layouts. */
const callCost = ({ steps = 0 }: Func, inputs: readonly Value[]): number =>
  inputs.reduce<number>(
    (cost, input) => cost + (typeof input === 'string' ? input.length / 4 : 0) * Math.min(steps, 12),
    steps,
  )

/** The function's type as far as it is known beforehand, of a method without its receiver. */
function knownType({ callee }: CallNode): GoType | undefined {
  const type = callee.nature?.type
  if (type?.kind !== 'func' || callee.kind !== 'member' || callee.property.kind !== 'string') {
    return type?.kind === 'func' ? type : undefined
  }
  const receiver = callee.base.nature?.type
  const method = receiver && methodOf(receiver, callee.property.value)
  return method ? funcOf(method) : type
}

/** A pointer is followed where the function is known to want what it points to. */
function dereferenced(value: Value, node: CallNode, index: number, known: GoType | undefined): Value {
  const given = node.arguments[index]?.nature?.type
  const wanted = known?.signature?.inputs[index]
  const follow = given?.kind === 'ptr' && wanted && wanted.kind !== 'ptr' && !assignable(given, wanted)
  return follow ? deref(value) : value
}

/** The last argument is looked at first, the function last. */
function callDirectly(type: GoType, callee: Value, inputs: readonly Value[]): Value {
  const { inputs: types } = type.signature!
  for (let i = inputs.length - 1; i >= 0; i--) {
    if (types[i]!.kind !== 'interface') assertNamed(inputs[i]!, types[i]!.name)
  }
  if (!isFunc(callee)) return assertNamed(callee, type.name)
  return callee.call(inputs)
}
