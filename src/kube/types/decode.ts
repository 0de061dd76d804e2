import { goQuote, goQuoteTime } from '../../go/goQuote'
import { goKeys, goNumber } from '../../go/json/goJson'
import { isJsonObject } from '../../model/json'
import { parseTime } from '../../model/time'
import { parseQuantity } from '../quantity/parseQuantity'
import { fieldsOf, type Kind, type Shape, type ShapeField } from './shape'

/** A shape whose types Go's decoder can name in its errors. */
export interface DecodeShape extends Shape {
  /** The name of a type with its package: `v1.ObjectMeta`. */
  readonly goName?: (type: string) => string
}

export interface DecodeOptions {
  /** A field that the type does not know is an error. */
  readonly isStrict?: boolean
}

interface Decoder extends DecodeOptions {
  readonly shape: DecodeShape
  /** Names of the fields on the way to the value. */
  readonly path: string[]
  /** The innermost struct on the way. */
  struct?: string
  /** The first error that does not end the decoding. */
  noted?: string
  /** An error that does: it wins over what was noted. */
  fatal?: string
}

/**
 * Why Go's `encoding/json` cannot read a JSON value into a type, in its words; undefined if it can. Of several errors
 * it tells the first in the order of the keys, which are sorted as in everything that was YAML once; types that read
 * themselves (quantities, times) end the decoding, so theirs comes first.
 */
export function decodeProblem(shape: DecodeShape, value: unknown, options: DecodeOptions = {}): string | undefined {
  const decoder: Decoder = { ...options, shape, path: [] }
  decodeStruct(decoder, shape.root, value)
  return decoder.fatal ?? decoder.noted
}

function decode(decoder: Decoder, kind: Kind, value: unknown): void {
  if (value === null || value === undefined || decoder.fatal !== undefined) return
  if (kind.of === 'pointer') decode(decoder, kind.elem, value)
  else if (kind.of === 'struct') decodeStruct(decoder, kind.type, value)
  else if (kind.of === 'leaf') decodeLeaf(decoder, kind.leaf, value)
  else decodeItems(decoder, kind, value)
}

function decodeItems(decoder: Decoder, kind: Extract<Kind, { of: 'pointer' | 'slice' | 'map' }>, value: unknown): void {
  const isMap = kind.of === 'map'
  if (isMap ? !isJsonObject(value) : !Array.isArray(value)) mismatch(decoder, value, kind)
  else if (Array.isArray(value)) for (const item of value) decode(decoder, kind.elem, item)
  else if (isJsonObject(value)) for (const key of goKeys(value)) decode(decoder, kind.elem, value[key])
}

function decodeStruct(decoder: Decoder, type: string, value: unknown): void {
  if (!isJsonObject(value)) {
    mismatch(decoder, value, { of: 'struct', type })
    return
  }
  const fields = fieldsOf(decoder.shape, type)
  const outer = decoder.struct
  for (const key of goKeys(value)) {
    if (decoder.fatal !== undefined) return
    const field = fieldNamed(fields, key)
    if (!field) {
      if (decoder.isStrict) decoder.noted ??= `json: unknown field ${goQuote(key)}`
      continue
    }
    decoder.struct = type
    decoder.path.push(field.name)
    decode(decoder, field.kind, value[key])
    decoder.path.pop()
  }
  decoder.struct = outer
}

/** Go takes a name in other case for the same field. */
const fieldNamed = (fields: readonly ShapeField[], key: string): ShapeField | undefined =>
  fields.find(({ name }) => name === key) ?? fields.find(({ name }) => name.toLowerCase() === key.toLowerCase())

/** What is not JSON is never asked for. */
function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function mismatch(decoder: Decoder, value: unknown, kind: Kind, shown = jsonKind(value)): void {
  decoder.noted ??= typeError(decoder, shown, goType(decoder.shape, kind))
}

function typeError({ shape, struct, path }: Decoder, shown: string, type: string): string {
  const name = struct === undefined ? undefined : (shape.goName?.(struct) ?? struct).replace(/^\w+\./, '')
  const place = name === undefined ? 'value' : `struct field ${name}.${path.join('.')}`
  return `json: cannot unmarshal ${shown} into Go ${place} of type ${type}`
}

function goType(shape: DecodeShape, kind: Kind): string {
  switch (kind.of) {
    case 'leaf':
      return leafType(kind.leaf)
    case 'struct':
      return shape.goName?.(kind.type) ?? kind.type
    case 'pointer':
      return `*${goType(shape, kind.elem)}`
    case 'slice':
      return `[]${goType(shape, kind.elem)}`
    case 'map':
      return `map[string]${goType(shape, kind.elem)}`
  }
}

const ownTypes: Readonly<Record<string, string>> = {
  rawJSON: 'json.RawMessage',
  intOrString: 'intstr.IntOrString',
  quantity: 'resource.Quantity',
  time: 'v1.Time',
}

/** `string=v1.Protocol` is a text with a type of its own. */
const leafType = (leaf: string): string => ownTypes[leaf] ?? leaf.slice(leaf.indexOf('=') + 1)
const leafKind = (leaf: string): string => (leaf.includes('=') ? leaf.slice(0, leaf.indexOf('=')) : leaf)

const integerRanges: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
  uint8: [0, 255],
  uint32: [0, 2 ** 32 - 1],
}

function decodeLeaf(decoder: Decoder, leaf: string, value: unknown): void {
  const kind = leafKind(leaf)
  const range = integerRanges[kind]
  const isFine = plainLeaves[kind]
  if (range) decodeInteger(decoder, leaf, range, value)
  else if (!isFine) decoder.fatal = ownReaders[kind]?.(value, decoder)
  else if (!isFine(value)) decoder.noted ??= typeError(decoder, jsonKind(value), leafType(leaf))
}

function decodeInteger(decoder: Decoder, leaf: string, [least, most]: readonly [number, number], value: unknown): void {
  const isNumber = typeof value === 'number'
  if (isNumber && Number.isInteger(value) && value >= least && value <= most) return
  decoder.noted ??= typeError(decoder, isNumber ? `number ${goNumber(value)}` : jsonKind(value), leafType(leaf))
}

const plainLeaves: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  float64: (value) => typeof value === 'number',
}

type OwnReader = (value: unknown, decoder: Decoder) => string | undefined

/** Types that read themselves. What is missing here takes any JSON. */
const ownReaders: Readonly<Record<string, OwnReader>> = {
  quantity: readQuantity,
  time: readTime,
  intOrString: readIntOrString,
}

function readIntOrString(value: unknown, decoder: Decoder): string | undefined {
  if (typeof value === 'string') return undefined
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31) return undefined
  const shown = typeof value === 'number' ? `number ${goNumber(value)}` : jsonKind(value)
  return typeError(decoder, shown, 'int32')
}

const quantityFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

function readQuantity(value: unknown): string | undefined {
  if (value === '') return undefined
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return parseQuantity(text.trim()) === undefined ? quantityFormat : undefined
}

const timeLayout = '2006-01-02T15:04:05Z07:00'

function readTime(value: unknown, decoder: Decoder): string | undefined {
  if (typeof value !== 'string') return typeError({ ...decoder, struct: undefined }, jsonKind(value), 'string')
  if (parseTime(value) !== undefined) return undefined
  const part = /^\d{4}/.test(value) ? '-' : '2006'
  const rest = part === '-' ? value.slice(4) : value
  return `parsing time ${goQuoteTime(value)} as ${goQuoteTime(timeLayout)}: cannot parse ${goQuoteTime(rest)} as ${goQuoteTime(part)}`
}
