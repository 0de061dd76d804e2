import { encodeBase64 } from '../../go/base64'
import { fromBytes, toBytes } from '../../go/bytes'
import { goQuote } from '../../go/goQuote'
import { formatUrl, parseUrl, redactedUrl, wireUrl } from '../../go/url/url'
import { isJsonObject } from '../../model/json'
import { hideSecrets } from '../../secrets/hideSecrets'
import type { HttpAsk, HttpRequest, ProviderAnswer } from '../exchange/ask'
import { type Failed, failure, hide, type Setting, type Steps } from '../exchange/steps'
import { credentialsIn, type Headers, headerProblem, wireHeaders, withHeader } from './headers'
import type { Incoming, Outgoing } from './message'
import { nextHop, type Taken } from './redirect'
import { statusLine } from './status'

export type { Incoming, Outgoing } from './message'

/** The deadline: a client's own timeout, or one of the caller's context; their messages differ. */
export interface Deadline {
  readonly atSeconds: number
  readonly owner: 'client' | 'context'
}

/** Sends one request, without redirects. Transports wrap each other (headers, authentication). */
export type Transport = (
  setting: Setting,
  request: Outgoing,
  deadlines: readonly Deadline[],
) => Steps<Incoming | Failed>

const isToken = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** http.NewRequest: checks method and URL. */
export function newRequest(
  method: string,
  urlText: string,
  headers: Headers = {},
  body?: string,
): { readonly request: Outgoing } | Failed {
  if (!isToken.test(method)) return { error: `net/http: invalid method ${goQuote(method)}` }
  const reading = parseUrl(urlText)
  if ('error' in reading) return reading
  const { host } = reading.url
  const url = host.endsWith(':') ? { ...reading.url, host: host.slice(0, -1) } : reading.url
  return { request: { method, url, headers, body, replayable: true } }
}

const deadlineText = 'context deadline exceeded'

/** The innermost transport: what Go's http.Transport checks, and then the host sends. */
export const directTransport = (insecure: boolean): Transport =>
  function* (setting, request, deadlines) {
    const problem = requestProblem(request)
    if (problem !== undefined) return { error: problem }
    const first = earliest(deadlines)
    if (first && setting.nowSeconds >= first.atSeconds) return { error: deadlineText }
    const ask: HttpAsk = { kind: 'http', request: wireRequest(request, insecure, first, setting.nowSeconds) }
    const answer = yield ask
    hide(setting, ...credentialsIn(request.headers).filter((credential) => holds(answer, credential)))
    if (answer.kind === 'timeout' && first) {
      setting.nowSeconds = Math.max(setting.nowSeconds, first.atSeconds)
      return { error: deadlineText }
    }
    if (answer.kind === 'timeout') return { error: deadlineText }
    if (answer.kind !== 'http') return failure(ask, answer)
    const { status, statusText, headers = {}, body } = answer
    const reply = { status, statusLine: statusLine(status, statusText), headers, body }
    if (hasNoBody(request.method, status)) return { ...reply, body: '' }
    return answer.bodyError === undefined ? reply : { ...reply, bodyError: bodyError(setting, answer.bodyError, first) }
  }

/**
 * Whether a server, or the host, echoes a credential. Only then it is hidden: a token that happens to be a word of our
 * own message (`wave` of `https://wave.example`) would tear holes into it.
 */
function holds(answer: ProviderAnswer, credential: string): boolean {
  const said = textsOf(answer).join('\n')
  return hideSecrets(said, [credential]) !== said
}

/** Every text of an answer: its own, such as the body or a message, and those of its headers. */
const textsOf = (answer: ProviderAnswer): readonly string[] =>
  Object.values(answer)
    .flatMap((value: unknown) => (isJsonObject(value) ? Object.entries(value).flat() : [value]))
    .filter((value) => typeof value === 'string')

/** These have no body, regardless of the host's answer (RFC 9110, section 6.4.1). */
const hasNoBody = (method: string, status: number): boolean => method === 'HEAD' || status === 204 || status === 304

function bodyError(setting: Setting, text: string, first: Deadline | undefined): string {
  if (text !== 'timeout') return text
  if (!first) return deadlineText
  setting.nowSeconds = Math.max(setting.nowSeconds, first.atSeconds)
  return first.owner === 'client'
    ? `${deadlineText} (Client.Timeout or context cancellation while reading body)`
    : deadlineText
}

function requestProblem(request: Outgoing): string | undefined {
  const { scheme, host } = request.url
  if (scheme !== 'http' && scheme !== 'https') return `unsupported protocol scheme ${goQuote(fromBytes(scheme))}`
  return headerProblem(request.headers) ?? (host === '' ? 'http: no Host in request URL' : undefined)
}

function earliest(deadlines: readonly Deadline[]): Deadline | undefined {
  let first: Deadline | undefined
  for (const deadline of deadlines) if (!first || deadline.atSeconds < first.atSeconds) first = deadline
  return first
}

function wireRequest(
  request: Outgoing,
  insecure: boolean,
  deadline: Deadline | undefined,
  nowSeconds: number,
): HttpRequest {
  const headers = wireHeaders(request.headers)
  // Differences of seconds since 1970 carry noise of a fraction of a microsecond.
  const timeoutSeconds = deadline && Math.round((deadline.atSeconds - nowSeconds) * 1e6) / 1e6
  return {
    method: request.method,
    url: wireUrl(request.url),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(request.body === undefined || request.body === '' ? {} : { body: request.body }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(insecure ? { tls: { insecure: true } } : {}),
    ...(request.sigv4 ? { sigv4: request.sigv4 } : {}),
    ...(request.idempotent ? { idempotent: true } : {}),
  }
}

export interface ClientOptions {
  readonly transport: Transport
  /** The client's own timeout, over redirects and reading of the body. */
  readonly timeoutSeconds?: number
  /** A deadline of the caller, in seconds since 1970. */
  readonly contextDeadlineSeconds?: number
}

/**
 * http.Client.Do: sends the request and follows redirects. Errors read as Go's: `Get "http://h/x": EOF`, with a
 * password in the URL shown as `***`.
 */
export function* send(setting: Setting, first: Outgoing, options: ClientOptions): Steps<Incoming | Failed> {
  const deadlines: Deadline[] = []
  const clientDeadline = options.timeoutSeconds === undefined ? undefined : setting.nowSeconds + options.timeoutSeconds
  if (clientDeadline !== undefined) deadlines.push({ atSeconds: clientDeadline, owner: 'client' })
  if (options.contextDeadlineSeconds !== undefined) {
    deadlines.push({ atSeconds: options.contextDeadlineSeconds, owner: 'context' })
  }
  let hops: readonly Outgoing[] = [first]
  let taken: Taken = { credentials: false, body: false }
  while (true) {
    const current = hops[hops.length - 1]!
    const reply = yield* options.transport(setting, withUserAuthorization(setting, current), deadlines)
    if ('error' in reply) {
      const late = clientDeadline !== undefined && setting.nowSeconds >= clientDeadline
      return clientError(first, redactedUrl(current.url), reply.error + (late ? awaiting : ''))
    }
    const hop = nextHop(hops, reply, taken)
    if (hop === 'none') return reply
    if ('error' in hop) return clientError(first, hop.url, hop.error)
    hops = [...hops, hop.request]
    taken = hop.taken
  }
}

const awaiting = ' (Client.Timeout exceeded while awaiting headers)'

/** `Get "url": text`. */
function clientError(first: Outgoing, url: string, text: string): Failed {
  const operation = first.method.slice(0, 1) + first.method.slice(1).toLowerCase()
  return { error: `${operation} ${goQuote(url)}: ${text}` }
}

/** A user in the URL authenticates, unless a header does. */
function withUserAuthorization(setting: Setting, request: Outgoing): Outgoing {
  const { user } = request.url
  if (!user || (request.headers.Authorization ?? '') !== '') return request
  const [name, password] = [fromBytes(user.name), fromBytes(user.password ?? '')]
  hide(setting, password)
  return { ...request, headers: withHeader(request.headers, 'Authorization', basicAuthorization(name, password)) }
}

export const basicAuthorization = (name: string, password: string): string =>
  `Basic ${encodeBase64(toBytes(`${name}:${password}`))}`

/** The plain client: verified TLS, no authentication. */
export const plainClient = (timeoutSeconds: number): ClientOptions => ({
  transport: directTransport(false),
  timeoutSeconds,
})

export const urlText = (request: Outgoing): string => formatUrl(request.url)
