import { isJsonObject, isOwn, isWalkableList } from '../../model/json'
import { isCanonical } from '../quantity/canonical'
import { jsonLeaves } from './leaves'
import { fieldsOf, type Kind, type LeafKind, type Shape, type ShapeField } from './shape'

// Most objects have gone through the controller's types before, so printing them through the types changes nothing.
// Seeing that costs a tenth of printing and reading. A null counts as missing. False says nothing.

type Check = (value: unknown) => boolean

interface Field {
  readonly check: Check
  /** A missing value prints as something else than null. */
  readonly isRequired: boolean
}

interface Struct {
  readonly fields: ReadonlyMap<string, Field>
  readonly required: number
}

interface Compiler {
  readonly shape: Shape
  /** Types met so far; also lets types refer to each other. */
  readonly structs: Map<string, Check>
}

/** Whether a value of this type of the shape surely stays the same on a way through the types. */
export const printsAsItself = (shape: Shape, type: string): Check => structCheck({ shape, structs: new Map() }, type)

function structCheck(compiler: Compiler, type: string): Check {
  const known = compiler.structs.get(type)
  if (known) return known
  let struct: Struct | undefined
  const check: Check = (value) => {
    struct ??= structOf(compiler, type)
    return isJsonObject(value) && fieldsPrint(struct, value)
  }
  compiler.structs.set(type, check)
  return check
}

function structOf(compiler: Compiler, type: string): Struct {
  const fields = fieldsOf(compiler.shape, type).map((field): readonly [string, Field] => {
    const check = kindCheck(compiler, field.kind, field.omitEmpty || field.omitZero)
    return [field.name, { check, isRequired: printsWhenMissing(field) }]
  })
  return { fields: new Map(fields), required: fields.filter(([, { isRequired }]) => isRequired).length }
}

/** A missing pointer, list or map prints as nothing or null, a missing struct with its own fields. */
function printsWhenMissing({ kind, omitEmpty, omitZero }: ShapeField): boolean {
  if (kind.of !== 'leaf') return kind.of === 'struct'
  const { zero, canBeEmpty } = jsonLeaves[kind.leaf]
  return zero !== 'null' && !(omitZero || (omitEmpty && canBeEmpty))
}

function fieldsPrint({ fields, required }: Struct, record: Readonly<Record<string, unknown>>): boolean {
  let missing = required
  for (const name in record) {
    if (!isOwn.call(record, name)) return false
    const value = record[name]
    if (value === undefined || value === null) continue
    const field = fields.get(name)
    if (field === undefined || !field.check(value)) return false
    if (field.isRequired) missing--
  }
  return missing === 0
}

/** `canVanish`: an empty value is left out. Elements of lists and maps, and what a pointer points to, always print. */
function kindCheck(compiler: Compiler, kind: Kind, canVanish: boolean): Check {
  switch (kind.of) {
    case 'leaf':
      return canVanish ? (value) => !isZero(value) && leafChecks[kind.leaf](value) : leafChecks[kind.leaf]
    case 'struct':
      return structCheck(compiler, kind.type)
    case 'pointer':
      return kindCheck(compiler, kind.elem, false)
    case 'slice':
      return listCheck(kindCheck(compiler, kind.elem, false), canVanish)
    case 'map':
      return mapCheck(kindCheck(compiler, kind.elem, false), canVanish)
  }
}

const isZero = (value: unknown): boolean => value === '' || value === 0 || value === false

function listCheck(item: Check, canVanish: boolean): Check {
  return (value) => {
    if (!isWalkableList(value) || (canVanish && value.length === 0)) return false
    for (let i = 0; i < value.length; i++) if (!item(value[i])) return false
    return true
  }
}

function mapCheck(item: Check, canVanish: boolean): Check {
  return (value) => {
    if (!isJsonObject(value)) return false
    let isEmpty = true
    for (const key in value) {
      if (!isText(key) || !item(value[key])) return false
      isEmpty = false
    }
    return !(canVanish && isEmpty)
  }
}

/** Go replaces halves of surrogate pairs; texts with any are left to the printer. */
function isText(value: unknown): boolean {
  if (typeof value !== 'string') return false
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) >= 0xd800) return false
  return true
}

const isInt32: Check = (value) => typeof value === 'number' && (value | 0) === value
const isPrintedAsItIs: Check = (value) => typeof value === 'string' && jsonLeaves.time.print(value) === `"${value}"`

const leafChecks: Readonly<Record<LeafKind, Check>> = {
  string: isText,
  bool: (value) => typeof value === 'boolean',
  int32: isInt32,
  int64: Number.isSafeInteger,
  number: Number.isSafeInteger,
  quantity: (value) => typeof value === 'string' && isCanonical(value),
  intOrString: (value) => isText(value) || isInt32(value),
  time: isPrintedAsItIs,
  fieldsV1: isPlainData,
  rawJSON: isPlainData,
  unread: isPlainData,
}

const deepest = 20

/** Data without types, and without nulls, which an API server drops. */
function isPlainData(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object') return isText(value) || typeof value === 'boolean' || Number.isSafeInteger(value)
  if (value === null || depth > deepest) return false
  if (Array.isArray(value)) return isWalkableList(value) && value.every((item) => isPlainData(item, depth + 1))
  const record = value as Readonly<Record<string, unknown>>
  for (const key in record) if (!isText(key) || !isPlainData(record[key], depth + 1)) return false
  return true
}
