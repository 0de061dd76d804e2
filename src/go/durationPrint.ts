import { quoteBytes } from './quoteText'

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n, // U+00B5
  μs: 1_000n, // U+03BC
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}
const limit = 2n ** 63n

export interface Duration {
  readonly nanoseconds: bigint
  /** As Go's Duration.Seconds(). */
  readonly seconds: number
}

export type DurationReading = { readonly duration: Duration } | { readonly error: string }

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9'

/**
 * time.ParseDuration with its error texts: `time: invalid duration "bad"`, `time: missing unit in duration "30"`,
 * `time: unknown unit " minutes" in duration "5 minutes"`. model/duration says only whether a text is a duration;
 * providers show the reason in measurement messages.
 */
export function readDuration(text: string): DurationReading {
  const invalid = { error: `time: invalid duration ${quoteBytes(text)}` }
  const negative = text.startsWith('-')
  const body = negative || text.startsWith('+') ? text.slice(1) : text
  if (body === '0') return { duration: durationOf(0n) }
  if (body === '' || body.length > 1000) return invalid
  let total = 0n
  let at = 0
  while (at < body.length) {
    const part = readPart(body, at)
    if (part === 'invalid') return invalid
    const unit = Object.hasOwn(units, part.unit) ? units[part.unit] : undefined
    if (part.unit === '') return { error: `time: missing unit in duration ${quoteBytes(text)}` }
    if (unit === undefined) {
      return { error: `time: unknown unit ${quoteBytes(part.unit)} in duration ${quoteBytes(text)}` }
    }
    total += BigInt(part.whole === '' ? '0' : part.whole) * unit + fractionOf(part.fraction, unit)
    if (total > limit) return invalid
    at = part.end
  }
  if (!negative && total === limit) return invalid
  return { duration: durationOf(negative ? -total : total) }
}

interface Part {
  readonly whole: string
  readonly fraction: string
  readonly unit: string
  readonly end: number
}

function readPart(body: string, start: number): Part | 'invalid' {
  let at = start
  while (isDigit(body[at])) at++
  const whole = body.slice(start, at)
  if (BigInt(whole === '' ? '0' : whole) > limit) return 'invalid'
  let fraction = ''
  if (body[at] === '.') {
    const from = ++at
    while (isDigit(body[at])) at++
    fraction = body.slice(from, at)
  }
  if (whole === '' && fraction === '') return 'invalid'
  const from = at
  while (at < body.length && body[at] !== '.' && !isDigit(body[at])) at++
  return { whole, fraction, unit: body.slice(from, at), end: at }
}

/** Go takes the digits of a fraction as an integer of 63 bits and multiplies in floating point. */
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

function durationOf(nanoseconds: bigint): Duration {
  const whole = nanoseconds / 1_000_000_000n
  const rest = nanoseconds % 1_000_000_000n
  return { nanoseconds, seconds: Number(whole) + Number(rest) / 1e9 }
}
