import { fieldsOf, type Kind, type LeafKind, type Shape, type ShapeField } from './hash/shape'
import { isJsonObject } from './json'
import { parseTime } from './time'

/** Gives back the value itself where it is as it should be, else a mended one; undefined where nothing can be made of it. */
type Mend = (value: unknown) => unknown

interface Mender {
  readonly mend: Mend
  /** What stands for a value that has to be there and is not. */
  readonly zero: () => unknown
}

interface FieldMender extends Mender {
  readonly name: string
  readonly required: boolean
}

/**
 * Reads data of unknown origin as the controller's tolerant reader does: what has another type than the shape says counts
 * as missing, and what has to be there is empty. What is as it should be stays the very same object; fields that the shape
 * does not know stay untouched. Times have to be RFC 3339.
 *
 * Objects that went through an API server, or through input/, are as they should be.
 */
export function mender<T>(shape: Shape): (value: unknown) => T {
  const root = structMender(shape, shape.root)
  return (value) => (root.mend(value) ?? root.zero()) as T
}

/** A shape may not contain itself. */
function structMender(shape: Shape, type: string): Mender {
  const fields = fieldsOf(shape, type).map((field) => fieldMender(shape, field))
  return {
    mend: (value) => (isJsonObject(value) ? mendFields(fields, value) : undefined),
    zero: () => mendFields(fields, {}),
  }
}

function mendFields(fields: readonly FieldMender[], record: Readonly<Record<string, unknown>>): unknown {
  let copy: Record<string, unknown> | undefined
  for (const { name, required, mend, zero } of fields) {
    const given = Object.hasOwn(record, name) ? record[name] : undefined
    const mended = given === undefined || given === null ? undefined : mend(given)
    const wanted = mended === undefined && required ? zero() : mended
    if (wanted === given) continue
    copy ??= { ...record }
    if (wanted === undefined) delete copy[name]
    else copy[name] = wanted
  }
  return copy ?? record
}

function fieldMender(shape: Shape, { name, kind, omitEmpty }: ShapeField): FieldMender {
  const { mend, zero } = kindMender(shape, kind)
  return { name, mend, zero, required: !omitEmpty && kind.of !== 'pointer' }
}

function kindMender(shape: Shape, kind: Kind): Mender {
  switch (kind.of) {
    case 'leaf':
      return leaves[kind.leaf]
    case 'struct':
      return structMender(shape, kind.type)
    case 'pointer':
      return { mend: kindMender(shape, kind.elem).mend, zero: nothing }
    case 'slice':
      return { mend: listMender(kindMender(shape, kind.elem)), zero: () => [] }
    case 'map':
      return { mend: mapMender(kindMender(shape, kind.elem)), zero: () => ({}) }
  }
}

/** An item of a list or map stands there in any case. */
function itemOf({ mend, zero }: Mender, value: unknown): unknown {
  const mended = mend(value)
  return mended === undefined ? zero() : mended
}

const listMender =
  (items: Mender): Mend =>
  (value) => {
    if (!Array.isArray(value)) return undefined
    let copy: unknown[] | undefined
    for (let i = 0; i < value.length; i++) {
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
    const keys = Object.keys(value)
    if (keys.every((key) => itemOf(items, value[key]) === value[key])) return value
    return Object.fromEntries(keys.map((key) => [key, itemOf(items, value[key])]))
  }

const nothing = (): undefined => undefined

const leaf = (isFine: (value: unknown) => boolean, zero: unknown): Mender => ({
  mend: (value) => (isFine(value) ? value : undefined),
  zero: () => zero,
})

const isText = (value: unknown): boolean => typeof value === 'string'
const isInt32 = (value: unknown): boolean => typeof value === 'number' && (value | 0) === value
const whole: Mender = { mend: (value) => value, zero: nothing }

const leaves: Readonly<Record<LeafKind, Mender>> = {
  string: leaf(isText, ''),
  bool: leaf((value) => typeof value === 'boolean', false),
  int32: leaf(isInt32, 0),
  int64: leaf(Number.isSafeInteger, 0),
  intOrString: leaf((value) => isText(value) || isInt32(value), 0),
  time: leaf((value) => typeof value === 'string' && parseTime(value) !== undefined, undefined),
  quantity: whole,
  fieldsV1: whole,
  rawJSON: whole,
}
