import { fromBytes, toBytes } from '../bytes'
import { goQuote } from '../goQuote'
import { asciiHost } from './punycode'
import { escapeBytes, mustEscape, type UrlPart, unescapeBytes } from './urlEscape'
import { parseHost } from './urlHost'

/** A parsed URL as Go's net/url holds it. Fields are byte strings (see bytes.ts), unescaped unless `raw`. */
export interface GoUrl {
  readonly scheme: string
  readonly opaque: string
  readonly user?: { readonly name: string; readonly password?: string }
  readonly host: string
  readonly path: string
  readonly rawPath: string
  /** `scheme:/path`: no authority at all. */
  readonly omitHost: boolean
  /** A `?` with nothing behind it. */
  readonly forceQuery: boolean
  readonly rawQuery: string
  readonly fragment: string
  readonly rawFragment: string
}

const nothing: GoUrl = {
  scheme: '',
  opaque: '',
  host: '',
  path: '',
  rawPath: '',
  omitHost: false,
  forceQuery: false,
  rawQuery: '',
  fragment: '',
  rawFragment: '',
}

export type UrlReading = { readonly url: GoUrl } | { readonly error: string }

/** url.Parse: the URL, or an error such as `parse "://x": missing protocol scheme`. */
export function parseUrl(text: string): UrlReading {
  const bytes = toBytes(text)
  const hash = bytes.indexOf('#')
  const beforeHash = hash < 0 ? bytes : bytes.slice(0, hash)
  const read = parseWithoutFragment(beforeHash)
  if ('error' in read) return { error: `parse ${goQuote(fromBytes(beforeHash))}: ${read.error}` }
  const rawFragment = hash < 0 ? '' : bytes.slice(hash + 1)
  if (rawFragment === '') return read
  const fragment = unescapeBytes(rawFragment, 'fragment')
  if ('error' in fragment) return { error: `parse ${goQuote(text)}: ${fragment.error}` }
  const plain = escapeBytes(fragment.bytes, 'fragment') === rawFragment
  return { url: { ...read.url, fragment: fragment.bytes, rawFragment: plain ? '' : rawFragment } }
}

function hasControlByte(bytes: string): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i)
    if (code < 0x20 || code === 0x7f) return true
  }
  return false
}

function parseWithoutFragment(bytes: string): UrlReading {
  if (hasControlByte(bytes)) return { error: 'net/url: invalid control character in URL' }
  if (bytes === '*') return { url: { ...nothing, path: '*' } }
  const colon = schemeEnd(bytes)
  if (colon === 0) return { error: 'missing protocol scheme' }
  const scheme = colon < 0 ? '' : bytes.slice(0, colon).toLowerCase()
  const afterScheme = colon < 0 ? bytes : bytes.slice(colon + 1)
  const mark = afterScheme.indexOf('?')
  const forceQuery = mark >= 0 && mark === afterScheme.length - 1
  const rawQuery = mark < 0 || forceQuery ? '' : afterScheme.slice(mark + 1)
  const rest = mark < 0 ? afterScheme : afterScheme.slice(0, mark)
  const base = { ...nothing, scheme, forceQuery, rawQuery }
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { url: { ...base, opaque: rest } }
    if (rest.split('/', 1)[0]!.includes(':')) return { error: 'first path segment in URL cannot contain colon' }
  }
  if (rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'))) return withAuthority(base, rest.slice(2))
  return withPath({ ...base, omitHost: scheme !== '' && rest.startsWith('/') }, rest)
}

/** Where the scheme's colon stands; -1: there is none. */
function schemeEnd(bytes: string): number {
  for (let i = 0; i < bytes.length; i++) {
    const char = bytes[i]!
    if (char === ':') return i
    const letter = (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z')
    const inner = i > 0 && ((char >= '0' && char <= '9') || char === '+' || char === '-' || char === '.')
    if (!letter && !inner) return -1
  }
  return -1
}

function withAuthority(base: GoUrl, rest: string): UrlReading {
  const slash = rest.indexOf('/')
  const authority = slash < 0 ? rest : rest.slice(0, slash)
  const at = authority.lastIndexOf('@')
  const host = parseHost(base.scheme, authority.slice(at + 1))
  if ('error' in host) return host
  const path = slash < 0 ? '' : rest.slice(slash)
  if (at < 0) return withPath({ ...base, host: host.bytes }, path)
  const user = parseUser(authority.slice(0, at))
  if ('error' in user) return user
  return withPath({ ...base, user: user.user, host: host.bytes }, path)
}

const userCharacters = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/

function parseUser(bytes: string): { readonly user: NonNullable<GoUrl['user']> } | { readonly error: string } {
  if (!userCharacters.test(bytes)) return { error: 'net/url: invalid userinfo' }
  const colon = bytes.indexOf(':')
  const name = unescapeBytes(colon < 0 ? bytes : bytes.slice(0, colon), 'userinfo')
  if ('error' in name) return name
  if (colon < 0) return { user: { name: name.bytes } }
  const password = unescapeBytes(bytes.slice(colon + 1), 'userinfo')
  return 'error' in password ? password : { user: { name: name.bytes, password: password.bytes } }
}

function withPath(base: GoUrl, escaped: string): UrlReading {
  const path = unescapeBytes(escaped, 'path')
  if ('error' in path) return path
  return { url: setPath(base, path.bytes, escaped) }
}

/** The raw path is kept only where it is not what escaping the path gives. */
const setPath = (base: GoUrl, path: string, escaped: string): GoUrl => ({
  ...base,
  path,
  rawPath: escapeBytes(path, 'path') === escaped ? '' : escaped,
})

const allowedRaw = "!$&'()*+,;=:@[]%"
const validRaw = (raw: string, part: UrlPart): boolean =>
  [...raw].every((byte) => allowedRaw.includes(byte) || !mustEscape(byte, part))

function escaped(plain: string, raw: string, part: UrlPart): string {
  if (raw !== '' && validRaw(raw, part)) {
    const back = unescapeBytes(raw, part)
    if ('bytes' in back && back.bytes === plain) return raw
  }
  return plain === '*' && part === 'path' ? '*' : escapeBytes(plain, part)
}

export const escapedPath = (url: GoUrl): string => escaped(url.path, url.rawPath, 'path')

function userText(user: NonNullable<GoUrl['user']>): string {
  const name = escapeBytes(user.name, 'userinfo')
  return user.password === undefined ? name : `${name}:${escapeBytes(user.password, 'userinfo')}`
}

/** URL.String(). */
export function formatUrl(url: GoUrl): string {
  const query = url.forceQuery || url.rawQuery !== '' ? `?${url.rawQuery}` : ''
  const fragment = url.fragment === '' ? '' : `#${escaped(url.fragment, url.rawFragment, 'fragment')}`
  const scheme = url.scheme === '' ? '' : `${url.scheme}:`
  if (url.opaque !== '') return fromBytes(scheme + url.opaque + query + fragment)
  let path = escapedPath(url)
  if (path !== '' && !path.startsWith('/') && url.host !== '') path = `/${path}`
  const front = scheme + authorityText(url)
  if (front === '' && path.split('/', 1)[0]!.includes(':')) path = `./${path}`
  return fromBytes(front + path + query + fragment)
}

function authorityText(url: GoUrl): string {
  const bare = url.host === '' && url.user === undefined
  if (bare && (url.scheme === '' || url.omitHost || url.path === '')) return ''
  const user = url.user ? `${userText(url.user)}@` : ''
  return `//${user}${escapeBytes(url.host, 'host')}`
}

/** The URL for messages: a password in it reads `***`, as Go's HTTP client shows it. */
export function redactedUrl(url: GoUrl): string {
  const text = formatUrl(url)
  if (url.user?.password === undefined) return text
  const name = fromBytes(url.user.name)
  return text.replace(`${fromBytes(userText(url.user))}@`, () => `${name}:***@`)
}

/** Scheme, host, path and query as they go over the wire: no user, no fragment, at least `/` as path. */
export function wireUrl(url: GoUrl): string {
  const path = url.opaque !== '' ? url.opaque : escapedPath(url) || '/'
  const query = url.forceQuery || url.rawQuery !== '' ? `?${url.rawQuery}` : ''
  // Names beyond ASCII are looked up, and sent, in punycode.
  const host = asciiHost(fromBytes(url.host))
  return fromBytes(`${url.scheme}://${escapeBytes(toBytes(host), 'host')}${path}${query}`)
}

/** The URL with another path (a plain byte string), as if assigned to Go's URL.Path. */
export const replacePath = (url: GoUrl, path: string): GoUrl => ({ ...url, path })

export const replaceQuery = (url: GoUrl, rawQuery: string): GoUrl => ({ ...url, rawQuery: toBytes(rawQuery) })

/** URL.ResolveReference: where `reference` leads from `base`. */
export function resolveUrl(base: GoUrl, reference: GoUrl): GoUrl {
  const scheme = reference.scheme === '' ? base.scheme : reference.scheme
  const url = { ...reference, scheme }
  if (reference.scheme !== '' || reference.host !== '' || reference.user !== undefined) {
    return resolved(url, resolvePath(escapedPath(reference), ''))
  }
  if (reference.opaque !== '') return { ...url, user: undefined, host: '', path: '' }
  const empty = reference.path === '' && !reference.forceQuery && reference.rawQuery === ''
  const rawQuery = empty ? base.rawQuery : url.rawQuery
  const noFragment = empty && reference.fragment === ''
  const fragments = noFragment ? { fragment: base.fragment, rawFragment: base.rawFragment } : {}
  if (reference.path === '' && base.opaque !== '') {
    return { ...url, ...fragments, rawQuery, opaque: base.opaque, user: undefined, host: '', path: '' }
  }
  const joined = { ...url, ...fragments, rawQuery, host: base.host, user: base.user }
  return resolved(joined, resolvePath(escapedPath(base), escapedPath(reference)))
}

function resolved(url: GoUrl, escapedText: string): GoUrl {
  const path = unescapeBytes(escapedText, 'path')
  return 'bytes' in path ? setPath(url, path.bytes, escapedText) : url
}

function resolvePath(base: string, reference: string): string {
  const full =
    reference === ''
      ? base
      : reference.startsWith('/')
        ? reference
        : base.slice(0, base.lastIndexOf('/') + 1) + reference
  if (full === '') return ''
  const segments = full.split('/')
  let path = '/'
  let first = true
  for (const segment of segments) {
    if (segment === '.') first = false
    else if (segment === '..') {
      path = path.slice(0, Math.max(path.lastIndexOf('/'), 1))
      first = path.length === 1
    } else {
      path += first ? segment : `/${segment}`
      first = false
    }
  }
  const last = segments[segments.length - 1]
  if (last === '.' || last === '..') path += '/'
  return path.startsWith('//') ? path.slice(1) : path
}

/** path.Join of Go: empty parts are left out, the rest is joined and cleaned; nothing at all gives ''. */
export function joinPath(...parts: readonly string[]): string {
  const filled = parts.filter((part) => part !== '')
  return filled.length === 0 ? '' : cleanPath(filled.join('/'))
}

function cleanPath(path: string): string {
  const rooted = path.startsWith('/')
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') kept.push(segment)
    else if (kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop()
    else if (!rooted) kept.push('..')
  }
  const clean = kept.join('/')
  return rooted ? `/${clean}` : clean || '.'
}
