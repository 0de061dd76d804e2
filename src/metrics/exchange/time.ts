import { formatTime } from '../../model/time'

/** RFC 3339 with the fraction of the second that the clock has, to the microsecond. */
export function preciseTime(seconds: number): string {
  const microseconds = Math.round(seconds * 1e6)
  const whole = Math.floor(microseconds / 1e6)
  const fraction = microseconds - whole * 1e6
  if (fraction === 0) return formatTime(whole)
  const digits = String(fraction).padStart(6, '0').replace(/0+$/, '')
  return `${formatTime(whole).slice(0, -1)}.${digits}Z`
}
