/** The only file of src/ that reads or prints dates. Instants inside the engine are whole or fractional UTC seconds. */

const pattern = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/

/** Seconds since 1970 of an RFC 3339 text, or undefined where it is none. Fractions are kept. */
export function parseTime(text: string | null | undefined): number | undefined {
  if (typeof text !== 'string' || text.length > 40) return undefined
  const parts = pattern.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second, fraction, zone] = parts
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const milliseconds = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  const date = new Date(milliseconds)
  if (Number(year) < 100) date.setUTCFullYear(Number(year))
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined
  return date.getTime() / 1000 - zoneSeconds(zone!) + (fraction ? Number(fraction) : 0)
}

function zoneSeconds(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0
  const sign = zone[0] === '-' ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60)
}

/** RFC 3339 in UTC with whole seconds, as Kubernetes writes times. The year must lie in 0..9999. */
export function formatTime(seconds: number): string {
  const date = new Date(Math.floor(seconds) * 1000)
  return Number.isNaN(date.getTime()) ? '0001-01-01T00:00:00Z' : `${date.toISOString().slice(0, 19)}Z`
}
