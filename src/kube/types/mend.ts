import { hasAnEnd, isJsonObject } from '../../model/json'
import { parseTime } from '../../model/time'
import { fieldsOf, type Kind, type LeafKind, type Shape, type ShapeField } from './shape'

/**
 * Gives back the value itself where it is as it should be, else a repaired one; undefined if nothing can be made of it.
 */
type Mend = (value: unknown) => unknown

interface Mender {
  readonly mend: Mend
  /** What represents a value that has to be there and is not. It is shared: an immutable value. */
  readonly zero: () => unknown
  /** Every value of this JavaScript type is as it should be. Most are, and seeing that costs nothing but this look. */
  readonly plainType?: string
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
  return (value) => (root.mend(value) ?? root.zero()) as T
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
  readonly fields: ReadonlyMap<string, FieldMender>
  readonly required: readonly { readonly name: string; readonly zero: () => unknown }[]
  readonly keepsNulls: boolean
}

function structMender(workshop: Workshop, type: string): Mender {
  const known = workshop.structs.get(type)
  if (known) return known
  let struct: Struct | undefined
  let zero: unknown
  const mendOne = (value: Readonly<Record<string, unknown>>): unknown => {
    struct ??= structOf(workshop, type)
    return mendFields(struct, value)
  }
  const mendObject = workshop.remembered.has(type) ? remembering(mendOne) : mendOne
  const mend: Mend = (value) => (isJsonObject(value) ? mendObject(value) : undefined)
  const made: Mender = {
    mend,
    zero: () => {
      zero ??= mendOne({})
      return zero
    },
  }
  workshop.structs.set(type, made)
  return made
}

/** Objects are immutable values: what was found out about one holds for as long as it lives. */
function remembering(mend: (value: Readonly<Record<string, unknown>>) => unknown): typeof mend {
  const known = new WeakMap<object, unknown>()
  return (value) => {
    const before = known.get(value)
    if (before !== undefined) return before
    const mended = mend(value)
    known.set(value, mended)
    return mended
  }
}

function structOf(workshop: Workshop, type: string): Struct {
  const fields = fieldsOf(workshop.shape, type).map((field): readonly [string, FieldMender] => {
    const { mend, zero, plainType } = kindMender(workshop, field.kind)
    return [field.name, { mend, zero, plainType, isRequired: isRequired(field) }]
  })
  return {
    fields: new Map(fields),
    required: fields.filter(([, field]) => field.isRequired).map(([name, { zero }]) => ({ name, zero })),
    keepsNulls: workshop.withNulls.has(type),
  }
}

const isRequired = ({ omitEmpty, kind }: ShapeField): boolean => !omitEmpty && kind.of !== 'pointer'

function mendFields({ fields, required, keepsNulls }: Struct, record: Readonly<Record<string, unknown>>): unknown {
  let copy: Record<string, unknown> | undefined
  let missing = required.length
  for (const name in record) {
    const field = fields.get(name)
    if (field === undefined || !Object.hasOwn(record, name)) continue
    const given = record[name]
    if (field.isRequired && given !== undefined && given !== null) missing--
    if (typeof given === field.plainType || given === undefined || (given === null && keepsNulls)) continue
    const mended = given === null ? undefined : field.mend(given)
    if (Object.is(mended, given)) continue
    copy ??= { ...record }
    if (mended === undefined) delete copy[name]
    else copy[name] = mended
  }
  // Nothing was mended and nothing is missing, as with nearly every object.
  return copy === undefined && missing === 0 ? record : withRequired(required, copy ?? record)
}

function withRequired(required: Struct['required'], record: Readonly<Record<string, unknown>>): unknown {
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

function kindMender(workshop: Workshop, kind: Kind): Mender {
  switch (kind.of) {
    case 'leaf':
      return leaves[kind.leaf]
    case 'struct':
      return structMender(workshop, kind.type)
    case 'pointer':
      return { ...kindMender(workshop, kind.elem), zero: nothing }
    case 'slice':
      return { mend: listMender(kindMender(workshop, kind.elem)), zero: () => emptyList }
    case 'map':
      return { mend: mapMender(kindMender(workshop, kind.elem)), zero: () => emptyMap }
  }
}

const emptyList: readonly never[] = []
const emptyMap: Readonly<Record<string, never>> = {}

/** An item of a list stands there in any case. */
function itemOf({ mend, zero }: Mender, value: unknown): unknown {
  const mended = mend(value)
  return mended === undefined ? zero() : mended
}

const listMender =
  (items: Mender): Mend =>
  (value) => {
    if (!Array.isArray(value) || value.length > mostListItems) return undefined
    let copy: unknown[] | undefined
    for (let i = 0; i < value.length; i++) {
      if (typeof value[i] === items.plainType) continue
      const item = itemOf(items, value[i])
      if (item === value[i]) continue
      copy ??= [...value]
      copy[i] = item
    }
    return copy ?? value
  }

const mapMender =
  (items: Mender): Mend =>
  (value) => {
    if (!isJsonObject(value)) return undefined
    let copy: Record<string, unknown> | undefined
    for (const key of Object.keys(value)) {
      const given = value[key]
      if (typeof given === items.plainType) continue
      const mended = given === null ? items.zero() : items.mend(given)
      if (Object.is(mended, given) && given !== undefined) continue
      copy ??= Object.fromEntries(Object.entries(value))
      if (mended === undefined) delete copy[key]
      else copy[key] = mended
    }
    return copy ?? value
  }

const nothing = (): undefined => undefined

const leaf = (isFine: (value: unknown) => boolean, zero: unknown): Mender => ({
  mend: (value) => (isFine(value) ? value : undefined),
  zero: () => zero,
})

const plain = (plainType: 'string' | 'boolean' | 'number', zero: unknown): Mender => ({
  mend: (value) => (typeof value === plainType ? value : undefined),
  zero: () => zero,
  plainType,
})

const isText = (value: unknown): boolean => typeof value === 'string'
const isInt32 = (value: unknown): boolean => typeof value === 'number' && (value | 0) === value
/** A JavaScript number cannot tell 2^63 from the greatest int64. */
const isInt64 = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2 ** 63
/** What has no type is kept as it is, if it is not endless. */
const whole: Mender = { mend: (value) => (hasAnEnd(value) ? value : undefined), zero: nothing }

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
  unread: { mend: (value) => value, zero: nothing },
}
