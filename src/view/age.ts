import { parseTime } from '../model/time'

/** The longest duration of Go, about 292 years: longer spans count as this one. */
const mostSeconds = 9_223_372_036.85

/** A missing time is the year 1 for the controller, further away than a duration can represent. */
const never = -62_135_596_800

/** How old an object is, as kubectl prints it: `45s`, `4m40s`, `25h`, `8d`. */
export const ageText = (now: number, createdAt: string | null | undefined): string =>
  spanText(now - (parseTime(createdAt) ?? never))

/** A span in two or three figures, as Kubernetes prints it; `<invalid>` where it ended more than a second ago. */
export function spanText(seconds: number): string {
  const clamped = Math.max(-mostSeconds, Math.min(mostSeconds, seconds))
  const whole = Math.trunc(clamped)
  if (whole < -1) return '<invalid>'
  if (whole < 0) return '0s'
  if (whole < 120) return `${whole}s`
  const minutes = Math.trunc(whole / 60)
  if (minutes < 10) return both(minutes, 'm', whole % 60, 's')
  if (minutes < 180) return `${minutes}m`
  const hours = Math.trunc(whole / 3600)
  return hours < 48 ? hoursText(hours, minutes) : daysText(hours)
}

const hoursText = (hours: number, minutes: number): string =>
  hours < 8 ? both(hours, 'h', minutes % 60, 'm') : `${hours}h`

function daysText(hours: number): string {
  const days = Math.trunc(hours / 24)
  if (days < 8) return both(days, 'd', hours % 24, 'h')
  if (days < 730) return `${days}d`
  const years = Math.trunc(days / 365)
  return years < 8 ? both(years, 'y', days % 365, 'd') : `${years}y`
}

const both = (count: number, unit: string, rest: number, restUnit: string): string =>
  rest === 0 ? `${count}${unit}` : `${count}${unit}${rest}${restUnit}`
