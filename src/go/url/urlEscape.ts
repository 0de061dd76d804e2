import { fromBytes, toBytes } from '../bytes'
import { goQuote } from '../goQuote'
import { quote } from '../quote'

/** Which part of a URL is being escaped; the set of safe characters depends on it (Go's net/url). */
export type UrlPart = 'path' | 'userinfo' | 'host' | 'zone' | 'query' | 'fragment'

const alphanumeric = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const unreserved = `${alphanumeric}-_.~`
const safe: Readonly<Record<UrlPart, string>> = {
  path: `${unreserved}$&+,/:;=@`,
  userinfo: `${unreserved}$&+,;=`,
  host: `${unreserved}!$&'()*+,;=:[]<>"`,
  zone: `${unreserved}!$&'()*+,;=:[]<>"`,
  query: unreserved,
  fragment: `${unreserved}$&+,/:;=?@!()*`,
}

export const mustEscape = (byte: string, part: UrlPart): boolean => !safe[part].includes(byte)

const hexByte = (byte: string): string => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`

/** Escapes a byte string. In a query a space becomes `+`. */
export function escapeBytes(bytes: string, part: UrlPart): string {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === ' ' && part === 'query') parts.push('+')
    else parts.push(mustEscape(byte, part) ? hexByte(byte) : byte)
  }
  return parts.join('')
}

const hexDigits = '0123456789abcdefABCDEF'
const isHex = (char: string | undefined): boolean => char !== undefined && char !== '' && hexDigits.includes(char)

export type Unescaped = { readonly bytes: string } | { readonly error: string }

/** Undoes the escapes of a byte string, or says why it cannot, in Go's words. */
export function unescapeBytes(bytes: string, part: UrlPart): Unescaped {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === '%') {
      const text = bytes.slice(i, i + 3)
      if (!isHex(bytes[i + 1]) || !isHex(bytes[i + 2])) return badEscape(text)
      const code = Number.parseInt(text.slice(1), 16)
      if (part === 'host' && code < 0x80 && text !== '%25') return badEscape(text)
      const char = String.fromCharCode(code)
      if (part === 'zone' && text !== '%25' && char !== ' ' && mustEscape(char, 'host')) return badEscape(text)
      parts.push(char)
      i += 2
    } else if ((part === 'host' || part === 'zone') && byte < '\x80' && mustEscape(byte, part)) {
      return { error: `invalid character ${goQuote(byte)} in host name` }
    } else parts.push(byte === '+' && part === 'query' ? ' ' : byte)
  }
  return { bytes: parts.join('') }
}

const badEscape = (text: string): Unescaped => ({ error: `invalid URL escape ${fromBytes(quote(text))}` })

/** url.QueryEscape. */
export const queryEscape = (text: string): string => escapeBytes(toBytes(text), 'query')

/** Query parameters in order of appearance; the same name may come several times. */
export type QueryValues = readonly (readonly [name: string, value: string])[]

/** url.ParseQuery as Go's callers mostly use it: pairs that cannot be read (bad escape, semicolon) vanish. */
export function parseQuery(query: string): { readonly values: QueryValues; readonly error?: string } {
  const values: [string, string][] = []
  let error: string | undefined
  for (const pair of toBytes(query).split('&')) {
    if (pair === '') continue
    if (pair.includes(';')) {
      error = 'invalid semicolon separator in query'
      continue
    }
    const cut = pair.indexOf('=')
    const name = unescapeBytes(cut < 0 ? pair : pair.slice(0, cut), 'query')
    const value = unescapeBytes(cut < 0 ? '' : pair.slice(cut + 1), 'query')
    if ('error' in name) error ??= name.error
    else if ('error' in value) error ??= value.error
    else values.push([name.bytes, value.bytes])
  }
  const texts = values.map(([name, value]) => [fromBytes(name), fromBytes(value)] as const)
  return error === undefined ? { values: texts } : { values: texts, error }
}

/** The values with every earlier value of `name` replaced by one. */
export const withValue = (values: QueryValues, name: string, value: string): QueryValues => [
  ...values.filter(([other]) => other !== name),
  [name, value],
]

/** url.Values.Encode: sorted by name, values of one name in order. */
export function encodeQuery(values: QueryValues): string {
  const bytes = values.map(([name, value]) => [toBytes(name), toBytes(value)] as const)
  const sorted = bytes.map((pair, at) => ({ pair, at })).sort((a, b) => order(a.pair[0], b.pair[0]) || a.at - b.at)
  return sorted.map(({ pair }) => `${escapeBytes(pair[0], 'query')}=${escapeBytes(pair[1], 'query')}`).join('&')
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
