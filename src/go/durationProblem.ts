import { parseDurationSeconds } from './durationSeconds'
import { goQuoteTime } from './goQuote'

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
const largest = 2 ** 63

/**
 * Why a text is no Go duration, in the wording of Go's `time.ParseDuration`; undefined if it is one.
 * `durationProblem('10') === 'time: missing unit in duration "10"'`
 */
export function durationProblem(text: string): string | undefined {
  if (parseDurationSeconds(text) !== undefined) return undefined
  const invalid = `time: invalid duration ${goQuoteTime(text)}`
  const body = /^[+-]/.test(text) ? text.slice(1) : text
  let nanoseconds = 0
  for (const [part, whole = '', fraction = '', unit = ''] of body.matchAll(/(\d*)(?:\.(\d*))?([^.\d]*)/g)) {
    if (part === '') break
    if ((whole === '' && fraction === '') || Number(whole) > largest) return invalid
    if (unit === '') return `time: missing unit in duration ${goQuoteTime(text)}`
    const factor = Object.hasOwn(unitNanoseconds, unit) ? unitNanoseconds[unit] : undefined
    if (factor === undefined) return `time: unknown unit ${goQuoteTime(unit)} in duration ${goQuoteTime(text)}`
    nanoseconds += Number(`${whole}.${fraction}0`) * factor
    if (nanoseconds > largest) return invalid
  }
  return invalid
}
