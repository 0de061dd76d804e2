import { readJson } from '../../go/json/json'
import {
  type Decode,
  decodeFloat,
  decodeInt,
  decodeJson,
  decodeList,
  decodeMap,
  decodeString,
  decodeStruct,
} from '../../go/json/jsonDecode'
import { truncate } from '../../go/numbers'
import { formatUrl, type GoUrl, parseUrl, replaceQuery, resolveUrl } from '../../go/url/url'
import { encodeQuery } from '../../go/url/urlEscape'
import type { Measurement } from '../../model/analysis'
import type { JsonObject } from '../../model/json'
import { failedMeasurement, judge } from '../exchange/measurement'
import { oneShot } from '../exchange/provider'
import { textIn } from '../exchange/read'
import { askSecret, type Failed, type Setting, type Steps } from '../exchange/steps'
import { directTransport, type Incoming, newRequest, type Outgoing, send } from '../http/client'
import { numberFound, numbersFound, twoDecimals } from './found'

const tokensSecret = 'wavefront-api-tokens'

/** What is said where no series matches. */
export const noTimeSeries = 'No TimeSeries found in response from Wavefront'

interface Made {
  readonly base: GoUrl
  readonly token: string
}

/**
 * Wavefront: one point at now. `result` is the number of the point that is nearest, or a list with several series. The
 * token is in the controller's secret `wavefront-api-tokens`, under the address. There is no timeout (behaviour 11.2).
 */
export const wavefront = oneShot<Made>({ type: 'Wavefront', make, run })

function* make(setting: Setting, config: JsonObject): Steps<{ readonly made: Made } | Failed> {
  const secret = yield* askSecret(setting, tokensSecret)
  if ('error' in secret) return secret
  const address = textIn(config, 'address')
  const token = Object.hasOwn(secret.data, address) ? secret.data[address]! : undefined
  const reading = parseUrl(`https://${address}/api/v2/`)
  if (token === undefined || 'error' in reading) return { error: 'API token not found' }
  return { made: { base: reading.url, token } }
}

function* run(setting: Setting, config: JsonObject, made: Made): Steps<Measurement> {
  const request = buildRequest(setting, textIn(config, 'query'), made)
  if ('error' in request) return failedMeasurement(setting, request.error)
  const reply = yield* send(setting, request.request, { transport: directTransport(false) })
  if ('error' in reply) return failedMeasurement(setting, reply.error)
  return interpret(setting, reply)
}

function buildRequest(setting: Setting, query: string, made: Made): { readonly request: Outgoing } | Failed {
  const route = parseUrl('/api/v2/chart/api')
  if ('error' in route) return route
  const milliseconds = String(Math.floor(setting.startSeconds) * 1000)
  const text = query === '' ? [] : [['q', query] as const]
  const parameters = encodeQuery([
    ['autoEvents', 'false'],
    ['e', milliseconds],
    ['g', 's'],
    ['i', 'true'],
    ['includeObsoleteMetrics', 'false'],
    ['listmode', 'false'],
    ['p', '1'],
    ...text,
    ['s', milliseconds],
    ['strict', 'false'],
  ])
  const headers = { Authorization: `Bearer ${made.token}`, Accept: 'application/json' }
  return newRequest('GET', formatUrl(replaceQuery(resolveUrl(made.base, route.url), parameters)), headers)
}

interface Series {
  readonly data: readonly Point[] | undefined
  readonly label: string
  readonly host: string
  readonly tags: Readonly<Record<string, string>> | undefined
}
type Point = readonly number[] | undefined

interface QueryReply {
  readonly timeseries: readonly Series[] | undefined
  readonly query: string
  readonly stats: Readonly<Record<string, bigint>> | undefined
  readonly name: string
  readonly granularity: bigint
  readonly hostsUsed: readonly string[] | undefined
  readonly warnings: string
  readonly errorType: string
  readonly errorMessage: string
}

const decodeSeries: Decode<Series> = decodeStruct<Series>(
  'wavefront.TimeSeries',
  { data: undefined, label: '', host: '', tags: undefined },
  {
    data: decodeList(decodeList(decodeFloat, 'wavefront.DataPoint'), '[]wavefront.DataPoint'),
    label: decodeString,
    host: decodeString,
    tags: decodeMap(decodeString, 'map[string]string'),
  },
)

const decodeReply = decodeStruct<QueryReply>(
  'wavefront.QueryResponse',
  {
    timeseries: undefined,
    query: '',
    stats: undefined,
    name: '',
    granularity: 0n,
    hostsUsed: undefined,
    warnings: '',
    errorType: '',
    errorMessage: '',
  },
  {
    timeseries: decodeList(decodeSeries, '[]wavefront.TimeSeries'),
    query: decodeString,
    stats: decodeMap(decodeInt, 'map[string]int'),
    name: decodeString,
    granularity: decodeInt,
    hostsUsed: decodeList(decodeString, '[]string'),
    warnings: decodeString,
    errorType: decodeString,
    errorMessage: decodeString,
  },
)

function interpret(setting: Setting, reply: Incoming): Measurement {
  if (reply.status !== 200) {
    const body = reply.bodyError === undefined ? `${reply.body}\n` : ''
    return failedMeasurement(setting, `server returned ${reply.statusLine}\n${body}`)
  }
  if (reply.bodyError !== undefined) return failedMeasurement(setting, reply.bodyError)
  const decoded = decodeJson(reply.body, readJson, decodeReply)
  if ('error' in decoded) return failedMeasurement(setting, decoded.error)
  const { warnings, timeseries = [] } = decoded.value
  const noted: Readonly<Record<string, string>> = warnings === '' ? {} : { warnings }
  if (timeseries.length === 0) {
    return failedMeasurement(setting, noTimeSeries, { metadata: noted })
  }
  const hits: Hit[] = []
  for (const series of timeseries) {
    const hit = nearestPoint(series.data ?? [], Math.floor(setting.startSeconds))
    // Upstream panics on a point without two numbers; an engine must not.
    if (!hit) return failedMeasurement(setting, 'a data point is not [time, value]', { metadata: noted })
    hits.push(hit)
  }
  return judgeHits(setting, hits, noted)
}

function judgeHits(setting: Setting, hits: readonly Hit[], noted: Readonly<Record<string, string>>): Measurement {
  const one = hits.length === 1
  const shown = (texts: readonly string[]): string => (one ? texts[0]! : `[${texts.join(',')}]`)
  const metadata = {
    ...noted,
    timestamps: shown(hits.map((hit) => String(truncate(hit.time)))),
    drift: shown(hits.map((hit) => String(truncate(hit.drift)))),
  }
  const values = hits.map((hit) => hit.value)
  const found = one ? numberFound(values[0]!, twoDecimals) : numbersFound(values, twoDecimals)
  return judge(setting, found, { value: found.value, metadata }, { metadata: noted })
}

interface Hit {
  readonly value: number
  readonly time: number
  readonly drift: number
}

/** The point closest to a time; of two equally close ones the first. Without points the drift is infinite. */
function nearestPoint(points: readonly Point[], atSeconds: number): Hit | undefined {
  let nearest: Hit = { value: 0, time: 0, drift: Number.POSITIVE_INFINITY }
  for (const [time, value] of points.map((point) => point ?? [])) {
    if (time === undefined) return undefined
    if (Math.abs(time - atSeconds) >= Math.abs(nearest.drift)) continue
    if (value === undefined) return undefined
    nearest = { value, time, drift: time - atSeconds }
  }
  return nearest
}
