import { toBytes } from '../../go/bytes'
import { fail } from '../failure'
import type { ConstantNode, IntNode, LetNode, MapNode, NameNode, Node, PointerNode } from '../syntax/ast'
import { byteSlice, type GoType, intType, isIntegerKind, uint8Type } from '../types/goType'
import { negate } from '../values/arithmetic'
import { type Dict, dictOf, isNil, listOf, type Value } from '../values/value'
import { evaluateBinary } from './binary'
import { evaluateBuiltin } from './builtin'
import { assertBool, assertString, deref, grow, type Machine, park, unpark, unparkAll } from './machine'
import { evaluateChain, evaluatePath, evaluateSlice } from './member'

/** The value of a checked expression. Fails as upstream's machine panics. */
export function evaluate(node: Node, machine: Machine): Value {
  const outer = machine.current
  machine.current = node
  machine.spend(1)
  const value = nodeValue(node, machine)
  machine.current = outer
  machine.trace?.(node, value, machine.loops.at(-1))
  return value
}

function nodeValue(node: Node, machine: Machine): Value {
  switch (node.kind) {
    case 'nil':
      return null
    case 'int':
      return intValue(node)
    case 'float':
    case 'bool':
      return node.value
    case 'string':
      return toBytes(node.value)
    case 'bytes':
      return bytesValue(node.bytes)
    case 'name':
      return nameValue(node, machine)
    case 'unary': {
      const operand = deref(evaluate(node.operand, machine))
      if (node.operator === '+') return operand
      return node.operator === '-' ? negate(operand) : !assertBool(operand)
    }
    case 'binary':
      return evaluateBinary(node, machine)
    case 'chain': {
      const value = evaluateChain(node, machine)
      // A typed nil becomes a plain one.
      return isNil(value) && machine.language.machine.plainsNil ? null : value
    }
    case 'member':
    case 'call':
      return evaluatePath(node, machine)
    case 'slice':
      return evaluateSlice(node, machine)
    case 'builtin':
      return evaluateBuiltin(node, machine)
    case 'predicate':
      return evaluate(node.body, machine)
    default:
      return otherValue(node, machine)
  }
}

function otherValue(node: Node, machine: Machine): Value {
  switch (node.kind) {
    case 'pointer':
      return pointerValue(node, machine)
    case 'let':
      return letValue(node, machine)
    case 'sequence': {
      let last: Value = null
      for (const one of node.nodes) last = evaluate(one, machine)
      return last
    }
    case 'conditional':
      return assertBool(deref(evaluate(node.condition, machine)))
        ? evaluate(node.whenTrue, machine)
        : evaluate(node.whenFalse, machine)
    case 'array': {
      for (const item of node.items) park(machine, evaluate(item, machine))
      grow(machine, node.items.length)
      return listOf(unparkAll(machine, node.items.length))
    }
    case 'map':
      return mapValue(node, machine)
    case 'constant':
      return node.setOf
        ? setValue(node, node.setOf, machine)
        : listOf(node.items.map((item) => evaluate(item, machine)))
    default:
      return fail(`unknown node ${node.kind}`)
  }
}

/** An argument may have been given the type that its function wants. */
function intValue({ value, nature }: IntNode): Value {
  const kind = nature?.type?.kind ?? 'int'
  return kind === 'int' || !isIntegerKind(kind) ? value : { type: { name: kind, kind }, int: value }
}

const bytesValue = (bytes: string): Value => ({
  type: byteSlice,
  length: bytes.length,
  at: (index) => ({ type: uint8Type, int: BigInt(bytes.charCodeAt(index)) }),
})

function nameValue(node: NameNode, machine: Machine): Value {
  const variable = machine.variables.get(node.name)
  if (variable !== undefined) return variable
  if (node.name === '$env') return machine.env
  return machine.env.entries.get(toBytes(node.name))?.value ?? null
}

function pointerValue(node: PointerNode, machine: Machine): Value {
  const loop = machine.loops[machine.loops.length - 1]
  if (!loop) return fail(`unknown pointer #${node.name}`)
  if (node.name === 'index') return BigInt(loop.index)
  return node.name === 'acc' ? loop.accumulator : loop.item()
}

function letValue(node: LetNode, machine: Machine): Value {
  machine.variables.set(node.name, evaluate(node.value, machine))
  const value = evaluate(node.body, machine)
  machine.variables.delete(node.name)
  return value
}

function mapValue(node: MapNode, machine: Machine): Value {
  for (const { key, value } of node.pairs) {
    park(machine, evaluate(key, machine))
    park(machine, evaluate(value, machine))
  }
  grow(machine, node.pairs.length)
  // The last pair goes in first, so that of equal keys the first one wins.
  const pairs = node.pairs.map((): readonly [string, Value] => {
    const value = unpark(machine)
    return [assertString(unpark(machine)), value]
  })
  return dictOf(pairs)
}

/** Made once in an evaluation, as upstream makes it when it compiles: a loop may look into it for each of its items. */
function setValue(node: ConstantNode, setOf: GoType, machine: Machine): Dict {
  const known = machine.constants.get(node)
  if (known) return known
  machine.spend(node.items.length)
  const made = setOfItems(node, setOf)
  machine.constants.set(node, made)
  return made
}

function setOfItems({ items }: ConstantNode, setOf: GoType): Dict {
  const keys = items.map((item) => (item.kind === 'string' ? toBytes(item.value) : item.value))
  const type: GoType = { name: `map[${setOf.name}]struct {}`, kind: 'map', key: setOf, elem: intType }
  return { type, entries: new Map(keys.map((key) => [String(key), { key, value: null }])) }
}
