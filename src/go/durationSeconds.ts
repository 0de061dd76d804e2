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

/** What almost everybody writes, read without big integers. */
const plain = /^(\d{1,6})([smh])$/
const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

/**
 * Seconds of a Go duration (`1h30m`, `500ms`, `-1.5s`, `0`), or undefined if Go's time.ParseDuration refuses it.
 * Durations beyond about 292 years are refused as Go does.
 */
export function parseDurationSeconds(text: string): number | undefined {
  const [, digits, unit = ''] = plain.exec(text) ?? []
  if (digits !== undefined) return Number(digits) * (unitSeconds[unit] ?? 1)
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
