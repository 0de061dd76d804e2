import { fromBytes } from '../bytes'
import { goQuote } from '../goQuote'
import { type Unescaped, unescapeBytes } from './urlEscape'

const port = /^(:[0-9]*)?$/

/** `host[:port]` of an authority, as Go's net/url checks and unescapes it. */
export function parseHost(scheme: string, host: string): Unescaped {
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) return { error: 'invalid IP-literal' }
  if (bracket === 0) return parseLiteral(host)
  const first = host.indexOf(':')
  if (first >= 0) {
    const strict = scheme === 'http' || scheme === 'https'
    const colonPort = host.slice(strict ? first : host.lastIndexOf(':'))
    if (!port.test(colonPort)) return { error: `invalid port ${goQuote(fromBytes(colonPort))} after host` }
  }
  return unescapeBytes(host, 'host')
}

function parseLiteral(host: string): Unescaped {
  const close = host.lastIndexOf(']')
  if (close < 0) return { error: "missing ']' in host" }
  const colonPort = host.slice(close + 1)
  if (!port.test(colonPort)) return { error: `invalid port ${goQuote(fromBytes(colonPort))} after host` }
  const name = host.slice(1, close)
  const zoneAt = name.indexOf('%25')
  const plain = unescapeBytes(zoneAt < 0 ? name : name.slice(0, zoneAt), 'host')
  if ('error' in plain) return plain
  const zone = unescapeBytes(zoneAt < 0 ? '' : name.slice(zoneAt), 'zone')
  if ('error' in zone) return zone
  const address = plain.bytes + zone.bytes
  if (isIpv4(address)) return { error: 'invalid IP-literal' }
  if (!isIpv6(plain.bytes) || zone.bytes === '%') {
    return { error: `invalid host: ParseAddr(${goQuote(fromBytes(address))}): unable to parse IP` }
  }
  return { bytes: `[${address}]${colonPort}` }
}

const isIpv4 = (text: string): boolean => {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256)
}

function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const tail = groups[groups.length - 1]
  const ipv4 = tail?.includes('.') === true && isIpv4(tail) && !text.endsWith('::')
  const hexGroups = ipv4 ? groups.slice(0, -1) : groups
  if (!hexGroups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false
  const size = hexGroups.length + (ipv4 ? 2 : 0)
  return halves.length === 2 ? size < 8 : size === 8
}
