import { decodeBase64 } from '../../go/base64'
import { toBytes } from '../../go/bytes'
import { parseDuration } from '../../go/duration'
import { rfc3339Nano } from '../../go/time/format'
import { parseInstant } from '../../go/time/parse'
import { utc } from '../../go/time/zone'
import { fail } from '../failure'
import {
  anySlice,
  byteSlice,
  durationType,
  floatSlice,
  type GoType,
  int32Type,
  int64Type,
  messageType,
  nrdbSlice,
  nrdbType,
  seriesSlice,
  seriesType,
  statusCodeType,
  stringMap,
  stringPointer,
  timeType,
  uint8Type,
  uint64Type,
} from '../types/goType'
import { dictOf, listOf, nilList, type Pointer, type Struct, time, type Value } from './value'

/**
 * The Go type in which a provider brings its result, because the static types of a condition depend on it:
 * - `json`: anything, every number a float64 (Web, Kayenta, SkyWalking, plugins, ...); the default.
 * - `float64`, `*float64`, `[]float64`, `string`, `bool`: Prometheus, Datadog, Graphite, Wavefront, ...
 * - `tagged`: like `json`, but `{"$int": "5"}` (also `$int32`, `$int64`, `$uint8`, `$uint64`, `$float`, `$time`,
 *   `$duration`, `$bytes` in base64) is that one value: InfluxDB.
 * - `NRDBResult`, `[]NRDBResult`: New Relic; `[]MetricDataResult`: CloudWatch.
 *
 * `null` is nil for all of them; `nil *float64` and `nil` say so by name. `nil []MetricDataResult` is a nil slice:
 * CloudWatch named no results at all.
 */
export type ResultType =
  | 'json'
  | 'float64'
  | '*float64'
  | 'nil *float64'
  | '[]float64'
  | 'string'
  | 'bool'
  | 'nil'
  | 'tagged'
  | 'NRDBResult'
  | '[]NRDBResult'
  | '[]MetricDataResult'
  | 'nil []MetricDataResult'

const mostDepth = 500
const mostValues = 1_000_000

interface Counter {
  left: number
}

/** Turns what a host gave into a value of the language. Fails where it is not JSON, too deep or too large. */
export function fromHost(result: unknown, resultType: ResultType): Value {
  const counter: Counter = { left: mostValues }
  if (Array.isArray(result) && result.length > mostValues) return fail('metric result is too large', 'budget')
  if (resultType === 'nil []MetricDataResult') return nilList(seriesSlice)
  if (result === null || result === undefined) return null
  switch (resultType) {
    case 'nil':
    case 'nil *float64':
      return null
    case '[]float64':
      return Array.isArray(result) ? listOf(Array.from(result, number), floatSlice) : json(result, counter)
    case 'NRDBResult':
      return nrdb(result, counter)
    case '[]NRDBResult':
      return Array.isArray(result)
        ? listOf(
            Array.from(result, (row) => nrdb(row, counter)),
            nrdbSlice,
          )
        : json(result, counter)
    case '[]MetricDataResult':
      return Array.isArray(result)
        ? listOf(
            Array.from(result, (one, at) => series(one, `result[${at}]`, counter)),
            seriesSlice,
          )
        : json(result, counter)
    default:
      return read(result, 0, counter, resultType !== 'json' && resultType !== 'string')
  }
}

const json = (value: unknown, counter: Counter): Value => read(value, 0, counter, false)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function read(value: unknown, depth: number, counter: Counter, tagged: boolean): Value {
  counter.left -= 1
  if (depth > mostDepth) return fail('metric result is nested too deeply', 'budget')
  if (counter.left < 0) return fail('metric result is too large', 'budget')
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'string') return toBytes(value)
  if (Array.isArray(value)) {
    if (value.length > counter.left) return fail('metric result is too large', 'budget')
    return listOf(
      Array.from(value, (item) => read(item, depth + 1, counter, tagged)),
      anySlice,
    )
  }
  if (!isRecord(value)) return fail(`metric result is no JSON: it holds a ${typeof value}`)
  const keys = Object.keys(value)
  const single = tagged && keys.length === 1 ? readTag(keys[0]!, value[keys[0]!]) : undefined
  if (single !== undefined) return single
  return dictOf(
    keys.map((key) => [toBytes(key), read(value[key], depth + 1, counter, tagged)] as const),
    stringMap,
  )
}

const integerTags: Readonly<Record<string, GoType>> = {
  $int32: int32Type,
  $int64: int64Type,
  $uint8: uint8Type,
  $uint64: uint64Type,
}

function readTag(tag: string, text: unknown): Value | undefined {
  if (typeof text !== 'string') return undefined
  if (tag === '$float') return floatOf(text)
  if (tag === '$time') return readTime(text)
  if (tag === '$duration') return readDuration(text)
  if (tag === '$bytes') return readBytes(text)
  if (tag !== '$int' && !Object.hasOwn(integerTags, tag)) return undefined
  if (!/^-?[0-9]{1,20}$/.test(text)) return undefined
  return tag === '$int' ? BigInt(text) : { type: integerTags[tag]!, int: BigInt(text) }
}

const floatOf = (text: string): number => Number(text.replace('Inf', 'Infinity'))

function readTime(text: string): Value | undefined {
  const reading = parseInstant(rfc3339Nano, text)
  return 'instant' in reading ? time({ ...reading.instant, zone: utc }) : undefined
}

function readDuration(text: string): Value | undefined {
  const reading = parseDuration(text)
  return 'nanoseconds' in reading ? { type: durationType, int: reading.nanoseconds } : undefined
}

function readBytes(base64: string): Value | undefined {
  const reading = decodeBase64(base64)
  if (!('bytes' in reading)) return undefined
  const { bytes } = reading
  const at = (index: number): Value => ({ type: uint8Type, int: BigInt(bytes.charCodeAt(index)) })
  return { type: byteSlice, length: bytes.length, at }
}

const number = (value: unknown): number => {
  if (typeof value === 'number') return value
  return isRecord(value) && typeof value.$float === 'string' ? floatOf(value.$float) : 0
}

function nrdb(row: unknown, counter: Counter): Value {
  const value = json(row, counter)
  return value !== null && typeof value === 'object' && 'entries' in value ? { ...value, type: nrdbType } : value
}

/** One series of CloudWatch: `{Id, Label, StatusCode, Timestamps, Values, Messages}`, all optional. */
function series(one: unknown, place: string, counter: Counter): Struct {
  const given = isRecord(one) ? one : {}
  const strings = (name: string): readonly unknown[] => {
    const list = given[name]
    return Array.isArray(list) ? list : []
  }
  counter.left -= strings('Values').length + strings('Timestamps').length
  if (counter.left < 0) return fail('metric result is too large', 'budget')
  const types = seriesType.fields!
  const list = (name: string, map: (item: unknown, at: number) => Value): Value =>
    Array.isArray(given[name])
      ? listOf(strings(name).map(map), types[name]!)
      : { type: types[name]!, length: 0, at: () => null, isNil: true }
  return {
    type: seriesType,
    fields: {
      Id: pointer(given.Id, `${place}.Id`),
      Label: pointer(given.Label, `${place}.Label`),
      Messages: list('Messages', (one, at) => message(one, `${place}.Messages[${at}]`)),
      StatusCode: { type: statusCodeType, text: toBytes(typeof given.StatusCode === 'string' ? given.StatusCode : '') },
      Timestamps: list('Timestamps', timestamp),
      Values: list('Values', number),
    },
  }
}

const pointer = (text: unknown, address: string): Pointer => ({
  type: stringPointer,
  target: typeof text === 'string' ? toBytes(text) : null,
  address,
})

const message = (one: unknown, place: string): Struct => {
  const { Code, Value: text } = isRecord(one) ? one : ({} as Record<string, unknown>)
  return { type: messageType, fields: { Code: pointer(Code, `${place}.Code`), Value: pointer(text, `${place}.Value`) } }
}

const timestamp = (text: unknown): Value =>
  (typeof text === 'string' ? readTime(text) : undefined) ?? {
    type: timeType,
    instant: { nanoseconds: 0n, zone: utc },
  }
