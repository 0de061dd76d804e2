import { goQuote } from '../../go/goQuote'
import type { JsonNode } from '../../go/json/json'
import {
  type Decode,
  type Decoded,
  decodeInt,
  decodeList,
  decodeMap,
  decodeNode,
  decodeString,
  decodeStruct,
} from '../../go/json/jsonDecode'
import { parseFloating, parseInteger } from '../../go/numbers'
import { ownValue } from '../../model/json'

/** A scalar's value, or the values of all samples of a vector or matrix in order. */
export type QueryData = number | readonly number[]

interface TypedData {
  readonly resultType: string
  readonly result: JsonNode | undefined
}

const decodeTyped = decodeStruct<TypedData>(
  'struct',
  { resultType: '<ValNone>', result: undefined },
  { resultType: decodeString, result: decodeNode },
)

/** The member `data` of a query's reply. */
export function decodeQueryData(node: JsonNode, source: string): Decoded<QueryData> {
  const typed = decodeTyped(node, source)
  if ('error' in typed) return typed
  const { resultType, result } = typed.value
  const decode = decoderOf(resultType)
  if (!decode) return { error: `unexpected value type ${goQuote(resultType)}` }
  return result ? decode(result, source) : { error: 'decode: there is no result' }
}

function decoderOf(resultType: string): Decode<QueryData> | undefined {
  switch (resultType) {
    case 'scalar':
      return decodeScalar
    case 'vector':
      return decodeVector
    case 'matrix':
      return decodeMatrix
    default:
      return undefined
  }
}

/** Seconds, with or without a fraction of which three digits count. Exponents are refused. */
function timeProblem(node: JsonNode, source: string): { readonly error: string } | undefined {
  const text = source.slice(node.start, node.end)
  const point = text.indexOf('.')
  const parts = point < 0 ? [text] : [text.slice(0, point), text.slice(point + 1, point + 4)]
  for (const part of parts) {
    const parsed = parseInteger(part)
    if ('problem' in parsed) return { error: `strconv.ParseInt: parsing ${goQuote(part)}: ${parsed.problem}` }
  }
  return undefined
}

function parseSample(text: string): Decoded<number> {
  const parsed = parseFloating(text)
  return 'value' in parsed ? parsed : { error: `strconv.ParseFloat: parsing ${goQuote(text)}: ${parsed.problem}` }
}

const notAPair = { error: 'json: cannot unmarshal a sample that is no list' }

/** `[time, "1.5"]`; a null instead of the time is passed over. */
const decodeScalar: Decode<number> = (node, source) => {
  if (node.kind !== 'array') return node.kind === 'null' ? parseSample('') : notAPair
  const [time, sample] = node.items
  const problem = time && time.kind !== 'null' ? timeProblem(time, source) : undefined
  if (problem) return problem
  const text = sample ? decodeString(sample, source) : { value: '' }
  return 'error' in text ? text : parseSample(text.value)
}

interface VectorSample {
  readonly metric: Readonly<Record<string, string>> | undefined
  readonly value: number
  readonly histogram: boolean
}

/** A sample of a vector: what is missing of the pair counts as 0, what is too much is ignored. */
const decodeLoosePair: Decode<number> = (node, source) => {
  if (node.kind !== 'array') return node.kind === 'null' ? { value: 0 } : notAPair
  const [time, sample] = node.items
  const problem = time && time.kind !== 'null' ? timeProblem(time, source) : undefined
  if (problem) return problem
  if (!sample || sample.kind === 'null') return { value: 0 }
  if (sample.kind !== 'string') return { error: 'sample value must be a quoted string' }
  return parseSample(source.slice(sample.start + 1, sample.end - 1))
}

const decodeHistogramText: Decode<number> = (node, source) =>
  node.kind === 'string'
    ? parseSample(node.value)
    : { error: `float value must be a quoted string, not ${source.slice(node.start, node.end)}` }

const decodeBucket: Decode<null> = (node, source) => {
  if (node.kind !== 'array' || node.items.length !== 4) return { error: 'wrong number of fields in a bucket' }
  const [boundaries, ...numbers] = node.items
  for (const decoded of [decodeInt(boundaries!, source), ...numbers.map((one) => decodeHistogramText(one, source))]) {
    if ('error' in decoded) return decoded
  }
  return { value: null }
}

interface Histogram {
  readonly count: number
  readonly sum: number
  readonly buckets: readonly null[] | undefined
}

const decodeHistogram = decodeStruct<Histogram>(
  'model.SampleHistogram',
  { count: 0, sum: 0, buckets: undefined },
  { count: decodeHistogramText, sum: decodeHistogramText, buckets: decodeList(decodeBucket) },
)

/** `[time, {count, sum, buckets}]`; only that it is well formed matters, a histogram has no single value. */
const decodeHistogramPair: Decode<boolean> = (node, source) => {
  if (node.kind !== 'array' || node.items.length !== 2) return { error: 'wrong number of fields in a histogram' }
  const [time, histogram] = node.items as readonly [JsonNode, JsonNode]
  const problem = time.kind !== 'null' ? timeProblem(time, source) : undefined
  if (problem) return problem
  if (histogram.kind === 'null') return { error: 'histogram is null' }
  const decoded = decodeHistogram(histogram, source)
  return 'error' in decoded ? decoded : { value: true }
}

const decodeMetric = decodeMap(decodeString, 'model.Metric')

const decodeVectorSample = decodeStruct<VectorSample>(
  'model.Sample',
  { metric: undefined, value: 0, histogram: false },
  { metric: decodeMetric, value: decodeLoosePair, histogram: decodeHistogramPair },
)

const decodeVector: Decode<QueryData> = (node, source) => {
  if (node.kind === 'null') return { error: 'model.Vector: decode slice: expect [ or n' }
  const samples = decodeList(decodeVectorSample, 'model.Vector')(withoutNulls(node), source)
  if ('error' in samples) return samples
  return { value: (samples.value ?? []).map((sample) => (sample.histogram ? 0 : sample.value)) }
}

/** Elements that are null are passed over. */
const withoutNulls = (node: JsonNode): JsonNode =>
  node.kind === 'array' ? { ...node, items: node.items.filter((item) => item.kind !== 'null') } : node

/** A sample of a matrix: exactly two elements, number and text. */
const decodeStrictPair: Decode<number> = (node, source) => {
  if (node.kind !== 'array' || node.items.length !== 2) return { error: 'SamplePair must be [timestamp, value]' }
  const [time, sample] = node.items as readonly [JsonNode, JsonNode]
  if (time.kind !== 'number') return { error: 'ReadNumber: invalid number' }
  const problem = timeProblem(time, source)
  if (problem) return problem
  const text = decodeString(sample, source)
  return 'error' in text ? text : parseSample(text.value)
}

/** A series of a matrix; fields other than these three are refused. */
const decodeSeries: Decode<readonly number[]> = (node, source) => {
  if (node.kind !== 'object') return { error: 'ReadObject: expect { or n' }
  const values: number[] = []
  for (const [name, field] of node.fields) {
    const decode = ownValue(seriesFields, name)
    if (!decode) return { error: `unmarshal model.SampleStream: unexpected key:${name}` }
    const decoded = decode(field, source)
    if ('error' in decoded) return decoded
    values.push(...decoded.value)
  }
  return { value: values }
}

const listOf =
  <T>(decode: Decode<T>): Decode<readonly T[]> =>
  (node, source) => {
    const list = decodeList(decode)(node, source)
    return 'error' in list ? list : { value: list.value ?? [] }
  }

const nothing: Decoded<readonly number[]> = { value: [] }

const seriesFields: Readonly<Record<string, Decode<readonly number[]> | undefined>> = {
  metric: (node, source) => {
    const metric = decodeMetric(node, source)
    return 'error' in metric ? metric : nothing
  },
  values: listOf(decodeStrictPair),
  histograms: (node, source) => {
    const histograms = listOf(decodeHistogramPair)(node, source)
    return 'error' in histograms ? histograms : nothing
  },
}

const decodeMatrix: Decode<QueryData> = (node, source) => {
  if (node.kind === 'null') return { error: 'model.Matrix: decode slice: expect [ or n' }
  const series = decodeList(decodeSeries, 'model.Matrix')(withoutNulls(node), source)
  return 'error' in series ? series : { value: (series.value ?? []).flat() }
}
