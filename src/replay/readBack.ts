import { type GoJson, type GoJsonObject, isGoList, isGoObject } from '../go/json/jsonPrint'
import { parseFloating } from '../go/numbers'
import {
  jsonFound,
  metricDataFound,
  nilNumberFound,
  numberFound,
  numbersFound,
  rowsFound,
  textFound,
} from '../metrics/providers/found'
import type { Metric } from '../model/analysis'
import type { JsonObject } from '../model/json'
import { parsedJson } from './forms/asJson'
import type { Form } from './forms/form'
import { providerOf } from './forms/forms'
import { kayentaForm } from './forms/judges'
import { resultOf, returnedQueries } from './forms/metricData'
import { readRecords } from './readRecords'

/** What a printed value may have been, the likeliest first; none where it cannot be read back. */
type ReadBack = (text: string, config: JsonObject) => readonly Form[]

const numberOf = (text: string): number | undefined => {
  const parsed = parseFloating(text)
  return 'value' in parsed ? parsed.value : undefined
}

/** `[0.5,1]`, or undefined for what is not a list of numbers. */
function listOf(text: string, separator: string): readonly number[] | undefined {
  if (!text.startsWith('[') || !text.endsWith(']')) return undefined
  const inside = text.slice(1, -1)
  const numbers = inside === '' ? [] : inside.split(separator).map(numberOf)
  return numbers.every((number) => number !== undefined) ? numbers : undefined
}

/** Numbers printed with so many decimals: exactly these, or a little less or more, as the print is rounded. */
const numbers =
  (roundedBy: number): ReadBack =>
  (text) => {
    const list = listOf(text, ',')
    const one = numberOf(text)
    const shifts = roundedBy === 0 ? [0] : [0, -roundedBy * 0.999, roundedBy * 0.999]
    if (one !== undefined) return shifts.map((shift) => numberFound(one + shift))
    return list ? shifts.map((shift) => numbersFound(list.map((number) => number + shift))) : []
  }

const datadog: ReadBack = (text, config) => {
  const found = text === '[]' ? [] : numbers(0)(text, config)
  return found.length > 0 ? found : [nilNumberFound(text)]
}

const rows: ReadBack = (text) => {
  const json = parsedJson(text)
  if (isGoObject(json)) return [rowsFound([json])]
  return isGoList(json) ? [rowsFound(json as readonly (GoJsonObject | null)[])] : []
}

/** `[[0.9 0.95] [1]]`; no results at all are printed as an empty list of them. */
const metricData: ReadBack = (text, config) => {
  if (text === '[]') return [metricDataFound(undefined), metricDataFound([])]
  const lists = [...text.slice(1, -1).matchAll(/\[[^\]]*\]/g)].map(([list]) => listOf(list, ' '))
  if (lists.length === 0 || lists.some((list) => !list)) return []
  const queries = returnedQueries(config)
  return [metricDataFound(lists.map((list, index) => resultOf(queries[index], list ?? [])))]
}

/**
 * JSON is printed as JSON, a body that is none as it is. A number that is in the JSONPath itself is an integer of Go.
 */
const document: ReadBack = (text) => {
  const json: GoJson | undefined = parsedJson(text)
  if (json === undefined) return [textFound(text)]
  const integer: Form = { resultType: 'tagged', result: { $int: text }, value: text }
  return [jsonFound(json), ...(/^-?\d+$/.test(text) ? [integer] : [])]
}

const readers: Readonly<Record<string, ReadBack>> = {
  prometheus: numbers(0),
  datadog,
  wavefront: numbers(0.005),
  graphite: numbers(0.0000005),
  newRelic: rows,
  cloudWatch: metricData,
  influxdb: (text) => readRecords(text),
  web: document,
  skywalking: (text) => {
    const json = parsedJson(text)
    return json === undefined ? [] : [jsonFound(json)]
  },
  kayenta: (text, config) => [kayentaForm(numberOf(text), config)],
}

/**
 * What the value of an AnalysisRun's measurement may have been when the provider brought it, the likeliest first: its
 * print is all that is left. None if only its phase can be known (Jobs, plugins).
 */
export function readBack(metric: Metric, text: string): readonly Form[] {
  const provider = providerOf(metric)
  const reader = provider && readers[provider.field]
  return reader
    ? reader(text, provider.config).map((form) => ('resultType' in form ? { ...form, value: text } : form))
    : []
}
