import { collectionBuiltins } from '../builtins/collections'
import { lookupBuiltins } from '../builtins/lookups'
import { numberBuiltins } from '../builtins/numbers'
import { olderBuiltins } from '../builtins/older'
import { stringBuiltins } from '../builtins/strings'
import { timeBuiltins } from '../builtins/times'
import { fail } from '../failure'
import type { LanguageLine } from '../language'
import type { BuiltinNode, Node } from '../syntax/ast'
import { lookup } from '../syntax/operators'
import { locationPointer } from '../types/goType'
import { isUnknown, unknown } from '../types/nature'
import type { Value } from '../values/value'
import { loopBuiltins } from './loops'
import { type Builtin, deref, type Machine, park, unparkAll } from './machine'

const newer: Readonly<Record<string, Builtin>> = {
  ...stringBuiltins,
  ...numberBuiltins,
  ...collectionBuiltins,
  ...lookupBuiltins,
  ...timeBuiltins,
}

const builtins: Readonly<Record<LanguageLine, Readonly<Record<string, Builtin>>>> = {
  'expr 1.15': { ...newer, ...olderBuiltins },
  'expr 1.17': newer,
}

export function evaluateBuiltin(node: BuiltinNode, machine: Machine): Value {
  const { line, syntax } = machine.language
  const loop = syntax.takesValuesOnly.includes(node.name) ? undefined : lookup(loopBuiltins, node.name)
  if (loop) return loop(node, machine)
  machine.spend(4)
  for (const argument of node.arguments) park(machine, inputOf(node.name, argument, machine))
  const inputs = unparkAll(machine, node.arguments.length)
  const builtin = lookup(builtins[line], node.name)
  return builtin ? builtin(inputs, machine) : fail(`unknown builtin ${node.name}`)
}

/** Pointers are followed, but for the locations that `date` and `now` want. */
function inputOf(name: string, argument: Node, machine: Machine): Value {
  const value = machine.evaluate(argument, machine)
  if (!machine.language.machine.followsPointers) return value
  const nature = argument.nature ?? unknown
  if (!isUnknown(nature) && nature.type?.kind !== 'ptr') return value
  const keeps = name === 'now' || (name === 'date' && nature.type?.name === locationPointer.name)
  return keeps ? value : deref(value)
}
