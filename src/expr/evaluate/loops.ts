import { fail } from '../failure'
import type { BuiltinNode, Node } from '../syntax/ast'
import { type GoType, groupMap, uint8Type } from '../types/goType'
import { add, less } from '../values/arithmetic'
import { freshIdentity, identityOf } from '../values/keys'
import {
  assertedName,
  type Entry,
  isDict,
  isList,
  isNamed,
  isTime,
  listOf,
  mapOf,
  typeOf,
  type Value,
} from '../values/value'
import { assertBool, deref, grow, type Loop, type Machine, park, unparkAll } from './machine'
import { sorted } from './sort'

/** What a loop runs over. */
interface Collection {
  readonly type?: GoType
  readonly length: number
  readonly at: (index: number) => Value
}

const byte = (text: string, index: number): Value => ({ type: uint8Type, int: BigInt(text.charCodeAt(index)) })

/** Arrays, and strings that nobody knew to be strings: they are run through byte by byte. */
function collectionOf(value: Value): Collection {
  if (isList(value)) return value
  const text = typeof value === 'string' ? value : isNamed(value) ? value.text : undefined
  if (text !== undefined) return { length: text.length, at: (index) => byte(text, index) }
  const kind = typeOf(value)?.kind ?? 'zero'
  if (!isDict(value)) return fail(`reflect: call of reflect.Value.Len on ${kind} Value`)
  return {
    type: value.type,
    length: value.entries.size,
    at: () => fail('reflect: call of reflect.Value.Index on map Value'),
  }
}

type Visit = (predicate: () => Value, loop: Loop) => boolean

/** Runs through a collection until `visit` says true. `begin` sees the loop at its first element before that. */
function run(
  node: BuiltinNode,
  machine: Machine,
  order: 'forward' | 'backward',
  visit: Visit,
  begin?: (loop: Loop & Collection) => void,
): Loop & Collection {
  const { type, length, at } = collectionOf(deref(machine.evaluate(node.arguments[0]!, machine)))
  const item = (): Value => (loop.index < length ? at(loop.index) : fail(noElement(loop, machine)))
  const loop: Loop & Collection = { type, length, at, index: 0, accumulator: null, item }
  const body = node.arguments[1]
  const predicate = (): Value => (body ? machine.evaluate(body, machine) : item())
  machine.loops.push(loop)
  machine.spend(10)
  begin?.(loop)
  for (let i = 0; i < length; i++) {
    loop.index = order === 'forward' ? i : length - 1 - i
    machine.spend(1)
    if (visit(predicate, loop)) break
  }
  machine.loops.pop()
  return loop
}

type Run = (node: BuiltinNode, machine: Machine) => Value

/** `all`, `any`, `none`: the answer where one element decides, and the one where none does. */
const decide =
  (deciding: boolean, answer: boolean): Run =>
  (node, machine) => {
    let decided = false
    run(node, machine, 'forward', (predicate) => {
      decided = assertBool(predicate()) === deciding
      return decided
    })
    return decided ? answer : !answer
  }

const find =
  (order: 'forward' | 'backward', result: 'item' | 'index'): Run =>
  (node, machine) => {
    let found: Value | undefined
    run(node, machine, order, (predicate, loop) => {
      // Upstream forgets to take the result of its own comparison off the stack.
      if (order === 'backward') park(machine, true)
      if (!assertBool(predicate())) return false
      found = result === 'index' ? BigInt(loop.index) : mappedItem(node, loop, machine)
      return true
    })
    if (found !== undefined) return found
    if (order === 'backward') park(machine, false)
    return node.loop?.throws ? fail('reflect: slice index out of range') : null
  }

const mappedItem = (node: BuiltinNode, loop: Loop, machine: Machine): Value =>
  node.loop?.mapped ? machine.evaluate(node.loop.mapped, machine) : loop.item()

const filter: Run = (node, machine) => {
  let kept = 0
  run(node, machine, 'forward', (predicate, loop) => {
    if (!assertBool(predicate())) return false
    park(machine, mappedItem(node, loop, machine))
    kept += 1
    return false
  })
  grow(machine, kept)
  return listOf(unparkAll(machine, kept))
}

const map: Run = (node, machine) => {
  const { length } = run(node, machine, 'forward', (predicate) => {
    park(machine, predicate())
    return false
  })
  grow(machine, length)
  return listOf(unparkAll(machine, length))
}

const countTo = (node: BuiltinNode, machine: Machine, most: bigint | undefined): bigint => {
  let count = 0n
  run(node, machine, 'forward', (predicate) => {
    if (assertBool(predicate())) count += 1n
    return most !== undefined && count >= most
  })
  return count
}

const sum: Run = (node, machine) => {
  let total: Value = 0n
  run(node, machine, 'forward', (predicate) => {
    total = add(predicate(), total)
    return false
  })
  return total
}

interface Group {
  readonly key: Value
  readonly items: Value[]
}

const groupBy: Run = (node, machine) => {
  const { groupsFromStart } = machine.language.machine
  const groups = new Map<string, Group>()
  run(node, machine, 'forward', (predicate, loop) => {
    const key = predicate()
    machine.spend(isTime(key) ? 60 : 6)
    if (groups.size === 0 && groupsFromStart) identityOf(key, 'look into empty')
    const identity = freshIdentity(key, groups.size)
    const group = groups.get(identity) ?? { key, items: [] }
    group.items.push(loop.item())
    groups.set(identity, group)
    return false
  })
  const entries = new Map<string, Entry>()
  for (const [identity, { key, items }] of groups) entries.set(identity, { key, value: listOf(items) })
  const map = mapOf(entries, groupMap)
  return groups.size === 0 && !groupsFromStart ? { ...map, isNil: true } : map
}

const sortBy: Run = (node, machine) => {
  const pairs: { readonly item: Value; readonly by: Value }[] = []
  let order: Value = 'asc'
  const readOrder = (): void => {
    if (node.arguments[2]) order = machine.evaluate(node.arguments[2], machine)
    if (typeof order !== 'string') fail(orderProblem(order, machine))
    if (order !== 'asc' && order !== 'desc') fail('unknown order, use asc or desc')
  }
  const collect: Visit = (predicate, loop) => {
    pairs.push({ by: predicate(), item: loop.item() })
    return false
  }
  const loop = run(node, machine, 'forward', collect, readOrder)
  const isLess = (one: Value, other: Value): boolean => (order === 'desc' ? less(other, one) : less(one, other))
  const inOrder = sorted(pairs, (one, other) => isLess(one.by, other.by), machine.spend)
  grow(machine, loop.length)
  return listOf(inOrder.map(({ item }) => item))
}

const orderProblem = (order: Value, { language }: Machine): string =>
  language.checksSortOrder
    ? 'sortBy order argument must be a string'
    : `interface conversion: interface {} is ${assertedName(order)}, not string`

/** What is said of `#` where there is no element. */
const noElement = (loop: Loop & Collection, { language }: Machine): string =>
  language.machine.emptyReduce === undefined
    ? outOfRange(loop)
    : `runtime error: index out of range [${loop.index}] with length ${loop.length}`

const outOfRange = ({ type }: Collection): string =>
  type?.kind === 'map'
    ? 'reflect: call of reflect.Value.Index on map Value'
    : `reflect: ${type?.kind ?? 'string'} index out of range`

/** Without a start value the first element is it. */
const reduce: Run = (node, machine) => {
  const initial: Node | undefined = node.arguments[2]
  const start = (loop: Loop & Collection): void => {
    if (initial) loop.accumulator = deref(machine.evaluate(initial, machine))
    else if (loop.length === 0) fail(machine.language.machine.emptyReduce ?? outOfRange(loop))
    else loop.accumulator = loop.item()
  }
  const step: Visit = (predicate, loop) => {
    if (initial || loop.index > 0) loop.accumulator = predicate()
    return false
  }
  return run(node, machine, 'forward', step, start).accumulator
}

/** Builtins that evaluate a predicate for every element. */
export const loopBuiltins: Readonly<Record<string, Run>> = {
  all: decide(false, false),
  none: decide(true, false),
  any: decide(true, true),
  one: (node, machine) => countTo(node, machine, undefined) === 1n,
  filter,
  map,
  count: (node, machine) => countTo(node, machine, node.loop?.threshold),
  sum,
  find: find('forward', 'item'),
  findIndex: find('forward', 'index'),
  findLast: find('backward', 'item'),
  findLastIndex: find('backward', 'index'),
  groupBy,
  sortBy,
  reduce,
}
