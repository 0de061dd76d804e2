import { assertString, type Builtin, deref, grow, type Machine } from '../evaluate/machine'
import { sorted } from '../evaluate/sort'
import { fail } from '../failure'
import { anyMap, anySlice, type Kind, pairSlice, pairType } from '../types/goType'
import { less } from '../values/arithmetic'
import { equal } from '../values/equal'
import { format, sortedEntries } from '../values/format'
import { formatAsString } from '../values/formatAsString'
import { freshIdentity } from '../values/keys'
import { asFloat, isNumeric } from '../values/numeric'
import {
  type Dict,
  type Entry,
  isDict,
  isList,
  isSized,
  itemsOf,
  type List,
  listOf,
  mapOf,
  nilList,
  typeName,
  typeOf,
  type Value,
} from '../values/value'

const first = (inputs: readonly Value[]): Value => inputs[0] ?? null

/** The kind of a value as reflect names it. */
export const kindOf = (value: Value): Kind | 'invalid' => typeOf(value)?.kind ?? 'invalid'

const onList =
  (verb: string, run: (list: List, machine: Machine) => Value): Builtin =>
  (inputs, machine) => {
    const list = first(inputs)
    return isList(list) ? run(list, machine) : fail(`cannot ${verb} ${kindOf(list)}`)
  }

const onMap =
  (refusal: (kind: string) => string, run: (entries: readonly Entry[]) => Value): Builtin =>
  (inputs, machine) => {
    const map = first(inputs)
    if (!isDict(map)) return fail(refusal(kindOf(map)))
    machine.spend(map.entries.size * 12)
    return run(entriesOf(map))
  }

/** Go gives the keys of a map in random order; here they are sorted. */
const entriesOf = (map: Dict): readonly Entry[] => sortedEntries(map)

const pairOf = ({ key, value }: Entry): List => listOf([key, value], pairType)

function fromPairs(inputs: readonly Value[], machine: Machine): Value {
  const list = first(inputs)
  if (!isList(list)) return fail(`cannot transform ${formatAsString(list, machine.spend)} from pairs`)
  const entries = new Map<string, Entry>()
  machine.spend(list.length * 6)
  for (const item of itemsOf(list, machine.spend)) {
    const pair = deref(item)
    if (!isList(pair)) return fail(`invalid pair ${format(pair, machine.spend)}`)
    if (pair.length !== 2) return fail(`invalid pair length ${format(pair, machine.spend)}`)
    const key = pair.at(0)
    entries.set(freshIdentity(key, entries.size), { key, value: pair.at(1) })
  }
  return mapOf(entries, anyMap)
}

const uniq = onList('uniq', (list, machine) => {
  const kept: Value[] = []
  const seen = new Set<string>()
  const others: Value[] = []
  machine.spend(list.length * 2)
  const items = itemsOf(list, machine.spend)
  // Integers of other types are equal to others than their own value: uint64 wraps.
  const named = !items.some(isSized)
  for (const item of items) {
    const name = named ? nameOf(item) : undefined
    if (name === undefined ? others.some((one) => equal(item, one, machine.spend)) : seen.has(name)) continue
    kept.push(item)
    if (name === undefined) others.push(item)
    else seen.add(name)
  }
  return listOf(kept)
})

/** What only equal values have: of strings and of numbers that floats can tell apart. Others have to be compared. */
function nameOf(value: Value): string | undefined {
  if (typeof value === 'string') return `'${value}`
  if (!isNumeric(value)) return undefined
  const number = asFloat(value)
  return Math.abs(number) < 2 ** 53 ? String(number === 0 ? 0 : number) : undefined
}

const concat: Builtin = (inputs, machine) => {
  const all: Value[] = []
  for (const list of inputs) {
    if (!isList(list)) return fail(`cannot concat ${kindOf(list)}`)
    for (const item of itemsOf(list, machine.spend)) all.push(item)
  }
  grow(machine, all.length)
  return all.length === 0 ? nilList(anySlice) : listOf(all)
}

function flattenInto(list: List, found: Value[], machine: Machine): void {
  for (const item of itemsOf(list, machine.spend)) {
    const value = deref(item)
    if (isList(value)) flattenInto(value, found, machine)
    else found.push(value)
  }
}

/** Slices that `sort` knows; of others it makes nothing. */
const sortable: readonly string[] = ['[]interface {}', '[]int', '[]float64', '[]string']

const sort: Builtin = (inputs, machine) => {
  const list = first(inputs)
  const known = isList(list) && sortable.includes(list.type.name)
  const items = known ? itemsOf(list, machine.spend) : undefined
  const descending = inputs.length === 2 && readOrder(inputs[1] ?? null, machine)
  if (!items) return nilList(anySlice)
  const inOrder = sorted(items, (one, other) => (descending ? less(other, one) : less(one, other)), machine.spend)
  grow(machine, inOrder.length)
  return listOf(inOrder)
}

function readOrder(order: Value, { language }: Machine): boolean {
  if (typeof order !== 'string' && language.checksSortOrder) {
    return fail(`sort order argument must be a string (got ${typeName(order)})`)
  }
  const text = assertString(order)
  if (text === 'asc' || text === 'desc') return text === 'desc'
  return fail(`invalid order ${text}, expected asc or desc`)
}

const getting =
  (what: string) =>
  (kind: string): string =>
    `cannot get ${what} from ${kind}`

export const collectionBuiltins: Readonly<Record<string, Builtin>> = {
  keys: onMap(getting('keys'), (entries) => listOf(entries.map(({ key }) => key))),
  values: onMap(getting('values'), (entries) => listOf(entries.map(({ value }) => value))),
  toPairs: onMap(
    (kind) => `cannot transform ${kind} to pairs`,
    (entries) => listOf(entries.map(pairOf), pairSlice),
  ),
  fromPairs,
  reverse: onList('reverse', (list, machine) => {
    grow(machine, list.length)
    return listOf([...itemsOf(list, machine.spend)].reverse())
  }),
  uniq,
  concat,
  flatten: onList('flatten', (list, machine) => {
    const found: Value[] = []
    flattenInto(list, found, machine)
    grow(machine, found.length)
    return listOf(found)
  }),
  sort,
}
