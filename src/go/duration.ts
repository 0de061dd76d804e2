import { quoteTime as quote } from './quote'

/** time.Duration: nanoseconds in a signed integer of 64 bits. */
const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  '\xc2\xb5s': 1_000n, // U+00B5
  '\xce\xbcs': 1_000n, // U+03BC
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}
const limit = 2n ** 63n

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9'

/** time.ParseDuration of a byte string, with its error texts. */
export function parseDuration(text: string): { readonly nanoseconds: bigint } | { readonly error: string } {
  const invalid = { error: `time: invalid duration ${quote(text)}` }
  const negative = text.startsWith('-')
  const body = negative || text.startsWith('+') ? text.slice(1) : text
  if (body === '0') return { nanoseconds: 0n }
  if (body === '' || body.length > 10_000) return invalid
  let total = 0n
  for (let at = 0; at < body.length; ) {
    const part = readPart(body, at)
    if (part === undefined) return invalid
    if (part.unit === '') return { error: `time: missing unit in duration ${quote(text)}` }
    const unit = Object.hasOwn(units, part.unit) ? units[part.unit]! : undefined
    if (unit === undefined) return { error: `time: unknown unit ${quote(part.unit)} in duration ${quote(text)}` }
    total += part.whole * unit + fractionOf(part.fraction, unit)
    if (part.whole * unit > limit || total > limit) return invalid
    at = part.end
  }
  if (!negative && total === limit) return invalid
  return { nanoseconds: negative ? -total : total }
}

interface Part {
  readonly whole: bigint
  readonly fraction: string
  readonly unit: string
  readonly end: number
}

function readPart(body: string, start: number): Part | undefined {
  let at = start
  while (isDigit(body[at])) at++
  const digits = body.slice(start, at)
  if (digits.replace(/^0+/, '').length > 19) return undefined
  const whole = BigInt(digits === '' ? 0 : digits)
  if (whole > limit) return undefined
  let fraction = ''
  if (body[at] === '.') {
    const from = ++at
    while (isDigit(body[at])) at++
    fraction = body.slice(from, at)
  }
  if (digits === '' && fraction === '') return undefined
  const from = at
  while (at < body.length && body[at] !== '.' && !isDigit(body[at])) at++
  return { whole, fraction, unit: body.slice(from, at), end: at }
}

/** The digits of a fraction are an integer of 63 bits (further digits are dropped), multiplied in floating point. */
function fractionOf(digits: string, unit: bigint): bigint {
  let value = 0n
  let scale = 1
  for (const digit of digits) {
    const next = value * 10n + BigInt(digit)
    if (value > (limit - 1n) / 10n || next > limit) break
    value = next
    scale *= 10
  }
  return BigInt(Math.trunc(Number(value) * (Number(unit) / scale)))
}

/** Duration.String(): `1h30m0s`, `1.5s`, `2.5ms`, `0s`. As a byte string. */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (size < 1_000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${decimal(size, 3)}\xc2\xb5s`
  if (size < 1_000_000_000n) return `${sign}${decimal(size, 6)}ms`
  const minutes = size / 60_000_000_000n
  const seconds = `${decimal(size % 60_000_000_000n, 9)}s`
  if (minutes === 0n) return sign + seconds
  const hours = minutes / 60n
  return hours === 0n ? `${sign}${minutes}m${seconds}` : `${sign}${hours}h${minutes % 60n}m${seconds}`
}

function decimal(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  const whole = digits.slice(0, -places)
  return fraction === '' ? whole : `${whole}.${fraction}`
}
