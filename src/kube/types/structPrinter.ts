import { isJsonObject } from '../../model/json'
import { type Constant, constant, nothing, quote, type Sink } from './sink'

// Prints the fields of a struct in the order of its type. printShape.ts makes the printers of fields.

/** Writes `lead` and the value, or nothing where the value is left out. Returns whether it wrote. */
export type Print = (value: unknown, lead: Constant, sink: Sink) => boolean

export interface FieldPrinter {
  readonly name: string
  /** In printing order. */
  readonly place: number
  /** The field that followed this one in the last object of the type, see kube/types/menders.ts. */
  likelyNext: FieldPrinter | undefined
  /** `"name":` and the same after a comma. */
  readonly first: Constant
  readonly next: Constant
  /** Nearly all fields are texts. Of these the same with the quote before the text, which takes one piece less. */
  readonly text: { readonly first: Constant; readonly next: Constant } | undefined
  readonly print: Print
  /** A missing value prints nothing, so the field need not be asked. */
  readonly leftOutWhenMissing: boolean
}

const noField: FieldPrinter = {
  name: '',
  place: -1,
  likelyNext: undefined,
  first: nothing,
  next: nothing,
  text: undefined,
  print: () => false,
  leftOutWhenMissing: true,
}

export interface StructPrinter {
  /** In printing order. */
  readonly fields: readonly FieldPrinter[]
  readonly byName: ReadonlyMap<string, FieldPrinter>
  /** Comes before the first field, so that the first one can be guessed as well. */
  readonly start: FieldPrinter
  /** The fields that print even where they are missing, as bits: places 0 to 31, and those from 32 on. */
  readonly always: readonly [low: number, high: number]
}

export function structOf(fields: readonly FieldPrinter[]): StructPrinter {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const bitsFrom = (first: number): number =>
    fields.slice(first, first + 32).reduce((bits, field, at) => (field.leftOutWhenMissing ? bits : bits | (1 << at)), 0)
  return { fields, byName, start: { ...noField }, always: [bitsFrom(0), bitsFrom(32)] }
}

/**
 * Values have few of a type's fields, so what they have is put in order instead of asking for every field of the type.
 * A set of bits is in order by itself; the largest type has 42 fields.
 */
export function printStruct({ fields, byName, start, always }: StructPrinter, value: unknown, sink: Sink): true {
  const record: Readonly<Record<string, unknown>> = isJsonObject(value) ? value : {}
  let [low, high] = always
  let last = start
  for (const name in record) {
    let field = last.likelyNext
    if (field === undefined || field.name !== name) {
      field = byName.get(name)
      if (field === undefined) continue
      last.likelyNext = field
    }
    last = field
    const { place } = field
    if (place < 32) low |= 1 << place
    else high |= 1 << (place - 32)
  }
  sink.constant(open)
  const hasWritten = printFields(fields, 0, low, record, false, sink)
  if (high !== 0) printFields(fields, 32, high, record, hasWritten, sink)
  sink.constant(close)
  return true
}

/** Writes the fields whose bits are set. Returns whether any field has been written. */
function printFields(
  fields: readonly FieldPrinter[],
  first: number,
  wanted: number,
  record: Readonly<Record<string, unknown>>,
  isAfterOthers: boolean,
  sink: Sink,
): boolean {
  let hasWritten = isAfterOthers
  // Each round clears the lowest bit.
  for (let bits = wanted; bits !== 0; bits &= bits - 1) {
    const field = fields[first + 31 - Math.clz32(bits & -bits)] as FieldPrinter
    const given = record[field.name]
    if (field.leftOutWhenMissing && (given === undefined || given === null)) continue
    if (typeof given === 'string' && given !== '' && field.text) {
      sink.constant(hasWritten ? field.text.next : field.text.first)
      sink.letters(given)
      sink.constant(quote)
      hasWritten = true
      continue
    }
    if (field.print(given, hasWritten ? field.next : field.first, sink)) hasWritten = true
  }
  return hasWritten
}

const open = constant('{')
const close = constant('}')
