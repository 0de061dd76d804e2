const unitNanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}
const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y
const maxNanoseconds = 2 ** 63

/**
 * Seconds of a Go duration (`1h30m`, `500ms`, `-1.5s`, `0`), or undefined if Go's time.ParseDuration refuses it.
 * Durations beyond about 292 years are refused as Go does.
 */
export function parseDurationSeconds(text: string): number | undefined {
  if (text.length > 200) return undefined
  const negative = text.startsWith('-')
  const rest = negative || text.startsWith('+') ? text.slice(1) : text
  if (rest === '0') return 0
  if (rest === '') return undefined
  let nanoseconds = 0
  let at = 0
  while (at < rest.length) {
    part.lastIndex = at
    const match = part.exec(rest)
    if (!match) return undefined
    nanoseconds += Number(match[1]) * unitNanoseconds[match[2]!]!
    at = part.lastIndex
  }
  if (nanoseconds >= maxNanoseconds) return undefined
  const seconds = nanoseconds / 1e9
  return negative && seconds !== 0 ? -seconds : seconds
}

/** A Go duration from whole or fractional seconds, as time.Duration prints (`30s`, `1m30s`, `2h0m0s`). */
export function formatDuration(seconds: number): string {
  if (seconds === 0) return '0s'
  const sign = seconds < 0 ? '-' : ''
  const total = Math.abs(seconds)
  if (total < 1) return `${sign}${subSecond(total)}`
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor((total - hours * 3600) / 60)
  const rest = Math.round((total - hours * 3600 - minutes * 60) * 1e9) / 1e9
  if (hours > 0) return `${sign}${hours}h${minutes}m${rest}s`
  return minutes > 0 ? `${sign}${minutes}m${rest}s` : `${sign}${rest}s`
}

function subSecond(seconds: number): string {
  const nanoseconds = Math.round(seconds * 1e9)
  if (nanoseconds >= 1e6) return `${nanoseconds / 1e6}ms`
  if (nanoseconds >= 1e3) return `${nanoseconds / 1e3}µs`
  return `${nanoseconds}ns`
}
