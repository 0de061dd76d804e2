import { hasAnEnd } from '../../model/json'
import { parseTime } from '../../model/time'
import { fieldsOf, type Kind, type LeafKind, type Shape, type ShapeField } from './shape'

// Tables for reading data of unknown origin, made from a shape type by type as they are met.

/** Reads the values of one kind. */
export interface Mender {
  /** Any text is as it should be. Most values are texts, and seeing that costs nothing. */
  readonly takesText: boolean
  /** The same for whole numbers of 32 bits. */
  readonly takesInt32: boolean
  readonly of: 'leaf' | 'struct' | 'list' | 'map'
  /** Of a leaf. */
  readonly isFine: (value: unknown) => boolean
  /** Of a struct. */
  readonly struct?: Struct
  /** Of a list or map. */
  readonly items?: Mender
  /** What represents a value that has to be there and is not. It is shared: an immutable value. */
  readonly zero: () => unknown
  /** Of a field of a struct: it has to be there. */
  readonly isRequired: boolean
  /** Of a field of a struct. */
  readonly name: string
  /**
   * The field that followed this one in the last object of the type. Nearly all objects of a type have their fields in
   * the same order, and comparing one name is faster than a lookup in a map. The guess changes no answer. Its use is
   * written out in three places: a shared function would see objects of three forms and be slower than the map.
   */
  likelyNext: Mender | undefined
}

/** What was made of objects, by identity. */
export interface ReadObjects {
  readonly get: (object: object) => unknown
  readonly set: (object: object, read: unknown) => unknown
}

/**
 * Nearly all objects are well-formed and represent themselves. They are in a set: V8 keeps the values of an old WeakMap
 * until the next full collection, and so it would keep every version of every object of a simulation.
 */
function readObjects(): ReadObjects {
  const fine = new WeakSet<object>()
  const repaired = new WeakMap<object, unknown>()
  return {
    get: (object) => (fine.has(object) ? object : repaired.get(object)),
    set: (object, read) => (read === object ? fine.add(object) : repaired.set(object, read)),
  }
}

export interface Struct {
  /** Read from the shape when the first value is met. */
  fields: Fields | undefined
  readonly read: () => Fields
  /** Objects are immutable values: what was found out about one holds for as long as it lives. */
  readonly remembered?: ReadObjects
  readonly keepsNulls: boolean
}

/** The fields of a struct, read from the shape when first asked for. */
export function fieldsOfStruct(struct: Struct): Fields {
  const known = struct.fields
  if (known !== undefined) return known
  const read = struct.read()
  struct.fields = read
  return read
}

export interface Fields {
  readonly byName: ReadonlyMap<string, Mender>
  /** Comes before the first field, so that the first one can be guessed as well. */
  readonly start: Mender
  readonly required: readonly { readonly name: string; readonly zero: () => unknown }[]
}

export interface Workshop {
  readonly shape: Shape
  /** Types met so far. */
  readonly structs: Map<string, Mender>
  readonly remembered: ReadonlySet<string>
  /** Types whose objects are remembered elsewhere. */
  readonly memories: Readonly<Record<string, ReadObjects>>
  readonly withNulls: ReadonlySet<string>
  /** What represents a value of a type that has to be there. */
  readonly emptyOf: (struct: Struct) => unknown
}

export function structMender(workshop: Workshop, type: string): Mender {
  const made = workshop.structs.get(type)
  if (made) return made
  const struct: Struct = {
    fields: undefined,
    read: () => fieldsOfType(workshop, type),
    remembered: workshop.remembered.has(type) ? readObjects() : workshop.memories[type],
    keepsNulls: workshop.withNulls.has(type),
  }
  let zero: unknown
  const mender = menderOf(
    'struct',
    () => {
      zero ??= workshop.emptyOf(struct)
      return zero
    },
    { struct },
  )
  workshop.structs.set(type, mender)
  return mender
}

/** All menders have the same fields in the same order, so that reading one is fast. */
const menderOf = (of: Mender['of'], zero: () => unknown, given: Partial<Mender>): Mender => ({
  takesText: given.takesText ?? false,
  takesInt32: given.takesInt32 ?? false,
  of,
  isFine: given.isFine ?? never,
  struct: given.struct,
  items: given.items,
  zero,
  isRequired: given.isRequired ?? false,
  name: given.name ?? '',
  likelyNext: undefined,
})

const never = (): boolean => false

function fieldsOfType(workshop: Workshop, type: string): Fields {
  const fields = fieldsOf(workshop.shape, type).map((field): readonly [string, Mender] => {
    const { of, zero, ...given } = kindMender(workshop, field.kind)
    return [field.name, menderOf(of, zero, { ...given, isRequired: isRequired(field), name: field.name })]
  })
  return {
    byName: new Map(fields),
    start: menderOf('leaf', nothing, {}),
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
    case 'pointer': {
      const { of, zero: _, ...given } = kindMender(workshop, kind.elem)
      return menderOf(of, nothing, given)
    }
    case 'slice':
      return menderOf('list', () => emptyList, { items: kindMender(workshop, kind.elem) })
    case 'map':
      return menderOf('map', () => emptyMap, { items: kindMender(workshop, kind.elem) })
  }
}

const emptyList: readonly never[] = []
const emptyMap: Readonly<Record<string, never>> = {}

const nothing = (): undefined => undefined

const leaf = (isFine: (value: unknown) => boolean, zero: unknown, takesText = false): Mender =>
  menderOf('leaf', () => zero, { isFine, takesText, takesInt32: isFine(0) })

const isText = (value: unknown): boolean => typeof value === 'string'
const isInt32 = (value: unknown): boolean => typeof value === 'number' && (value | 0) === value
/** A JavaScript number cannot tell 2^63 from the greatest int64. */
const isInt64 = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2 ** 63
/** The times of an observation are few: the last one that was fine is compared before the next one is read. */
function isTime(): (value: unknown) => boolean {
  let lastFine = ''
  return (value) => {
    if (typeof value !== 'string') return false
    if (value === lastFine) return true
    const isFine = parseTime(value) !== undefined
    if (isFine) lastFine = value
    return isFine
  }
}

/** What has no type is kept as it is, if it is not endless. */
const whole = leaf(hasAnEnd, undefined, true)

const leaves: Readonly<Record<LeafKind, Mender>> = {
  string: leaf(isText, '', true),
  bool: leaf((value) => typeof value === 'boolean', false),
  int32: leaf(isInt32, 0),
  int64: leaf(isInt64, 0),
  number: leaf((value) => typeof value === 'number', 0),
  intOrString: leaf((value) => isText(value) || isInt32(value), 0, true),
  time: leaf(isTime(), undefined),
  quantity: whole,
  fieldsV1: whole,
  rawJSON: whole,
  unread: leaf(() => true, undefined, true),
}
