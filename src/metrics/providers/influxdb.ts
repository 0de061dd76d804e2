import { fromBytes } from '../../go/bytes'
import { readFirstJson } from '../../go/json/json'
import {
  type Decode,
  decodeInt,
  decodeJson,
  decodeList,
  decodeMap,
  decodeString,
  decodeStruct,
} from '../../go/json/jsonDecode'
import { formatUrl, joinPath, parseUrl, replacePath, replaceQuery, resolveUrl } from '../../go/url/url'
import { encodeQuery, parseQuery, withValue } from '../../go/url/urlEscape'
import type { Measurement } from '../../model/analysis'
import type { JsonObject } from '../../model/json'
import { failedMeasurement, judge } from '../exchange/measurement'
import { oneShot } from '../exchange/provider'
import { textIn } from '../exchange/read'
import { askSecret, type Failed, type Setting, type Steps } from '../exchange/steps'
import { type Incoming, newRequest, plainClient, send } from '../http/client'
import { headerOf, mediaType } from '../http/headers'
import { fluxValues } from './fluxTables'
import { recordsFound } from './found'

const defaultSecret = 'influxdb'
const timeoutSeconds = 20

interface Made {
  readonly address: string
  readonly organisation: string
  readonly token: string
}

/**
 * InfluxDB: a Flux query. `result` lists the `_value` of every record of every table. Credentials are in the
 * controller's secret `influxdb`, or the one that `profile` names.
 */
export const influxdb = oneShot<Made>({ type: 'Influxdb', make, run })

function* make(setting: Setting, config: JsonObject): Steps<{ readonly made: Made } | Failed> {
  const secret = yield* askSecret(setting, textIn(config, 'profile') || defaultSecret)
  if ('error' in secret) return secret
  const value = (key: string): string => (Object.hasOwn(secret.data, key) ? secret.data[key]! : '')
  const made = { address: value('address'), organisation: value('org'), token: value('authToken') }
  const complete = made.address !== '' && made.organisation !== '' && made.token !== ''
  return complete ? { made } : { error: 'authToken, org, or address not found' }
}

function* run(setting: Setting, config: JsonObject, made: Made): Steps<Measurement> {
  const url = queryUrl(made)
  if ('error' in url) return failedMeasurement(setting, url.error)
  const dialect = { annotations: ['datatype', 'group', 'default'], delimiter: ',', header: true }
  const body = JSON.stringify({ dialect, query: textIn(config, 'query'), type: 'flux' })
  const headers = { Authorization: `Token ${made.token}`, 'Content-Type': 'application/json' }
  const request = newRequest('POST', url.text, headers, body)
  if ('error' in request) return failedMeasurement(setting, request.error)
  const reply = yield* send(setting, request.request, plainClient(timeoutSeconds))
  if ('error' in reply) return failedMeasurement(setting, reply.error)
  if (reply.status < 200 || reply.status >= 300) return failedMeasurement(setting, replyError(reply))
  return interpret(setting, reply)
}

function queryUrl({ address, organisation }: Made): { readonly text: string } | Failed {
  const server = parseUrl(address.endsWith('/') ? address : `${address}/`)
  const api = parseUrl('api/v2/')
  if ('error' in server) return server
  if ('error' in api) return api
  const url = resolveUrl(server.url, api.url)
  const values = withValue(parseQuery(fromBytes(url.rawQuery)).values, 'org', organisation)
  return { text: formatUrl(replaceQuery(replacePath(url, joinPath(url.path, 'query')), encodeQuery(values))) }
}

interface ApiError {
  readonly code: string
  readonly message: string
  readonly statusCode: bigint
  readonly err: null
  readonly retryAfter: bigint
  readonly header: Readonly<Record<string, readonly string[] | undefined>> | undefined
}

/** The client cannot read a member `err`, which some servers send; the message then says so. */
const decodeNothing: Decode<null> = (node) => ({
  error: `json: cannot unmarshal ${node.kind} into Go struct field Error.Err of type error`,
})

const decodeError = decodeStruct<ApiError>(
  'http.Error',
  { code: '', message: '', statusCode: 0n, err: null, retryAfter: 0n, header: undefined },
  {
    code: decodeString,
    message: decodeString,
    statusCode: decodeInt,
    err: decodeNothing,
    retryAfter: decodeInt,
    header: decodeMap(decodeList(decodeString, '[]string'), 'http.Header'),
  },
)

/** `invalid: compilation failed`, or just the status. */
function replyError(reply: Incoming): string {
  let [code, message] = [reply.statusLine, reply.body]
  let status = BigInt(reply.status)
  if (mediaType(headerOf(reply.headers, 'Content-Type')) === 'application/json') {
    const cut = reply.bodyError
    const decoded = decodeJson(reply.body, readFirstJson, decodeError)
    if ('error' in decoded) return cut !== undefined && isCut(decoded.error) ? cut : decoded.error
    code = decoded.value.code
    message = decoded.value.message
    if (decoded.value.statusCode !== 0n) status = decoded.value.statusCode
  } else if (reply.bodyError !== undefined) return reply.bodyError
  if (code === '' && message === '') [code, message] = usualWords(reply)
  return code !== '' && message !== '' ? `${code}: ${message}` : `Unexpected status code ${status}`
}

const isCut = (error: string): boolean => error === 'EOF' || error === 'unexpected EOF'

function usualWords(reply: Incoming): [code: string, message: string] {
  if (reply.status === 429) return ['too many requests', 'exceeded rate limit']
  if (reply.status === 503) return ['unavailable', 'service temporarily unavailable']
  return [reply.statusLine, headerOf(reply.headers, 'X-Influxdb-Error')]
}

/**
 * Rows that come before an error, of the table or of the connection, count; the error itself is swallowed (behaviour
 * 11.2).
 */
function interpret(setting: Setting, reply: Incoming): Measurement {
  const found = recordsFound(fluxValues(reply.body, reply.bodyError !== undefined))
  return 'error' in found ? failedMeasurement(setting, found.error) : judge(setting, found, { value: found.value })
}
