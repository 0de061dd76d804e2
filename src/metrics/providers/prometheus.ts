import { fromBytes } from '../../go/bytes'
import { readDuration } from '../../go/durationSeconds'
import { formatPlain } from '../../go/printNumber'
import { trimRight } from '../../go/strings'
import { formatUrl, type GoUrl, joinPath, parseUrl, replacePath, replaceQuery } from '../../go/url/url'
import { encodeQuery, parseQuery, withValue } from '../../go/url/urlEscape'
import type { Measurement } from '../../model/analysis'
import { isJsonObject, type JsonObject } from '../../model/json'
import { parseTime } from '../../model/time'
import { failedMeasurement } from '../exchange/measurement'
import { oneShot } from '../exchange/provider'
import { numberIn, objectIn, textIn } from '../exchange/read'
import type { Failed, Setting, Steps } from '../exchange/steps'
import { preciseTime } from '../exchange/time'
import { type ClientOptions, type Incoming, newRequest, type Outgoing, send } from '../http/client'
import { withHeader } from '../http/headers'
import { prometheusClient } from './prometheusClient'
import { interpretReply } from './prometheusReply'

const defaultTimeoutSeconds = 30

interface Made {
  readonly endpoint: GoUrl
  readonly client: ClientOptions
  readonly timeoutSeconds: number
  readonly signed: boolean
}

/**
 * Prometheus: an instant query at now, or a range query between two expressions of time. `result` is a number for a
 * scalar, else the list of all samples' values. The query is sent as a form, and once more as a GET where the server
 * answers 403, 405 or 501.
 */
export const prometheus = oneShot<Made>({
  type: 'Prometheus',
  make,
  run,
  metadata: (config): Readonly<Record<string, string>> => {
    const query = textIn(config, 'query')
    return query === '' ? {} : { ResolvedPrometheusQuery: query }
  },
})

function* make(setting: Setting, config: JsonObject): Steps<{ readonly made: Made } | Failed> {
  const connection = yield* prometheusClient(setting, config)
  if ('error' in connection) return connection
  const reading = parseUrl(connection.address)
  if ('error' in reading) return reading
  const timeoutSeconds = numberIn(config, 'timeout') ?? defaultTimeoutSeconds
  if (timeoutSeconds < 0) return { error: 'prometheus timeout should not be negative' }
  const endpoint = replacePath(reading.url, trimRight(reading.url.path, '/'))
  return { made: { endpoint, client: connection.client, timeoutSeconds, signed: connection.signed } }
}

function* run(setting: Setting, config: JsonObject, made: Made): Steps<Measurement> {
  const contextDeadlineSeconds = setting.nowSeconds + made.timeoutSeconds
  const query = buildQuery(setting, config)
  if ('error' in query) return failedMeasurement(setting, query.error)
  const url = replacePath(made.endpoint, joinPath(made.endpoint.path, query.path))
  const own = parseQuery(fromBytes(url.rawQuery)).values
  const form = encodeQuery(query.values.reduce((all, [name, value]) => withValue(all, name, value), own))
  const client = { ...made.client, contextDeadlineSeconds }
  const post = postRequest(url, form)
  if ('error' in post) return failedMeasurement(setting, post.error)
  const reply = yield* send(setting, post.request, client)
  if (!('error' in reply) && needsGet(reply)) {
    // Upstream's signer panics on a request without a body; an engine must not.
    if (made.signed)
      return failedMeasurement(setting, `server refused POST with ${reply.status}, a signed GET is not possible`)
    const get = newRequest('GET', formatUrl(replaceQuery(url, form)))
    if ('error' in get) return failedMeasurement(setting, get.error)
    return interpretReply(setting, yield* send(setting, get.request, client))
  }
  return interpretReply(setting, reply)
}

const needsGet = (reply: Incoming): boolean => [403, 405, 501].includes(reply.status)

function postRequest(url: GoUrl, form: string): { readonly request: Outgoing } | Failed {
  const headers = withHeader({}, 'Content-Type', 'application/x-www-form-urlencoded')
  const made = newRequest('POST', formatUrl(url), headers, form)
  return 'error' in made ? made : { request: { ...made.request, idempotent: true } }
}

interface Query {
  readonly path: string
  readonly values: readonly (readonly [name: string, value: string])[]
}

function buildQuery(setting: Setting, config: JsonObject): Query | Failed {
  const query: [string, string] = ['query', textIn(config, 'query')]
  if (!isJsonObject(config.rangeQuery)) {
    return { path: '/api/v1/query', values: [query, ['time', formatPlain(setting.nowSeconds)]] }
  }
  const range = objectIn(config, 'rangeQuery')
  const start = timeOf(setting, textIn(range, 'start'))
  if ('error' in start) return { error: `failed to parse rangeQuery.start as time: ${start.error}` }
  const end = timeOf(setting, textIn(range, 'end'))
  if ('error' in end) return { error: `failed to parse rangeQuery.end as time: ${end.error}` }
  const step = readDuration(textIn(range, 'step'))
  if ('error' in step) return { error: `failed to parse rangeQuery.step as duration: ${step.error}` }
  return {
    path: '/api/v1/query_range',
    values: [
      query,
      ['start', formatPlain(start.seconds)],
      ['end', formatPlain(end.seconds)],
      ['step', formatPlain(step.duration.seconds)],
    ],
  }
}

function timeOf(setting: Setting, expression: string): { readonly seconds: number } | Failed {
  const result = setting.context.evaluateTime(expression, preciseTime(setting.nowSeconds))
  if ('error' in result) return result
  const seconds = parseTime(result.time)
  return seconds === undefined ? { error: `${result.time} is out of range` } : { seconds }
}
