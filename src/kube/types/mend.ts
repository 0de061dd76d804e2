import { isOwn } from '../../model/json'
import { fits, mostListItems, type Values } from './fits'
import { type Fields, fieldsOfStruct, type Mender, type ReadObjects, type Struct, structMender } from './menders'
import type { Shape } from './shape'

/** What a reader of one shape should know beyond the shape. */
export interface MendOptions {
  /** Types whose objects are remembered by identity, so that the second look at one is free. */
  readonly remembered?: readonly string[]
  /** The same for types that have a memory of their own. */
  readonly memories?: Readonly<Record<string, ReadObjects>>
  /** Types in which a null stays where it is: printers read it as missing, and nobody else reads it. */
  readonly withNulls?: readonly string[]
}

/**
 * Reads data of unknown origin as the controller's tolerant reader does: what has another type than the shape says
 * counts as missing, and what has to be there is empty. What is as it should be stays the same object; fields that the
 * shape does not know stay untouched. Times have to be RFC 3339.
 *
 * A type is read when it is first met, so that a mender costs nothing before it is used.
 */
export function mender<T>(
  shape: Shape,
  { remembered = [], memories = {}, withNulls = [] }: MendOptions = {},
): (value: unknown) => T {
  const root = structMender(
    {
      shape,
      structs: new Map(),
      remembered: new Set(remembered),
      memories,
      withNulls: new Set(withNulls),
      emptyOf: (struct) => mendFields(struct, {}),
    },
    shape.root,
  )
  return (value) => (fits(root, value) ? value : (mendValue(root, value) ?? root.zero())) as T
}

/** The value itself where it is as it should be, else a repaired one; undefined if nothing can be made of it. */
function mendValue({ of, isFine, struct, items }: Mender, value: unknown): unknown {
  if (of === 'leaf') return isFine(value) ? value : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (of === 'list') return Array.isArray(value) && items ? mendList(items, value) : undefined
  if (Array.isArray(value)) return undefined
  if (struct) return mendStruct(struct, value as Values)
  return items && mendMap(items, value as Values)
}

function mendStruct(struct: Struct, record: Values): unknown {
  const { remembered } = struct
  if (remembered === undefined) return mendFields(struct, record)
  const before = remembered.get(record)
  if (before !== undefined) return before
  const mended = mendFields(struct, record)
  remembered.set(record, mended)
  return mended
}

function mendFields(struct: Struct, record: Values): unknown {
  const { keepsNulls } = struct
  const { byName, required } = fieldsOfStruct(struct)
  let copy: Record<string, unknown> | undefined
  let missing = required.length
  for (const name in record) {
    const field = byName.get(name)
    if (field === undefined || !isOwn.call(record, name)) continue
    const given = record[name]
    if (field.isRequired && given !== undefined && given !== null) missing--
    if (given === undefined || (given === null && keepsNulls)) continue
    const mended = given === null ? undefined : mendValue(field, given)
    if (Object.is(mended, given)) continue
    copy ??= { ...record }
    if (mended === undefined) delete copy[name]
    else copy[name] = mended
  }
  // Nothing was repaired and nothing is missing, as with nearly every object.
  return copy === undefined && missing === 0 ? record : withRequired(required, copy ?? record)
}

function withRequired(required: Fields['required'], record: Values): unknown {
  let copy: Record<string, unknown> | undefined
  for (const { name, zero } of required) {
    const known = copy ?? record
    if (Object.hasOwn(known, name) && known[name] !== undefined) continue
    const wanted = zero()
    if (wanted === undefined) continue
    copy ??= { ...record }
    copy[name] = wanted
  }
  return copy ?? record
}

function mendList(items: Mender, list: readonly unknown[]): unknown {
  if (list.length > mostListItems) return undefined
  let copy: unknown[] | undefined
  for (let i = 0; i < list.length; i++) {
    const given = list[i]
    const mended = mendValue(items, given)
    const item = mended === undefined ? items.zero() : mended
    if (item === given) continue
    copy ??= [...list]
    copy[i] = item
  }
  return copy ?? list
}

function mendMap(items: Mender, map: Values): unknown {
  let copy: Record<string, unknown> | undefined
  for (const key in map) {
    if (!isOwn.call(map, key)) continue
    const given = map[key]
    const mended = given === null ? items.zero() : mendValue(items, given)
    if (Object.is(mended, given) && given !== undefined) continue
    copy ??= Object.fromEntries(Object.entries(map))
    if (mended === undefined) delete copy[key]
    else copy[key] = mended
  }
  return copy ?? map
}
