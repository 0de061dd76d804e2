import { type JsonNode, readJson } from '../../go/json/json'
import { decodeJson, decodeList, decodeNode, decodeString, decodeStruct } from '../../go/json/jsonDecode'
import type { Measurement } from '../../model/analysis'
import { failedMeasurement, judge } from '../exchange/measurement'
import type { Failed, Setting } from '../exchange/steps'
import type { Incoming } from '../http/client'
import { numberFound, numbersFound } from './found'
import { decodeQueryData, type QueryData } from './prometheusData'

interface ApiReply {
  readonly status: string
  readonly data: JsonNode | undefined
  readonly errorType: string
  readonly error: string
  readonly warnings: readonly string[] | undefined
}

const decodeReply = decodeStruct<ApiReply>(
  'v1.apiResponse',
  { status: '', data: undefined, errorType: '', error: '', warnings: undefined },
  {
    status: decodeString,
    data: decodeNode,
    errorType: decodeString,
    error: decodeString,
    warnings: decodeList(decodeString, '[]string'),
  },
)

/** Upstream's reader checks even the numbers that it passes over. */
const decodeFiniteReply: typeof decodeReply = (node, source) =>
  hasFiniteNumbers(node) ? decodeReply(node, source) : { error: 'readNumberAsString: invalid number' }

function hasFiniteNumbers(node: JsonNode): boolean {
  if (node.kind === 'number') return Number.isFinite(Number(node.text))
  if (node.kind === 'array') return node.items.every(hasFiniteNumbers)
  return node.kind !== 'object' || node.fields.every(([, field]) => hasFiniteNumbers(field))
}

/** Error statuses whose body is the API's own error report. */
const hasApiError = (status: number): boolean => status === 422 || status === 400

/** The measurement of what the query API answered. Infos are ignored, warnings become metadata. */
export function interpretReply(setting: Setting, reply: Incoming | Failed): Measurement {
  if ('error' in reply) return failedMeasurement(setting, reply.error)
  if (reply.bodyError !== undefined) return failedMeasurement(setting, reply.bodyError)
  const { status } = reply
  if (Math.trunc(status / 100) !== 2 && !hasApiError(status)) return failedMeasurement(setting, statusError(status))
  // Upstream's reader takes a NUL for the end.
  const body = reply.body.split('\0', 1)[0] ?? ''
  const decoded = status === 204 ? { value: undefined } : decodeJson(body, readJson, decodeFiniteReply)
  if ('error' in decoded) return failedMeasurement(setting, `bad_response: ${decoded.error}`)
  const api = decoded.value
  if (api?.status === 'error') return failedMeasurement(setting, `${api.errorType}: ${api.error}`)
  if (hasApiError(status) && api?.status === 'success') {
    return failedMeasurement(setting, 'bad_response: inconsistent body for response code')
  }
  if (!api?.data) return failedMeasurement(setting, 'Skip: do not know how to skip: 0, there is no data')
  const data = decodeQueryData(api.data, body)
  if ('error' in data) return failedMeasurement(setting, `unmarshalerDecoder: ${data.error}`)
  return judgeData(setting, data.value, api.warnings ?? [])
}

function statusError(status: number): string {
  if (status >= 400 && status < 500) return `client_error: client error: ${status}`
  if (status >= 500 && status < 600) return `server_error: server error: ${status}`
  return `bad_response: bad response code ${status}`
}

function judgeData(setting: Setting, data: QueryData, warnings: readonly string[]): Measurement {
  // `"a", "b"`, without escapes.
  const shown = warnings.map((warning) => `"${warning}"`).join(', ')
  const metadata: Readonly<Record<string, string>> = warnings.length > 0 ? { warnings: shown } : {}
  const found = typeof data === 'number' ? numberFound(data) : numbersFound(data)
  return judge(setting, found, { value: found.value, metadata })
}
