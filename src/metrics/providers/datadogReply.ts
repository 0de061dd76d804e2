import { goQuote } from '../../go/goQuote'
import { readJson } from '../../go/json/json'
import {
  type Decode,
  decodeFloat,
  decodeJson,
  decodeList,
  decodeRaw,
  decodeString,
  decodeStruct,
} from '../../go/json/jsonDecode'
import { printJson } from '../../go/json/jsonPrint'
import type { Measurement } from '../../model/analysis'
import type { StringMap } from '../../model/meta'
import { failedMeasurement, judge } from '../exchange/measurement'
import type { Failed, Setting } from '../exchange/steps'
import { type Found, nilNumberFound, numberFound, numbersFound } from './found'

interface Series {
  readonly pointlist: readonly (readonly number[] | undefined)[] | undefined
}

const decodeV1 = decodeStruct<{ readonly series: readonly Series[] | undefined }>(
  'datadog.datadogResponseV1',
  { series: undefined },
  {
    series: decodeList(
      decodeStruct<Series>(
        'struct',
        { pointlist: undefined },
        { pointlist: decodeList(decodeList(decodeFloat, '[]float64'), '[][]float64') },
      ),
    ),
  },
)

const unreadable = (error: string): string => `Could not parse JSON body: ${error}`

/** The last point of the first series; none at all is a result that is nil. */
export function interpretV1(setting: Setting, body: string): Measurement {
  const decoded = decodeJson(body, readJson, decodeV1)
  if ('error' in decoded) return failedMeasurement(setting, unreadable(decoded.error))
  const { series } = decoded.value
  const points = series?.[0]?.pointlist ?? []
  if (points.length === 0) {
    const shown =
      series?.map(({ pointlist }) => ({ pointlist: pointlist?.map((point) => point ?? null) ?? null })) ?? null
    return judgeFound(setting, nilNumberFound(printJson(shown)))
  }
  const last = points[points.length - 1] ?? []
  if (last.length !== 2) return failedMeasurement(setting, 'Datapoint does not have 2 values')
  return judgeFound(setting, numberFound(last[1]!))
}

interface Column {
  readonly name: string
  /** `number` or `group`; older replies leave it out. */
  readonly type: string
  readonly values: readonly string[] | undefined
}

interface V2Data {
  readonly attributes: { readonly columns: readonly Column[] | undefined }
  readonly errors: string
}

const decodeColumn: Decode<Column> = decodeStruct<Column>(
  'datadog.datadogV2Column',
  { name: '', type: '', values: undefined },
  { name: decodeString, type: decodeString, values: decodeList(decodeRaw, '[]json.RawMessage') },
)

const noData: V2Data = { attributes: { columns: undefined }, errors: '' }

const decodeV2 = decodeStruct<{ readonly data: V2Data }>(
  'datadog.datadogResponseV2',
  { data: noData },
  {
    data: decodeStruct<V2Data>('struct', noData, {
      attributes: decodeStruct<V2Data['attributes']>('struct', noData.attributes, {
        columns: decodeList(decodeColumn, '[]datadog.datadogV2Column'),
      }),
      errors: decodeString,
    }),
  },
)

/** The first number column; a list where there is a group column, else its first value. Nulls are passed over. */
export function interpretV2(setting: Setting, body: string): Measurement {
  const decoded = decodeJson(body, readJson, decodeV2)
  if ('error' in decoded) return failedMeasurement(setting, unreadable(decoded.error))
  const { attributes, errors } = decoded.value.data
  if (errors !== '') return failedMeasurement(setting, `There were errors in your query: ${errors}`)
  const columns = attributes.columns ?? []
  const groups = columns.filter((column) => column.type === 'group')
  const rows = readRows(columns, groups)
  if ('error' in rows) return failedMeasurement(setting, rows.error)
  const values = rows.rows.map((row) => row.value)
  if (values.length === 0) return judgeFound(setting, nilNumberFound('[]'))
  if (groups.length === 0) return judgeFound(setting, numberFound(values[0]!))
  return judgeFound(setting, numbersFound(values), groupsMetadata(rows.rows))
}

const judgeFound = (setting: Setting, found: Found, metadata: StringMap = {}): Measurement =>
  judge(setting, found, { value: found.value, metadata })

interface Row {
  readonly name: string
  readonly value: number
}

function readRows(columns: readonly Column[], groups: readonly Column[]): { readonly rows: readonly Row[] } | Failed {
  const numbers = columns.find((column) => column.type === '' || column.type === 'number')
  const rows: Row[] = []
  for (const [at, text] of (numbers?.values ?? []).entries()) {
    if (text === 'null') continue
    const decoded = decodeJson(text, readJson, decodeFloat)
    if ('error' in decoded) {
      const where = `${goQuote(text)} in column ${goQuote(numbers?.name ?? '')}`
      return { error: `could not parse numeric value ${where}: ${decoded.error}` }
    }
    const name = groups.length === 0 ? '' : groupName(groups, at)
    if (name === undefined) return { error: `could not parse group label at index ${at}` }
    rows.push({ name, value: decoded.value })
  }
  return { rows }
}

const decodeTags = decodeList(decodeString, '[]string')

/** The tags of all group columns in a row: `us-east,host-a`. */
function groupName(groups: readonly Column[], at: number): string | undefined {
  const tags: string[] = []
  for (const { values } of groups) {
    const text = values?.[at]
    if (text === undefined) return undefined
    const decoded = decodeJson(text, readJson, decodeTags)
    if ('error' in decoded || !decoded.value || decoded.value.length === 0) return undefined
    tags.push(...decoded.value)
  }
  return tags.join(',')
}

const maxGroups = 100

/**
 * Which value belongs to which group; of many only the lowest and highest half hundred, so that the status stays small.
 */
function groupsMetadata(rows: readonly Row[]): Readonly<Record<string, string>> {
  const show = (shown: readonly Row[]): string =>
    `[${shown.map(({ name, value }) => printJson({ name, value })).join(',')}]`
  if (rows.length <= maxGroups) return { groups: show(rows) }
  const sorted = [...rows].sort((a, b) => a.value - b.value)
  const kept = [...sorted.slice(0, maxGroups / 2), ...sorted.slice(-maxGroups / 2)]
  return { groups: show(kept), groups_truncated: 'true' }
}
