import { hasAnEnd } from '../../model/json'
import { parseTime } from '../../model/time'
import { fieldsOf, type Kind, type LeafKind, type Shape, type ShapeField } from './shape'

/** Reads the values of one kind. */
interface Mender {
  /** Every value of this JavaScript type is as it should be. Most are, and seeing that costs nothing but this look. */
  readonly plainType?: string
  readonly of: 'leaf' | 'struct' | 'list' | 'map'
  /** Of a leaf. */
  readonly mend?: (value: unknown) => unknown
  /** Of a struct. */
  readonly struct?: Struct
  /** Of a list or map. */
  readonly items?: Mender
  /** What represents a value that has to be there and is not. It is shared: an immutable value. */
  readonly zero: () => unknown
}

/** What a reader of one shape should know beyond the shape. */
export interface MendOptions {
  /** Types whose objects are remembered by identity, so that the second look at one is free. */
  readonly remembered?: readonly string[]
  /** Types in which a null stays where it is: printers read it as missing, and nobody else reads it. */
  readonly withNulls?: readonly string[]
}

/** Longer lists count as missing: no cluster has them, and a sparse array of any length takes no memory at all. */
export const mostListItems = 100_000

/**
 * Reads data of unknown origin as the controller's tolerant reader does: what has another type than the shape says
 * counts as missing, and what has to be there is empty. What is as it should be stays the same object; fields that the
 * shape does not know stay untouched. Times have to be RFC 3339.
 *
 * A type is read when it is first met, so that a mender costs nothing before it is used.
 */
export function mender<T>(shape: Shape, { remembered = [], withNulls = [] }: MendOptions = {}): (value: unknown) => T {
  const workshop: Workshop = {
    shape,
    structs: new Map(),
    remembered: new Set(remembered),
    withNulls: new Set(withNulls),
  }
  const root = structMender(workshop, shape.root)
  return (value) => (mendValue(root, value) ?? root.zero()) as T
}

interface Workshop {
  readonly shape: Shape
  /** Types met so far. */
  readonly structs: Map<string, Mender>
  readonly remembered: ReadonlySet<string>
  readonly withNulls: ReadonlySet<string>
}

interface FieldMender extends Mender {
  readonly isRequired: boolean
}

interface Struct {
  /** Read from the shape when the first value is met. */
  fields: Fields | undefined
  readonly read: () => Fields
  /** Objects are immutable values: what was found out about one holds for as long as it lives. */
  readonly remembered?: WeakMap<object, unknown>
  readonly keepsNulls: boolean
}

interface Fields {
  readonly byName: ReadonlyMap<string, FieldMender>
  readonly required: readonly { readonly name: string; readonly zero: () => unknown }[]
}

type Values = Readonly<Record<string, unknown>>

function structMender(workshop: Workshop, type: string): Mender {
  const made = workshop.structs.get(type)
  if (made) return made
  const struct: Struct = {
    fields: undefined,
    read: () => fieldsOfType(workshop, type),
    remembered: workshop.remembered.has(type) ? new WeakMap() : undefined,
    keepsNulls: workshop.withNulls.has(type),
  }
  let zero: unknown
  const mender = menderOf(
    'struct',
    () => {
      zero ??= mendFields(struct, {})
      return zero
    },
    { struct },
  )
  workshop.structs.set(type, mender)
  return mender
}

/** All menders have the same fields in the same order, so that reading one is fast. */
const menderOf = (of: Mender['of'], zero: () => unknown, given: Partial<Mender>): Mender => ({
  plainType: given.plainType,
  of,
  mend: given.mend,
  struct: given.struct,
  items: given.items,
  zero,
})

function fieldsOfType(workshop: Workshop, type: string): Fields {
  const fields = fieldsOf(workshop.shape, type).map((field): readonly [string, FieldMender] => {
    const { plainType, of, mend, struct, items, zero } = kindMender(workshop, field.kind)
    return [field.name, { plainType, of, mend, struct, items, zero, isRequired: isRequired(field) }]
  })
  return {
    byName: new Map(fields),
    required: fields.filter(([, field]) => field.isRequired).map(([name, { zero }]) => ({ name, zero })),
  }
}

const isRequired = ({ omitEmpty, kind }: ShapeField): boolean => !omitEmpty && kind.of !== 'pointer'

function kindMender(workshop: Workshop, kind: Kind): Mender {
  switch (kind.of) {
    case 'leaf':
      return leaves[kind.leaf]
    case 'struct':
      return structMender(workshop, kind.type)
    case 'pointer':
      return { ...kindMender(workshop, kind.elem), zero: nothing }
    case 'slice':
      return menderOf('list', () => emptyList, { items: kindMender(workshop, kind.elem) })
    case 'map':
      return menderOf('map', () => emptyMap, { items: kindMender(workshop, kind.elem) })
  }
}

const emptyList: readonly never[] = []
const emptyMap: Readonly<Record<string, never>> = {}

/** The value itself where it is as it should be, else a repaired one; undefined if nothing can be made of it. */
function mendValue({ of, mend, struct, items }: Mender, value: unknown): unknown {
  if (of === 'leaf') return mend?.(value)
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

// Called this way, V8 knows that a key of for-in is the object's own.
const isOwn = Object.prototype.hasOwnProperty

function mendFields(struct: Struct, record: Values): unknown {
  struct.fields ??= struct.read()
  const { keepsNulls } = struct
  const { byName, required } = struct.fields
  let copy: Record<string, unknown> | undefined
  let missing = required.length
  for (const name in record) {
    const field = byName.get(name)
    if (field === undefined || !isOwn.call(record, name)) continue
    const given = record[name]
    if (field.isRequired && given !== undefined && given !== null) missing--
    if (typeof given === field.plainType || given === undefined || (given === null && keepsNulls)) continue
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
    if (typeof given === items.plainType) continue
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
    if (typeof given === items.plainType) continue
    const mended = given === null ? items.zero() : mendValue(items, given)
    if (Object.is(mended, given) && given !== undefined) continue
    copy ??= Object.fromEntries(Object.entries(map))
    if (mended === undefined) delete copy[key]
    else copy[key] = mended
  }
  return copy ?? map
}

const nothing = (): undefined => undefined

const leaf = (isFine: (value: unknown) => boolean, zero: unknown): Mender =>
  menderOf('leaf', () => zero, { mend: (value) => (isFine(value) ? value : undefined) })

const plain = (plainType: 'string' | 'boolean' | 'number', zero: unknown): Mender =>
  menderOf('leaf', () => zero, { mend: (value) => (typeof value === plainType ? value : undefined), plainType })

const isText = (value: unknown): boolean => typeof value === 'string'
const isInt32 = (value: unknown): boolean => typeof value === 'number' && (value | 0) === value
/** A JavaScript number cannot tell 2^63 from the greatest int64. */
const isInt64 = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2 ** 63
/** What has no type is kept as it is, if it is not endless. */
const whole = menderOf('leaf', nothing, { mend: (value) => (hasAnEnd(value) ? value : undefined) })

const leaves: Readonly<Record<LeafKind, Mender>> = {
  string: plain('string', ''),
  bool: plain('boolean', false),
  int32: leaf(isInt32, 0),
  int64: leaf(isInt64, 0),
  number: plain('number', 0),
  intOrString: leaf((value) => isText(value) || isInt32(value), 0),
  time: leaf((value) => typeof value === 'string' && parseTime(value) !== undefined, undefined),
  quantity: whole,
  fieldsV1: whole,
  rawJSON: whole,
  unread: menderOf('leaf', nothing, { mend: (value) => value }),
}
