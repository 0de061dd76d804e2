import { fromBytes } from '../../go/bytes'
import { goQuote } from '../../go/goQuote'
import { formatUrl, parseUrl, redactedUrl, resolveUrl } from '../../go/url/url'
import { type Headers, headerOf, withHeader, withoutHeaders } from './headers'
import type { Incoming, Outgoing } from './message'

const maxHops = 10
const sensitive = [
  'Authorization',
  'Www-Authenticate',
  'Cookie',
  'Cookie2',
  'Proxy-Authorization',
  'Proxy-Authenticate',
]
const aboutBody = ['Content-Encoding', 'Content-Language', 'Content-Location', 'Content-Type']

/** Parts of a request that earlier redirects removed; they are never restored. */
export interface Taken {
  /** Left the domain: no credentials. */
  readonly credentials: boolean
  /** Became a GET: no body. */
  readonly body: boolean
}

type Hop =
  | 'none'
  | { readonly request: Outgoing; readonly taken: Taken }
  | { readonly error: string; readonly url: string }

/**
 * The target of a redirect, by the rules of Go's http.Client: 301, 302 and 303 become a GET without body, 307 and 308
 * repeat the request; credentials stay on the domain; ten hops at most.
 */
export function nextHop(hops: readonly Outgoing[], reply: Incoming, before: Taken): Hop {
  const [initial, current] = [hops[0]!, hops[hops.length - 1]!]
  const repeats = reply.status === 307 || reply.status === 308
  if (!repeats && ![301, 302, 303].includes(reply.status)) return 'none'
  if (repeats && !initial.replayable && initial.body !== undefined) return 'none'
  const location = headerOf(reply.headers, 'Location')
  if (location === '') return 'none'
  const reference = parseUrl(location)
  if ('error' in reference) {
    const error = `failed to parse Location header ${goQuote(location)}: ${reference.error}`
    return { error, url: redactedUrl(current.url) }
  }
  if (hops.length >= maxHops) return { error: `stopped after ${maxHops} redirects`, url: location }
  const url = resolveUrl(current.url, reference.url)
  const [from, to] = [fromBytes(initial.url.host), fromBytes(url.host)]
  const isAstray = current.isAstray === true || !sameDomain(from.toLowerCase(), to.toLowerCase())
  const taken = {
    credentials: before.credentials || !sameDomain(from, to),
    body: before.body || !repeats,
  }
  const method = repeats || current.method === 'HEAD' ? current.method : 'GET'
  const headers = withReferer(
    withoutHeaders(
      initial.headers,
      (name) => (taken.credentials && sensitive.includes(name)) || (taken.body && aboutBody.includes(name)),
    ),
    current,
    url.scheme,
  )
  const body = taken.body ? {} : { body: initial.body }
  const { replayable, idempotent } = initial
  const astray = isAstray ? ({ isAstray } as const) : {}
  return { request: { method, url, headers, ...body, replayable, idempotent, ...astray }, taken }
}

/** Also a subdomain of the initial host may have the credentials. */
function sameDomain(initial: string, next: string): boolean {
  const [parent, child] = [hostname(initial), hostname(next)]
  if (initial === next || parent === child) return true
  const address = child.includes(':') || child.includes('%')
  return !address && child.endsWith(`.${parent}`)
}

/** Go compares the letters of ASCII names as they are written. */
const hostname = (host: string): string => {
  const close = host.lastIndexOf(']')
  const colon = host.lastIndexOf(':')
  return colon > close ? host.slice(0, colon) : host
}

function withReferer(headers: Headers, from: Outgoing, scheme: string): Headers {
  const downgrade = from.url.scheme === 'https' && scheme === 'http'
  if (downgrade || (headers.Referer ?? '') !== '') return headers
  return withHeader(headers, 'Referer', formatUrl({ ...from.url, user: undefined }))
}
