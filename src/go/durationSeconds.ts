import { fromBytes, toBytes } from './bytes'
import { formatDuration as formatNanoseconds, parseDuration } from './duration'

// Go's durations of texts, in seconds.

export interface Duration {
  readonly nanoseconds: bigint
  /** As Go's Duration.Seconds(). */
  readonly seconds: number
}

export type DurationReading = { readonly duration: Duration } | { readonly error: string }

/**
 * time.ParseDuration with its error texts: `time: invalid duration "bad"`, `time: missing unit in duration "30"`,
 * `time: unknown unit " minutes" in duration "5 minutes"`.
 */
export function readDuration(text: string): DurationReading {
  const parsed = parseDuration(toBytes(text))
  if ('error' in parsed) return { error: fromBytes(parsed.error) }
  const { nanoseconds } = parsed
  const whole = nanoseconds / 1_000_000_000n
  return { duration: { nanoseconds, seconds: Number(whole) + Number(nanoseconds % 1_000_000_000n) / 1e9 } }
}

/** Seconds of what almost everybody writes (`30s`, `5m`, `1h`), read letter by letter; -1 for other texts. */
function plainSeconds(text: string): number {
  const last = text.length - 1
  const unitSeconds = secondsOfUnit(text.charCodeAt(last))
  if (last < 1 || last > 6 || unitSeconds === 0) return -1
  let amount = 0
  for (let at = 0; at < last; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return -1
    amount = amount * 10 + digit
  }
  return amount * unitSeconds
}

function secondsOfUnit(letter: number): number {
  if (letter === 0x73) return 1
  if (letter === 0x6d) return 60
  return letter === 0x68 ? 3600 : 0
}

/**
 * Seconds of a Go duration (`1h30m`, `500ms`, `-1.5s`, `0`), or undefined if Go's time.ParseDuration refuses it.
 * Durations beyond about 292 years are refused as Go does.
 */
export function parseDurationSeconds(text: string): number | undefined {
  const seconds = plainSeconds(text)
  if (seconds >= 0) return seconds
  const reading = readDuration(text)
  return 'error' in reading ? undefined : reading.duration.seconds
}

/**
 * Why a text is no Go duration, in the wording of Go's `time.ParseDuration`; undefined if it is one.
 * `durationProblem('10') === 'time: missing unit in duration "10"'`
 */
export function durationProblem(text: string): string | undefined {
  const reading = readDuration(text)
  return 'error' in reading ? reading.error : undefined
}

/** Of a time.Duration. */
const mostSeconds = 9_223_372_036

/** A Go duration from whole or fractional seconds, as time.Duration prints (`30s`, `1m30s`, `2h0m0s`). */
export function formatDuration(seconds: number): string {
  const bounded = Math.max(-mostSeconds, Math.min(mostSeconds, seconds)) || 0
  const whole = Math.trunc(bounded)
  const nanoseconds = BigInt(whole) * 1_000_000_000n + BigInt(Math.round((bounded - whole) * 1e9))
  return fromBytes(formatNanoseconds(nanoseconds))
}
