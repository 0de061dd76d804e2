import { goKeys, goString } from '../../go/json/goJson'
import { isJsonObject, isWalkableList } from '../../model/json'
import { jsonLeaves, type Leaf, meaningLeaves } from './leaves'
import { fieldsOf, type Kind, type LeafKind, type Shape, type ShapeField } from './shape'
import { type Constant, comma, constant, joined, nothing, quote, type Sink } from './sink'
import { type FieldPrinter, type Print, printStruct, type StructPrinter, structOf } from './structPrinter'

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
  return joined((sink) => writerOf(shape)(value, nothing, sink))
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
  const print: Print = (value, lead, sink) => {
    struct ??= structOf(fieldsOf(compiler.shape, type).map((field, place) => fieldPrinter(compiler, field, place)))
    sink.constant(lead)
    return printStruct(struct, value, sink)
  }
  compiler.structs.set(type, print)
  return print
}

function fieldPrinter(compiler: Compiler, field: ShapeField, place: number): FieldPrinter {
  const print = kindPrinter(compiler, field.kind, field.omitEmpty || compiler.shape.meaning === true, field.omitZero)
  const first = `${goString(field.name)}:`
  const leftOutWhenMissing = field.kind.of !== 'struct' && !print(undefined, nothing, ignore)
  const isText = field.kind.of === 'leaf' && field.kind.leaf === 'string'
  const text = isText ? { first: constant(`${first}"`), next: constant(`,${first}"`) } : undefined
  return {
    name: field.name,
    place,
    likelyNext: undefined,
    first: constant(first),
    next: constant(`,${first}`),
    text,
    print,
    leftOutWhenMissing,
  }
}

const ignore: Sink = { constant: () => undefined, text: () => undefined, letters: () => undefined }

const openList = constant('[')
const closeList = constant(']')
const firstKey = constant('{"')
const nextKey = constant(',"')
const afterKey = constant('":')
const endOfMap = constant('}')

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
  (value, lead, sink) => {
    const text = typeof value === 'string' ? value : ''
    if (omitEmpty && text === '') return false
    sink.constant(lead)
    writeText(text, sink)
    return true
  }

function writeText(text: string, sink: Sink): void {
  sink.constant(quote)
  sink.letters(text)
  sink.constant(quote)
}

function leafPrinter({ print, zero, canBeEmpty }: Leaf, omitEmpty: boolean, omitZero: boolean): Print {
  const leavesOutZero = omitZero || (omitEmpty && canBeEmpty)
  return (value, lead, sink) => {
    const text = print(value) ?? zero
    if (leavesOutZero && text === zero) return false
    sink.constant(lead)
    sink.text(text)
    return true
  }
}

/** What a pointer points to prints even if it is empty: `false`, `0`, `""`, `{}`. */
function pointerPrinter(compiler: Compiler, elem: Kind, missing: string): Print {
  if (elem.of === 'leaf') {
    const { print } = compiler.leaves[elem.leaf]
    return (value, lead, sink) => writePiece(print(value) ?? missing, lead, sink)
  }
  const print = kindPrinter(compiler, elem, false)
  return (value, lead, sink) => (isJsonObject(value) ? print(value, lead, sink) : writePiece(missing, lead, sink))
}

/** An empty piece is left out. */
function writePiece(piece: string, lead: Constant, sink: Sink): boolean {
  if (piece === '') return false
  sink.constant(lead)
  sink.text(piece)
  return true
}

function slicePrinter(print: Print, omitEmpty: boolean): Print {
  return (value, lead, sink) => {
    if (!isWalkableList(value)) return writePiece(omitEmpty ? '' : 'null', lead, sink)
    if (value.length === 0) return writePiece(omitEmpty ? '' : '[]', lead, sink)
    sink.constant(lead)
    sink.constant(openList)
    for (let i = 0; i < value.length; i++) print(value[i], i === 0 ? nothing : comma, sink)
    sink.constant(closeList)
    return true
  }
}

function mapPrinter(print: Print, omitEmpty: boolean): Print {
  return (value, lead, sink) => {
    if (!isJsonObject(value)) return writePiece(omitEmpty ? '' : 'null', lead, sink)
    const keys = goKeys(value)
    if (keys.length === 0) return writePiece(omitEmpty ? '' : '{}', lead, sink)
    sink.constant(lead)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string
      sink.constant(i === 0 ? firstKey : nextKey)
      sink.letters(key)
      print(value[key], afterKey, sink)
    }
    sink.constant(endOfMap)
    return true
  }
}
