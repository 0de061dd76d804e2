import { fromBytes } from '../../go/bytes'
import { readDuration } from '../../go/durationSeconds'
import { type GoUrl, parseUrl, replaceQuery, resolveUrl } from '../../go/url/url'
import { encodeQuery, parseQuery, withValue } from '../../go/url/urlEscape'
import type { Measurement } from '../../model/analysis'
import type { JsonObject } from '../../model/json'
import { failedMeasurement } from '../exchange/measurement'
import { oneShot } from '../exchange/provider'
import { textIn, textMapIn } from '../exchange/read'
import type { Failed, Setting, Steps } from '../exchange/steps'
import { type Incoming, type Outgoing, plainClient, send } from '../http/client'
import { type Credentials, findCredentials } from './datadogCredentials'
import { interpretV1, interpretV2 } from './datadogReply'

const defaultAddress = 'https://api.datadoghq.com'
const defaultTimeoutSeconds = 10
/** v2 cannot do without one. */
const defaultAggregator = 'last'

/**
 * Datadog. v1: the last point of the first series. v2: a scalar query with optional formula; grouped (`by {tag}`) it
 * gives a list, with the groups in the metadata. Anything but `v1` is read as v2, but only `v2` goes to the v2 route
 * (behaviour 11.2).
 */
export const datadog = oneShot<Credentials>({ type: 'Datadog', make, run })

function* make(setting: Setting, config: JsonObject): Steps<{ readonly made: Credentials } | Failed> {
  const found = yield* findCredentials(setting, config)
  if ('error' in found) return found
  const problem = configProblem(config)
  return problem === undefined ? { made: found } : { error: problem }
}

function configProblem(config: JsonObject): string | undefined {
  const [query, formula, isV1] = [
    textIn(config, 'query'),
    textIn(config, 'formula'),
    textIn(config, 'apiVersion') === 'v1',
  ]
  const queries = Object.keys(textMapIn(config, 'queries')).length
  if (query === '' && queries === 0) {
    return 'Must have either a query or queries. Please review the Analysis Template.'
  }
  if (query !== '' && queries > 0) return 'Cannot have both a query and queries. Please review the Analysis Template.'
  if (isV1 && query === '') {
    return 'Query is empty. API Version v1 only supports using the query parameter in your Analysis Template.'
  }
  if (formula !== '' && queries === 0) {
    return 'Formula are only valid when queries are set. Please review the Analysis Template.'
  }
  if (formula === '' && queries > 1) return 'When multiple queries are provided you must include a formula.'
  if (isV1 && textIn(config, 'aggregator') !== '') {
    return 'Aggregator is not supported in v1. Please review the Analysis Template.'
  }
  const timeout = textIn(config, 'requestTimeout')
  if (timeout === '') return undefined
  const reading = readDuration(timeout)
  if ('error' in reading) {
    return `Could not parse the request timeout: ${reading.error}. Please review the Analysis Template.`
  }
  if (reading.duration.nanoseconds > 0n) return undefined
  return 'Request timeout must be a positive duration (e.g. 30s). Please review the Analysis Template.'
}

function* run(setting: Setting, config: JsonObject, credentials: Credentials): Steps<Measurement> {
  const request = buildRequest(setting, config, credentials)
  if ('error' in request) return failedMeasurement(setting, request.error)
  const reply = yield* send(setting, request.request, plainClient(timeoutSeconds(config)))
  if ('error' in reply) return failedMeasurement(setting, reply.error)
  const problem = replyProblem(reply)
  if (problem !== undefined) return failedMeasurement(setting, problem)
  return textIn(config, 'apiVersion') === 'v1' ? interpretV1(setting, reply.body) : interpretV2(setting, reply.body)
}

function timeoutSeconds(config: JsonObject): number {
  const reading = readDuration(textIn(config, 'requestTimeout'))
  return 'error' in reading ? defaultTimeoutSeconds : reading.duration.seconds
}

function replyProblem(reply: Incoming): string | undefined {
  if (reply.bodyError !== undefined) return `Received no bytes in response: ${reply.bodyError}`
  if (reply.status === 200) return undefined
  const kind = reply.status === 401 || reply.status === 403 ? 'authentication error' : 'non 2xx'
  return `received ${kind} response code: ${reply.status} ${reply.body}`
}

function buildRequest(
  setting: Setting,
  config: JsonObject,
  credentials: Credentials,
): { readonly request: Outgoing } | Failed {
  const address = parseUrl(credentials.address || defaultAddress)
  if ('error' in address) return address
  const route = textIn(config, 'apiVersion') === 'v2' ? '/api/v2/query/scalar' : '/api/v1/query'
  const reading = parseUrl((credentials.address || defaultAddress) + route)
  if ('error' in reading) return reading
  // Upstream resolves the whole against the address, which only cleans the path of a sensible one.
  const url = resolveUrl(address.url, reading.url)
  const interval = readDuration(textIn(config, 'interval'))
  if ('error' in interval) return interval
  const to = Math.floor(setting.nowSeconds)
  const from = to - Math.trunc(interval.duration.seconds)
  const headers = {
    'Content-Type': 'application/json',
    'Dd-Api-Key': credentials.apiKey,
    'Dd-Application-Key': credentials.appKey,
  }
  const base = { url, headers, replayable: false }
  return textIn(config, 'apiVersion') === 'v1'
    ? { request: { ...base, method: 'GET', url: v1Url(url, textIn(config, 'query'), from, to) } }
    : { request: { ...base, method: 'POST', body: v2Body(config, from, to) } }
}

function v1Url(url: GoUrl, query: string, from: number, to: number): GoUrl {
  let values = parseQuery(fromBytes(url.rawQuery)).values
  values = withValue(values, 'query', query)
  values = withValue(values, 'from', String(from))
  return replaceQuery(url, encodeQuery(withValue(values, 'to', String(to))))
}

function v2Body(config: JsonObject, from: number, to: number): string {
  const [query, formula] = [textIn(config, 'query'), textIn(config, 'formula')]
  const queries = query === '' ? textMapIn(config, 'queries') : { query }
  const aggregator = textIn(config, 'aggregator') || defaultAggregator
  const attributes = {
    from: from * 1000,
    to: to * 1000,
    queries: Object.entries(queries).map(([name, text]) => ({ aggregator, data_source: 'metrics', name, query: text })),
    formulas: formula === '' ? [] : [{ formula }],
  }
  return JSON.stringify({ data: { attributes, type: 'scalar_request' } })
}
