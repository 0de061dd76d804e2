import { parseDurationSeconds } from '../../go/durationSeconds'
import { isMeasuredPhase, type SeriesPoint } from '../../model/series'
import { parseTime } from '../../model/time'

/** When a measurement was taken: in seconds since 1970, or after the start of whatever is being measured. */
export type SeriesTime = { readonly moment: number } | { readonly seconds: number }

const timeNames: readonly string[] = ['time', 'timestamp', 'date', 'seconds', 'atseconds', 'at']

/** Columns and keys that hold a time, however they are capitalized. */
export const isTimeName = (name: string): boolean => timeNames.includes(name.toLowerCase())

// Numbers beyond these are Unix times: three years after a start nobody measures any more.
const leastUnixSeconds = 1e8
const leastUnixMilliseconds = 1e11

const numeral = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/**
 * RFC 3339 (a space for the T and no zone, which means UTC, will do), Unix seconds or milliseconds, seconds, or
 * `1m30s`.
 */
export function readSeriesTime(given: unknown): SeriesTime | undefined {
  if (typeof given === 'number') return timeOfNumber(given)
  if (typeof given !== 'string') return undefined
  const text = given.trim()
  if (numeral.test(text)) return timeOfNumber(Number(text))
  const zoned = /^\d{4}-\d\d-\d\d[ Tt]\d\d:\d\d:\d\d(?:\.\d+)?$/.test(text) ? `${text}Z` : text
  const moment = parseTime(zoned.replace(/^(\d{4}-\d\d-\d\d) /, '$1T'))
  if (moment !== undefined) return { moment }
  const seconds = parseDurationSeconds(text)
  return seconds === undefined ? undefined : { seconds }
}

function timeOfNumber(value: number): SeriesTime | undefined {
  if (!Number.isFinite(value)) return undefined
  if (value >= leastUnixMilliseconds) return { moment: value / 1000 }
  return value >= leastUnixSeconds ? { moment: value } : { seconds: value }
}

/**
 * What JSON cannot say otherwise: a phase, `error: <message>`, `NaN`, `+Inf`, `-Inf` (YAML writes `.nan`, `.inf`), or
 * in quotes a text that looks like one of these; undefined for any other text.
 */
export function pointOfWord(word: string): SeriesPoint | undefined {
  if (isMeasuredPhase(word)) return { phase: word }
  const quoted = quotedText(word)
  if (quoted !== undefined) return { value: quoted }
  const [, message] = /^error:\s*(.*)$/is.exec(word) ?? []
  if (message !== undefined) return { error: message }
  if (/^\.?NaN$/i.test(word)) return { value: Number.NaN }
  const [, sign] = /^([+-]?)\.?Inf(?:inity)?$/i.exec(word) ?? []
  if (sign === undefined) return undefined
  return { value: sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY }
}

/** `"0.5"` in quotes is that text, not the number. */
function quotedText(word: string): string | undefined {
  if (!/^"[\s\S]*"$/.test(word)) return undefined
  try {
    const value: unknown = JSON.parse(word)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/** What a cell of a table says, where every value is written as a text. Nothing at all is no measurement. */
export function pointOfCell(cell: string): SeriesPoint | undefined {
  if (cell === '') return undefined
  const point = pointOfWord(cell)
  if (point) return point
  if (numeral.test(cell)) return { value: Number(cell) }
  if (!/^(?:[[{]|(?:true|false|null)$)/.test(cell)) return { value: cell }
  try {
    return { value: JSON.parse(cell) as unknown }
  } catch {
    return { value: cell }
  }
}
