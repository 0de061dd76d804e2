import { goKeys, goString } from '../../go/json/goJson'
import { isJsonObject, isWalkableList } from '../../model/json'
import { jsonLeaves, type Leaf, meaningLeaves } from './leaves'
import { fieldsOf, type Kind, type LeafKind, type Shape, type ShapeField } from './shape'

/** Prints a value, or gives '' where it is left out. */
type Print = (value: unknown) => string

interface FieldPrinter {
  readonly name: string
  /** `"name":` and the same after a comma. */
  readonly first: string
  readonly next: string
  readonly print: Print
  /** A missing value prints nothing, so the field need not be asked. */
  readonly leftOutWhenMissing: boolean
}

interface StructPrinter {
  /** In printing order. */
  readonly fields: readonly FieldPrinter[]
  readonly places: ReadonlyMap<string, number>
  /** The fields that print even where they are missing, as bits: places 0 to 31, and those from 32 on. */
  readonly always: readonly [low: number, high: number]
}

interface Compiler {
  readonly shape: Shape
  readonly leaves: Readonly<Record<LeafKind, Leaf>>
  /** Types met so far; also lets types refer to each other. */
  readonly structs: Map<string, Print>
}

/** Pure memo by identity: a shape is read once, type by type as they are met. */
const compiled = new WeakMap<Shape, Print>()

/**
 * The value as Go prints it after reading it into the shape's root type: fields in the shape's order, unknown ones
 * dropped, no defaults filled in. Never throws for data: what the types refuse (a number for a string, an int32 out of
 * range, a quantity that is none) counts as missing, because no controller gets as far as printing it.
 *
 * `printShape(podTemplateShape, {}) === '{"metadata":{},"spec":{"containers":null}}'`
 */
export function printShape(shape: Shape, value: unknown): string {
  let print = compiled.get(shape)
  if (!print) {
    const leaves = shape.meaning ? meaningLeaves : jsonLeaves
    print = structPrinter({ shape, leaves, structs: new Map() }, shape.root)
    compiled.set(shape, print)
  }
  return print(value)
}

function structPrinter(compiler: Compiler, type: string): Print {
  const known = compiler.structs.get(type)
  if (known) return known
  let struct: StructPrinter | undefined
  const print: Print = (value) => {
    struct ??= structOf(fieldsOf(compiler.shape, type).map((field) => fieldPrinter(compiler, field)))
    return printStruct(struct, value)
  }
  compiler.structs.set(type, print)
  return print
}

function structOf(fields: readonly FieldPrinter[]): StructPrinter {
  const places = new Map(fields.map(({ name }, place) => [name, place]))
  const bitsFrom = (first: number): number =>
    fields.slice(first, first + 32).reduce((bits, field, at) => (field.leftOutWhenMissing ? bits : bits | (1 << at)), 0)
  return { fields, places, always: [bitsFrom(0), bitsFrom(32)] }
}

/**
 * Values have few of a type's fields, so what they have is put in order instead of asking for every field of the type.
 * A set of bits is in order by itself; the largest type has 42 fields.
 */
function printStruct({ fields, places, always }: StructPrinter, value: unknown): string {
  const record: Readonly<Record<string, unknown>> = isJsonObject(value) ? value : {}
  let [low, high] = always
  for (const name in record) {
    const place = places.get(name)
    if (place === undefined || !isOwn.call(record, name)) continue
    if (place < 32) low |= 1 << place
    else high |= 1 << (place - 32)
  }
  const text = printFields(fields, 0, low, record, '')
  return `{${high === 0 ? text : printFields(fields, 32, high, record, text)}}`
}

// Called this way, V8 knows that a key of for-in is the object's own.
const isOwn = Object.prototype.hasOwnProperty

/** Appends the fields whose bits are set. */
function printFields(
  fields: readonly FieldPrinter[],
  first: number,
  wanted: number,
  record: Readonly<Record<string, unknown>>,
  before: string,
): string {
  let text = before
  // Each round clears the lowest bit.
  for (let bits = wanted; bits !== 0; bits &= bits - 1) {
    const field = fields[first + 31 - Math.clz32(bits & -bits)] as FieldPrinter
    const given = record[field.name]
    if (field.leftOutWhenMissing && (given === undefined || given === null)) continue
    const printed = field.print(given)
    if (printed !== '') text += (text === '' ? field.first : field.next) + printed
  }
  return text
}

function fieldPrinter(compiler: Compiler, field: ShapeField): FieldPrinter {
  const print = kindPrinter(compiler, field.kind, field.omitEmpty || compiler.shape.meaning === true, field.omitZero)
  const first = `${goString(field.name)}:`
  const leftOutWhenMissing = field.kind.of !== 'struct' && print(undefined) === ''
  return { name: field.name, first, next: `,${first}`, print, leftOutWhenMissing }
}

/** `omitEmpty` only holds for the field itself; elements of slices and maps always print. */
function kindPrinter(compiler: Compiler, kind: Kind, omitEmpty: boolean, omitZero = false): Print {
  switch (kind.of) {
    case 'leaf':
      return leafPrinter(compiler.leaves[kind.leaf], omitEmpty, omitZero)
    case 'struct':
      return structPrinter(compiler, kind.type)
    case 'pointer':
      return pointerPrinter(compiler, kind.elem, omitEmpty ? '' : 'null')
    case 'slice':
      return slicePrinter(kindPrinter(compiler, kind.elem, false), omitEmpty)
    case 'map':
      return mapPrinter(kindPrinter(compiler, kind.elem, false), omitEmpty)
  }
}

function leafPrinter({ print, zero, canBeEmpty }: Leaf, omitEmpty: boolean, omitZero: boolean): Print {
  if (!(omitZero || (omitEmpty && canBeEmpty))) return (value) => print(value) ?? zero
  return (value) => {
    const text = print(value)
    return text === undefined || text === zero ? '' : text
  }
}

/** What a pointer points to prints even if it is empty: `false`, `0`, `""`, `{}`. */
function pointerPrinter(compiler: Compiler, elem: Kind, missing: string): Print {
  if (elem.of === 'leaf') {
    const { print } = compiler.leaves[elem.leaf]
    return (value) => print(value) ?? missing
  }
  const print = kindPrinter(compiler, elem, false)
  return (value) => (isJsonObject(value) ? print(value) : missing)
}

function slicePrinter(print: Print, omitEmpty: boolean): Print {
  return (value) => {
    if (!isWalkableList(value)) return omitEmpty ? '' : 'null'
    if (value.length === 0) return omitEmpty ? '' : '[]'
    let text = ''
    for (let i = 0; i < value.length; i++) text += i === 0 ? print(value[i]) : `,${print(value[i])}`
    return `[${text}]`
  }
}

function mapPrinter(print: Print, omitEmpty: boolean): Print {
  return (value) => {
    if (!isJsonObject(value)) return omitEmpty ? '' : 'null'
    const keys = goKeys(value)
    if (keys.length === 0) return omitEmpty ? '' : '{}'
    let text = ''
    for (const key of keys) text += `${text === '' ? '' : ','}${goString(key)}:${print(value[key])}`
    return `{${text}}`
  }
}
