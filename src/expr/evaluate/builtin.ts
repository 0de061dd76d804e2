import { collectionBuiltins } from '../builtins/collections'
import { lookupBuiltins } from '../builtins/lookups'
import { numberBuiltins } from '../builtins/numbers'
import { stringBuiltins } from '../builtins/strings'
import { timeBuiltins } from '../builtins/times'
import { fail } from '../failure'
import type { BuiltinNode, Node } from '../syntax/ast'
import { locationPointer } from '../types/goType'
import { isUnknown, unknown } from '../types/nature'
import type { Value } from '../values/value'
import { loopBuiltins } from './loops'
import { type Builtin, deref, type Machine, park, unparkAll } from './machine'

const builtins: Readonly<Record<string, Builtin>> = {
  ...stringBuiltins,
  ...numberBuiltins,
  ...collectionBuiltins,
  ...lookupBuiltins,
  ...timeBuiltins,
}

export function evaluateBuiltin(node: BuiltinNode, machine: Machine): Value {
  const loop = Object.hasOwn(loopBuiltins, node.name) ? loopBuiltins[node.name] : undefined
  if (loop) return loop(node, machine)
  machine.spend(4)
  for (const argument of node.arguments) park(machine, inputOf(node.name, argument, machine))
  const inputs = unparkAll(machine, node.arguments.length)
  const builtin = Object.hasOwn(builtins, node.name) ? builtins[node.name] : undefined
  return builtin ? builtin(inputs, machine) : fail(`unknown builtin ${node.name}`)
}

/** Pointers are followed, but for the locations that `date` and `now` want. */
function inputOf(name: string, argument: Node, machine: Machine): Value {
  const value = machine.evaluate(argument, machine)
  const nature = argument.nature ?? unknown
  if (!isUnknown(nature) && nature.type?.kind !== 'ptr') return value
  const keeps = name === 'now' || (name === 'date' && nature.type?.name === locationPointer.name)
  return keeps ? value : deref(value)
}
