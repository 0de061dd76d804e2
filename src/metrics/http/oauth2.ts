import { goQuote } from '../../go/goQuote'
import { readJson } from '../../go/json/json'
import { type Decode, decodeInt, decodeJson, decodeString, decodeStruct } from '../../go/json/jsonDecode'
import { parseInteger } from '../../go/numbers'
import { encodeQuery, parseQuery, type QueryValues, queryEscape } from '../../go/url/urlEscape'
import type { JsonObject } from '../../model/json'
import { objectIn, textIn, textsIn } from '../exchange/read'
import { type Failed, hide, type Setting, type Steps } from '../exchange/steps'
import { basicAuthorization, type ClientOptions, type Incoming, newRequest, send, type Transport } from './client'
import { headerOf, mediaType, withHeader } from './headers'

/** The client credentials grant of OAuth 2.0 (RFC 6749, section 4.4). */
export interface ClientCredentials {
  readonly clientId: string
  readonly clientSecret: string
  readonly tokenUrl: string
  readonly scopes: readonly string[]
}

/** `authentication.oauth2` of a metric. Without a token URL there is none; without id or secret it is an error. */
export function readClientCredentials(
  setting: Setting,
  config: JsonObject,
): { readonly credentials?: ClientCredentials } | Failed {
  const oauth2 = objectIn(objectIn(config, 'authentication'), 'oauth2')
  const tokenUrl = textIn(oauth2, 'tokenUrl')
  if (tokenUrl === '') return {}
  const [clientId, clientSecret] = [textIn(oauth2, 'clientId'), textIn(oauth2, 'clientSecret')]
  if (clientId === '' || clientSecret === '') return { error: 'missing mandatory parameter in metric for OAuth2 setup' }
  hide(setting, clientSecret)
  return { credentials: { clientId, clientSecret, tokenUrl, scopes: textsIn(oauth2, 'scopes') } }
}

interface Token {
  readonly accessToken: string
  readonly type: string
  /** Seconds since 1970; absent: it does not expire. */
  readonly expiresAtSeconds?: number
}

/** A token that expires within this time is not used any more. */
const expiryMarginSeconds = 10

type AuthStyle = 'header' | 'parameters'

/**
 * Wraps a transport: before a request a token is fetched (and kept while it lives), with a client of its own that has
 * `client`'s transport and timeout. The server is first tried with a Basic header, then, after any error, with the
 * credentials in the body (behaviour 11.2).
 */
export function oauth2Transport(credentials: ClientCredentials, client: ClientOptions): Transport {
  let held: Token | undefined
  let style: AuthStyle | undefined
  return function* (setting, request, deadlines) {
    if (!held || isExpired(held, setting.nowSeconds)) {
      const fetched = yield* fetchToken(setting, credentials, client, style)
      if ('error' in fetched) return fetched
      held = fetched.token
      style = fetched.style
    }
    const headers = withHeader(request.headers, 'Authorization', `${tokenScheme(held.type)} ${held.accessToken}`)
    return yield* client.transport(setting, { ...request, headers }, deadlines)
  }
}

const isExpired = (token: Token, nowSeconds: number): boolean =>
  token.expiresAtSeconds !== undefined && token.expiresAtSeconds - expiryMarginSeconds < nowSeconds

function tokenScheme(type: string): string {
  const known: Readonly<Record<string, string>> = { '': 'Bearer', bearer: 'Bearer', mac: 'MAC', basic: 'Basic' }
  const lower = type.toLowerCase()
  return Object.hasOwn(known, lower) ? known[lower]! : type
}

type Fetched = { readonly token: Token; readonly style: AuthStyle } | Failed

function* fetchToken(
  setting: Setting,
  credentials: ClientCredentials,
  client: ClientOptions,
  style: AuthStyle | undefined,
): Steps<Fetched> {
  const first = yield* fetchTokenBy(setting, credentials, client, style ?? 'header')
  if (style !== undefined || !('error' in first) || first.unsent) return first
  return yield* fetchTokenBy(setting, credentials, client, 'parameters')
}

function* fetchTokenBy(
  setting: Setting,
  credentials: ClientCredentials,
  client: ClientOptions,
  style: AuthStyle,
): Steps<{ readonly token: Token; readonly style: AuthStyle } | (Failed & { readonly unsent?: true })> {
  const { clientId, clientSecret, tokenUrl, scopes } = credentials
  const form: (readonly [string, string])[] = [['grant_type', 'client_credentials']]
  if (scopes.length > 0) form.push(['scope', scopes.join(' ')])
  if (style === 'parameters') form.push(['client_id', clientId], ['client_secret', clientSecret])
  let headers = withHeader({}, 'Content-Type', 'application/x-www-form-urlencoded')
  if (style === 'header') {
    const basic = basicAuthorization(queryEscape(clientId), queryEscape(clientSecret))
    headers = withHeader(headers, 'Authorization', basic)
  }
  const made = newRequest('POST', tokenUrl, headers, encodeQuery(form))
  if ('error' in made) return { error: made.error, unsent: true }
  const reply = yield* send(setting, made.request, client)
  if ('error' in reply) return reply
  const token = readToken(reply, setting.nowSeconds)
  return 'error' in token ? token : { token, style }
}

/** A token endpoint's words: the token, or an error code with a description and a link. */
interface TokenReply {
  readonly access_token: string
  readonly token_type: string
  readonly expires_in: bigint
  readonly error: string
  readonly error_description: string
  readonly error_uri: string
}

const emptyReply: TokenReply = {
  access_token: '',
  token_type: '',
  expires_in: 0n,
  error: '',
  error_description: '',
  error_uri: '',
}

/** Seconds as a number, or as the text of one. */
const decodeExpiry: Decode<bigint> = (node, source) => {
  if (node.kind !== 'string') return decodeInt(node, source)
  const parsed = parseInteger(node.value)
  return 'value' in parsed ? parsed : { error: `strconv.ParseInt: parsing ${goQuote(node.value)}: ${parsed.problem}` }
}

const decodeReply = decodeStruct<TokenReply>('internal.tokenJSON', emptyReply, {
  access_token: decodeString,
  token_type: decodeString,
  expires_in: decodeExpiry,
  error: decodeString,
  error_description: decodeString,
  error_uri: decodeString,
})

function readToken(reply: Incoming, nowSeconds: number): Token | Failed {
  if (reply.bodyError !== undefined) return { error: `oauth2: cannot fetch token: ${reply.bodyError}` }
  const refused = reply.status < 200 || reply.status > 299
  const type = mediaType(headerOf(reply.headers, 'Content-Type'))
  const isForm = type === 'application/x-www-form-urlencoded' || type === 'text/plain'
  const words = isForm ? readForm(reply.body) : readTokenJson(reply.body)
  if ('problem' in words) return { error: refused ? fetchError(reply, emptyReply) : words.problem }
  if (refused || words.error !== '') return { error: fetchError(reply, words) }
  if (words.access_token === '') return { error: 'oauth2: server response missing access_token' }
  const token = { accessToken: words.access_token, type: words.token_type }
  return words.expires_in === 0n ? token : { ...token, expiresAtSeconds: nowSeconds + Number(words.expires_in) }
}

function readForm(body: string): TokenReply | { readonly problem: string } {
  const form = parseQuery(body)
  if (form.error !== undefined) return { problem: `oauth2: cannot parse response: ${form.error}` }
  const expiry = parseInteger(firstValue(form.values, 'expires_in'))
  const text = (name: string): string => firstValue(form.values, name)
  return {
    access_token: text('access_token'),
    token_type: text('token_type'),
    expires_in: 'value' in expiry ? expiry.value : 0n,
    error: text('error'),
    error_description: text('error_description'),
    error_uri: text('error_uri'),
  }
}

const firstValue = (values: QueryValues, name: string): string => values.find(([other]) => other === name)?.[1] ?? ''

function readTokenJson(body: string): TokenReply | { readonly problem: string } {
  const decoded = decodeJson(body, readJson, decodeReply)
  return 'error' in decoded ? { problem: `oauth2: cannot parse json: ${decoded.error}` } : decoded.value
}

function fetchError(reply: Incoming, words: TokenReply): string {
  if (words.error === '') return `oauth2: cannot fetch token: ${reply.statusLine}\nResponse: ${reply.body}`
  const details = [words.error_description, words.error_uri].filter((text) => text !== '')
  return ['oauth2:', goQuote(words.error), ...details.map(goQuote)].join(' ')
}
