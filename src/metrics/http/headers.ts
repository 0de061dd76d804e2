import { goQuote } from '../../go/goQuote'
import type { StringMap } from '../../model/meta'

/** Header fields by canonical name (`Content-Type`), one value each, in the order in which they were first set. */
export type Headers = StringMap

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** Go's spelling of a header name; an invalid name stays unchanged. */
export function canonicalName(name: string): string {
  if (!token.test(name)) return name
  return name
    .split('-')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1).toLowerCase())
    .join('-')
}

export function withHeader(headers: Headers, name: string, value: string): Headers {
  return { ...headers, [canonicalName(name)]: value }
}

export function withoutHeaders(headers: Headers, drop: (name: string) => boolean): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !drop(name)))
}

/** Why Go would refuse to send these, or undefined. */
export function headerProblem(headers: Headers): string | undefined {
  for (const [name, value] of Object.entries(headers)) {
    if (!token.test(name)) return `net/http: invalid header field name ${goQuote(name)}`
    if (hasControl(value)) return `net/http: invalid header field value for ${goQuote(name)}`
  }
  return undefined
}

function hasControl(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true
  }
  return false
}

const credentialName = /auth|cookie|key|token|secret|password/i

/** Values of headers that look as if they held credentials, with and without a scheme such as `Bearer`. */
export const credentialsIn = (headers: Headers): readonly string[] =>
  Object.entries(headers)
    .filter(([name]) => credentialName.test(name))
    .flatMap(([, value]) => [value.trim(), value.trim().replace(/^\S+ +/, '')])

/** Fields that the connection sets; Go ignores them in the headers. */
const ownedByConnection = ['Host', 'Content-Length', 'Transfer-Encoding', 'Trailer']

/**
 * As they go over the wire: lower-case names, values without space around them. An empty User-Agent means none at all.
 */
export const wireHeaders = (headers: Headers): StringMap =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => !ownedByConnection.includes(name) && !(name === 'User-Agent' && value === ''))
      .map(([name, value]) => [name.toLowerCase(), value.trim()]),
  )

/** A reply's header field, without regard to case; '' if there is none. */
export function headerOf(headers: StringMap | undefined, name: string): string {
  for (const [other, value] of Object.entries(headers ?? {})) {
    if (other.toLowerCase() === name.toLowerCase()) return value
  }
  return ''
}

/** The media type of a Content-Type, in lower case and without parameters. */
export const mediaType = (contentType: string): string => contentType.split(';', 1)[0]!.trim().toLowerCase()
