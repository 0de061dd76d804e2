import type { Format } from './rule'

const mostGroups = 8

/** An IP address as Kubernetes' older fields take it: IPv4 may have leading zeros, IPv6 no zone. */
export const ipAddress: Format = (text) =>
  isIpv4(text) || isIpv6(text) ? [] : ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^0*[0-9]{1,3}$/.test(part) && Number(part) <= 255)
}

function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (!text.includes(':') || halves.length > 2) return false
  const [front, back] = halves.map(groupsOf)
  if (front === undefined) return false
  if (halves.length === 1) return front === mostGroups
  return back !== undefined && front + back < mostGroups && !(halves[0] ?? '').includes('.')
}

/** How many groups of 16 bits; undefined if one is malformed. Only the last one may be an IPv4 address, worth two. */
function groupsOf(text: string): number | undefined {
  if (text === '') return 0
  const groups = text.split(':')
  const last = groups.at(-1) ?? ''
  const tail = last.includes('.')
  if (tail && !isIpv4(last)) return undefined
  const plain = tail ? groups.slice(0, -1) : groups
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  return plain.length + (tail ? 2 : 0)
}
