import { goKeys, goLetters, goString } from '../../go/json/goJson'
import { isJsonObject, isWalkableList } from '../../model/json'
import { jsonLeaves, type Leaf, meaningLeaves } from './leaves'
import { fieldsOf, type Kind, type LeafKind, type Shape, type ShapeField } from './shape'

/** Takes the next piece of a printed text: to join it, or to hash it, which needs no whole text. */
export type Write = (piece: string) => void

/** Writes `lead` and the value, or nothing where the value is left out. Returns whether it wrote. */
type Print = (value: unknown, lead: string, write: Write) => boolean

interface FieldPrinter {
  readonly name: string
  /** `"name":` and the same after a comma. */
  readonly first: string
  readonly next: string
  /** Nearly all fields are texts. Of these the same with the quote before the text, which takes one piece less. */
  readonly text: { readonly first: string; readonly next: string } | undefined
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
  let text = ''
  writerOf(shape)(value, '', (piece) => {
    text += piece
  })
  return text
}

/** The same piece by piece. */
export function writerOf(shape: Shape): Print {
  const known = compiled.get(shape)
  if (known) return known
  const leaves = shape.meaning ? meaningLeaves : jsonLeaves
  const print = structPrinter({ shape, leaves, structs: new Map() }, shape.root)
  compiled.set(shape, print)
  return print
}

function structPrinter(compiler: Compiler, type: string): Print {
  const known = compiler.structs.get(type)
  if (known) return known
  let struct: StructPrinter | undefined
  const print: Print = (value, lead, write) => {
    struct ??= structOf(fieldsOf(compiler.shape, type).map((field) => fieldPrinter(compiler, field)))
    write(lead)
    return printStruct(struct, value, write)
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
function printStruct({ fields, places, always }: StructPrinter, value: unknown, write: Write): true {
  const record: Readonly<Record<string, unknown>> = isJsonObject(value) ? value : {}
  let [low, high] = always
  for (const name in record) {
    const place = places.get(name)
    if (place === undefined) continue
    if (place < 32) low |= 1 << place
    else high |= 1 << (place - 32)
  }
  write('{')
  const hasWritten = printFields(fields, 0, low, record, false, write)
  if (high !== 0) printFields(fields, 32, high, record, hasWritten, write)
  write('}')
  return true
}

/** Writes the fields whose bits are set. Returns whether any field has been written. */
function printFields(
  fields: readonly FieldPrinter[],
  first: number,
  wanted: number,
  record: Readonly<Record<string, unknown>>,
  isAfterOthers: boolean,
  write: Write,
): boolean {
  let hasWritten = isAfterOthers
  // Each round clears the lowest bit.
  for (let bits = wanted; bits !== 0; bits &= bits - 1) {
    const field = fields[first + 31 - Math.clz32(bits & -bits)] as FieldPrinter
    const given = record[field.name]
    if (field.leftOutWhenMissing && (given === undefined || given === null)) continue
    if (typeof given === 'string' && given !== '' && field.text) {
      write(hasWritten ? field.text.next : field.text.first)
      write(goLetters(given))
      write('"')
      hasWritten = true
      continue
    }
    if (field.print(given, hasWritten ? field.next : field.first, write)) hasWritten = true
  }
  return hasWritten
}

function fieldPrinter(compiler: Compiler, field: ShapeField): FieldPrinter {
  const print = kindPrinter(compiler, field.kind, field.omitEmpty || compiler.shape.meaning === true, field.omitZero)
  const first = `${goString(field.name)}:`
  const leftOutWhenMissing = field.kind.of !== 'struct' && !print(undefined, '', ignore)
  const isText = field.kind.of === 'leaf' && field.kind.leaf === 'string'
  const text = isText ? { first: `${first}"`, next: `,${first}"` } : undefined
  return { name: field.name, first, next: `,${first}`, text, print, leftOutWhenMissing }
}

const ignore: Write = () => undefined

/** `omitEmpty` only holds for the field itself; elements of slices and maps always print. */
function kindPrinter(compiler: Compiler, kind: Kind, omitEmpty: boolean, omitZero = false): Print {
  switch (kind.of) {
    case 'leaf':
      return kind.leaf === 'string'
        ? textPrinter(omitEmpty || omitZero)
        : leafPrinter(compiler.leaves[kind.leaf], omitEmpty, omitZero)
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

/** A missing text is empty. */
const textPrinter =
  (omitEmpty: boolean): Print =>
  (value, lead, write) => {
    const text = typeof value === 'string' ? value : ''
    if (omitEmpty && text === '') return false
    write(lead)
    writeText(text, write)
    return true
  }

function writeText(text: string, write: Write): void {
  write('"')
  write(goLetters(text))
  write('"')
}

function leafPrinter({ print, zero, canBeEmpty }: Leaf, omitEmpty: boolean, omitZero: boolean): Print {
  const leavesOutZero = omitZero || (omitEmpty && canBeEmpty)
  return (value, lead, write) => {
    const text = print(value) ?? zero
    if (leavesOutZero && text === zero) return false
    write(lead)
    write(text)
    return true
  }
}

/** What a pointer points to prints even if it is empty: `false`, `0`, `""`, `{}`. */
function pointerPrinter(compiler: Compiler, elem: Kind, missing: string): Print {
  if (elem.of === 'leaf') {
    const { print } = compiler.leaves[elem.leaf]
    return (value, lead, write) => writePiece(print(value) ?? missing, lead, write)
  }
  const print = kindPrinter(compiler, elem, false)
  return (value, lead, write) => (isJsonObject(value) ? print(value, lead, write) : writePiece(missing, lead, write))
}

/** An empty piece is left out. */
function writePiece(piece: string, lead: string, write: Write): boolean {
  if (piece === '') return false
  write(lead)
  write(piece)
  return true
}

function slicePrinter(print: Print, omitEmpty: boolean): Print {
  return (value, lead, write) => {
    if (!isWalkableList(value)) return writePiece(omitEmpty ? '' : 'null', lead, write)
    if (value.length === 0) return writePiece(omitEmpty ? '' : '[]', lead, write)
    write(lead)
    write('[')
    for (let i = 0; i < value.length; i++) print(value[i], i === 0 ? '' : ',', write)
    write(']')
    return true
  }
}

function mapPrinter(print: Print, omitEmpty: boolean): Print {
  return (value, lead, write) => {
    if (!isJsonObject(value)) return writePiece(omitEmpty ? '' : 'null', lead, write)
    const keys = goKeys(value)
    if (keys.length === 0) return writePiece(omitEmpty ? '' : '{}', lead, write)
    write(lead)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string
      write(i === 0 ? '{"' : ',"')
      write(goLetters(key))
      print(value[key], '":', write)
    }
    write('}')
    return true
  }
}
