import { readJson } from '../../go/json/json'
import { decodeAny, decodeJson } from '../../go/json/jsonDecode'
import type { Measurement } from '../../model/analysis'
import type { JsonObject } from '../../model/json'
import { failedMeasurement, judge } from '../exchange/measurement'
import { oneShot } from '../exchange/provider'
import { flagIn, numberIn, objectsIn, textIn } from '../exchange/read'
import type { Setting, Steps } from '../exchange/steps'
import { type ClientOptions, directTransport, type Incoming, newRequest, type Outgoing, send } from '../http/client'
import { type Headers, withHeader } from '../http/headers'
import { oauth2Transport, readClientCredentials } from '../http/oauth2'
import { findResults } from '../jsonPath/evaluate'
import type { JsonPath } from '../jsonPath/nodes'
import { parseJsonPath } from '../jsonPath/parse'
import { documentOf, type PathValue } from '../jsonPath/values'
import { jsonFound, textFound } from './found'

const defaultTimeoutSeconds = 10

/** Upstream panics here; an engine must not. */
export const nullBody = 'the body is null: there is no result to judge'

interface Made {
  readonly client: ClientOptions
  readonly path: JsonPath
}

/**
 * Web: any HTTP endpoint. `result` is the first hit of `jsonPath` in a JSON body, or the whole body as text where it is
 * not JSON. Only 2xx counts. Basic authentication and SigV4 are ignored (upstream knows them for Prometheus only).
 */
export const web = oneShot<Made>({ type: 'Web', make, run })

// biome-ignore lint/correctness/useYield: nothing has to be asked for
function* make(setting: Setting, config: JsonObject): Steps<{ readonly made: Made } | { readonly error: string }> {
  const wanted = numberIn(config, 'timeoutSeconds') ?? 0
  const timeoutSeconds = wanted > 0 ? wanted : defaultTimeoutSeconds
  const base = { transport: directTransport(flagIn(config, 'insecure')), timeoutSeconds }
  const oauth2 = readClientCredentials(setting, config)
  if ('error' in oauth2) return oauth2
  const path = parseJsonPath(textIn(config, 'jsonPath') || '{$}')
  if ('error' in path) return path
  const { credentials } = oauth2
  const client = credentials ? { ...base, transport: oauth2Transport(credentials, base) } : base
  return { made: { client, path } }
}

function* run(setting: Setting, config: JsonObject, { client, path }: Made): Steps<Measurement> {
  const made = buildRequest(config)
  if ('error' in made) return failedMeasurement(setting, made.error)
  const reply = yield* send(setting, made.request, client)
  if ('error' in reply) return failedMeasurement(setting, reply.error)
  if (reply.status < 200 || reply.status >= 300) {
    return failedMeasurement(setting, `received non 2xx response code: ${reply.status}`)
  }
  return interpretBody(setting, path, reply)
}

function buildRequest(config: JsonObject): { readonly request: Outgoing } | { readonly error: string } {
  const method = textIn(config, 'method') || 'GET'
  const body = textIn(config, 'body')
  const jsonBody = config.jsonBody === null ? undefined : config.jsonBody
  if (body !== '' && jsonBody !== undefined) {
    return { error: 'use either Body or JSONBody; both cannot exists for WebMetric payload' }
  }
  if ((body !== '' || jsonBody !== undefined) && method === 'GET') {
    return { error: 'Body/JSONBody can only be used with POST or PUT WebMetric Method types' }
  }
  let headers: Headers = {}
  for (const header of objectsIn(config, 'headers')) {
    headers = withHeader(headers, textIn(header, 'key'), textIn(header, 'value'))
  }
  if (jsonBody !== undefined) headers = withHeader(headers, 'Content-Type', 'application/json')
  return newRequest(method, textIn(config, 'url'), headers, jsonBody === undefined ? body : JSON.stringify(jsonBody))
}

function interpretBody(setting: Setting, path: JsonPath, reply: Incoming): Measurement {
  if (reply.bodyError !== undefined) {
    return failedMeasurement(setting, `Received no bytes in response: ${reply.bodyError}`)
  }
  const json = decodeJson(reply.body, readJson, decodeAny)
  if ('error' in json) return judge(setting, textFound(reply.body), { value: reply.body })
  const found = findResults(path, documentOf(json.value))
  if ('error' in found) return failedMeasurement(setting, `Could not find JSONPath in body: ${found.error}`)
  const first = found.values[0]
  if (!first) return failedMeasurement(setting, 'result of web metric produced no value')
  if (first.type === 'invalid') return failedMeasurement(setting, nullBody)
  return judgeValue(setting, first)
}

function judgeValue(setting: Setting, value: Exclude<PathValue, { readonly type: 'invalid' }>): Measurement {
  if (value.type === 'json') {
    const found = jsonFound(value.json)
    return judge(setting, found, { value: found.value })
  }
  // A number that is in the path itself is a Go int, not a float.
  const result = value.type === 'int' ? { $int: String(value.value) } : { $uint8: String(value.value) }
  return judge(setting, { resultType: 'tagged', result }, { value: String(value.value) })
}
