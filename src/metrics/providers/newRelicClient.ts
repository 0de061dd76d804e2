import { type JsonNode, readJson } from '../../go/json/json'
import { type Decode, decodeAny, decodeJson, decodeList, decodeMap, decodeStruct } from '../../go/json/jsonDecode'
import type { GoJsonObject } from '../../go/json/jsonPrint'
import { parseInteger } from '../../go/numbers'
import { formatUrl, type GoUrl } from '../../go/url/url'
import type { WaitAsk } from '../exchange/ask'
import { type Failed, mismatch, type Setting, type Steps } from '../exchange/steps'
import { type Incoming, newRequest, type Outgoing, plainClient, send } from '../http/client'
import { headerOf } from '../http/headers'

/** A row of a query's result; null where NerdGraph says so. */
export type Row = GoJsonObject | null

const timeoutSeconds = 30
/** One attempt and three more, in the transport; and again so for errors that the reply itself calls passing. */
const maxRetries = 3
const longestWaitSeconds = 30

const query =
  'query (\n  $query: Nrql!, \n  $accountId: Int!,\n  $timeout: Seconds!\n)\n{\n  actor {\n    account(id: $accountId) {\n' +
  '      nrql(query: $query, timeout: $timeout) {\n        results\n      }\n    }\n  }\n}\n'

type Rows = { readonly rows: readonly Row[] }

/** Where NerdGraph is, and who asks. */
interface NerdGraph {
  readonly url: string
  readonly apiKey: string
  readonly serviceName: string
}

/** Upstream's client names itself, behind the name that the process has. */
const library = 'newrelic-client-go'

/** Runs the query of New Relic's GraphQL API. `variables` is JSON text. */
export function* queryNerdGraph(
  setting: Setting,
  { url, apiKey, serviceName }: NerdGraph,
  variables: string,
): Steps<Rows | Failed> {
  const service = serviceName === '' ? library : `${serviceName}|${library}`
  const isTerraform = service.includes('terraform-provider-newrelic')
  const headers = {
    'Newrelic-Requesting-Services': service,
    'Content-Type': 'application/json',
    ...(isTerraform ? { 'X-Query-Source-Capability-Id': 'TERRAFORM' } : { 'X-Query-Source-Component-Id': service }),
    'Api-Key': apiKey,
  }
  const made = newRequest('POST', url, headers, `{"query":${JSON.stringify(query)},"variables":${variables}}`)
  if ('error' in made) return made
  for (let retry = 0; ; retry++) {
    const reply = yield* sendPatiently(setting, made.request)
    if ('error' in reply) return reply
    if (reply.status === 404) return { error: 'resource not found' }
    const errors = readErrors(reply.body)
    if (reply.status === 402) return { error: 'Payment Required' }
    if (!errors.some((error) => passing.includes(error.errorClass))) return readRows(reply, errors)
    if (retry === maxRetries) return { error: `maximum retries reached: ${messageOf(errors)}` }
    const waited = yield* wait(waitSeconds(retry, reply, setting.nowSeconds))
    if (waited) return waited
  }
}

const passing = ['TIMEOUT', 'INTERNAL_SERVER_ERROR', 'SERVER_ERROR']

function* wait(seconds: number): Steps<Failed | undefined> {
  const ask: WaitAsk = { kind: 'wait', seconds }
  const answer = yield ask
  return answer.kind === 'waited' ? undefined : mismatch(ask, answer)
}

/** Sends, and sends again after network errors, 429, 500, 502 and above, and where the reply asks for patience. */
function* sendPatiently(setting: Setting, request: Outgoing): Steps<Incoming | Failed> {
  const name = `${request.method} ${shownUrl(request.url)}`
  for (let retry = 0; ; retry++) {
    const reply = yield* send(setting, request, plainClient(timeoutSeconds))
    const reason = retryReason(reply)
    if (reason === 'fine' && !('error' in reply)) return reply
    if (reason === 'final' || retry === maxRetries) {
      const text = 'error' in reply ? `: ${reply.error}` : reason === tooMany ? `: ${tooMany}` : ''
      return { error: `${name} giving up after ${retry + 1} attempt(s)${text}` }
    }
    const waited = yield* wait(waitSeconds(retry, 'error' in reply ? undefined : reply, setting.nowSeconds))
    if (waited) return waited
  }
}

const tooMany = 'TOO_MANY_REQUESTS'

function retryReason(reply: Incoming | Failed): 'fine' | 'final' | 'again' | typeof tooMany {
  if ('error' in reply) {
    const hopeless = /unsupported protocol scheme|stopped after \d+ redirects$/.test(reply.error)
    return hopeless ? 'final' : 'again'
  }
  const { status } = reply
  if (status === 0 || status === 429 || status === 500 || status >= 502) return 'again'
  return reply.bodyError === undefined && readErrors(reply.body)[0]?.errorClass === tooMany ? tooMany : 'fine'
}

/** 1, 2, 4 seconds; or what the server wants, where it is overloaded. */
function waitSeconds(retry: number, reply: Incoming | undefined, nowSeconds: number): number {
  if (reply && (reply.status === 429 || reply.status === 503)) {
    const wanted = retryAfterSeconds(headerOf(reply.headers, 'Retry-After'), nowSeconds)
    if (wanted !== undefined) return wanted
  }
  return Math.min(2 ** retry, longestWaitSeconds)
}

const httpDate = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) [A-Z]{3}$/
const months = 'JanFebMarAprMayJunJulAugSepOctNovDec'

function retryAfterSeconds(text: string, nowSeconds: number): number | undefined {
  const seconds = parseInteger(text)
  if ('value' in seconds) return seconds.value < 0n ? undefined : Number(seconds.value)
  const date = httpDate.exec(text)
  const month = date ? months.indexOf(date[2]!) / 3 : -1
  if (!date || !Number.isInteger(month) || month < 0) return undefined
  const [day, year, hour, minute, second] = [date[1], date[3], date[4], date[5], date[6]].map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const at = secondsOfDate(year, month + 1, day) + hour * 3600 + minute * 60 + second
  return Math.max(at - nowSeconds, 0)
}

/** Seconds since 1970 at the start of a day (proleptic Gregorian calendar). */
function secondsOfDate(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return (era * 146097 + dayOfEra - 719468) * 86400
}

function shownUrl(url: GoUrl): string {
  return formatUrl(url.user?.password === undefined ? url : { ...url, user: { ...url.user, password: 'xxxxx' } })
}

interface GraphError {
  readonly message: string
  readonly errorClass: string
  readonly errorCode: string
}

/** A field without regard to case; the last one of the name counts. */
function member(node: JsonNode | undefined, name: string): JsonNode | undefined {
  const fields = node?.kind === 'object' ? node.fields : []
  return fields.filter(([key]) => key.toLowerCase() === name.toLowerCase()).pop()?.[1]
}

const textOf = (node: JsonNode | undefined): string => (node?.kind === 'string' ? node.value : '')

/** The reply's errors; what does not have the right type in them is passed over. */
function readErrors(body: string): readonly GraphError[] {
  const reading = readJson(body)
  const list = 'node' in reading ? member(reading.node, 'errors') : undefined
  if (list?.kind !== 'array') return []
  return list.items.map((error) => {
    const extensions = member(error, 'extensions')
    return {
      message: textOf(member(error, 'message')),
      errorClass: textOf(member(extensions, 'errorClass')),
      errorCode: textOf(member(extensions, 'error_code')),
    }
  })
}

const messageOf = (errors: readonly GraphError[]): string =>
  errors
    .map((error) => error.message)
    .filter((text) => text !== '')
    .join(', ')

const decodeRow: Decode<Row> = (node, source) => {
  const map = decodeMap(decodeAny, 'nrdb.NRDBResult')(node, source)
  return 'error' in map ? map : { value: map.value ?? null }
}

/** The reply is `{data: {actor: {account: {nrql: {results}}}}}`. */
const path = ['data', 'actor', 'account', 'nrql']

const decodeResults = decodeStruct<{ readonly results: readonly Row[] | undefined }>(
  'nrdb.NRDBResultContainer',
  { results: undefined },
  { results: decodeList(decodeRow, '[]nrdb.NRDBResult') },
)

function readRows(reply: Incoming, errors: readonly GraphError[]): Rows | Failed {
  const message = messageOf(errors)
  const refusal = statusProblem(reply.status, errors)
  if (refusal !== undefined) return { error: refusal }
  const deprecated = errors.some((error) => error.message.startsWith('This field is deprecated!'))
  if (!deprecated && message !== '') return { error: message }
  const results = decodeJson<readonly Row[]>(reply.body, readJson, (node, source) => decodeAt(node, source, path))
  return 'error' in results ? results : { rows: results.value }
}

function statusProblem(status: number, errors: readonly GraphError[]): string | undefined {
  if (status >= 200 && status <= 299) return undefined
  const refused = status === 401 || errors.some((error) => error.errorCode === 'BAD_API_KEY')
  if (refused && errors.length > 0) {
    return '401 response returned: Invalid credentials provided. Missing API key or an invalid API key was provided.'
  }
  const text = messageOf(errors)
  return `${status} response returned${text === '' ? '' : `: ${text}`}`
}

function decodeAt(node: JsonNode, source: string, names: readonly string[]): ReturnType<Decode<readonly Row[]>> {
  const [name, ...rest] = names
  if (node.kind === 'null') return { value: [] }
  if (name === undefined) {
    const results = decodeResults(node, source)
    return 'error' in results ? results : { value: results.value.results ?? [] }
  }
  if (node.kind !== 'object') return { error: `json: cannot unmarshal ${node.kind} into Go struct field ${name}` }
  const inner = member(node, name)
  return inner ? decodeAt(inner, source, rest) : { value: [] }
}
