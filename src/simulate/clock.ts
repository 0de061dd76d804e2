import type { Issue } from '../model/issue'
import { formatTime, parseTime } from '../model/time'

export interface Clock {
  /** Seconds since 1970. */
  readonly start: number
  readonly untilSeconds: number
  readonly issues: readonly Issue[]
}

const defaultStart = '2030-01-01T00:00:00Z'
const defaultSeconds = 3600
/** Ten years: the longest simulation, and the furthest that the controller's clock may be off. */
export const mostSeconds = 315_360_000
/** Times have years of four digits. Twenty years later, at the end of the longest simulation, they still have. */
const latestStart = '9979-01-01T00:00:00Z'

/** When the simulation begins and how long it lasts; unusable values are replaced, with an issue. */
export function readClock(startAt = defaultStart, untilSeconds = defaultSeconds): Clock {
  const issues: Issue[] = []
  const given = parseTime(startAt)
  const start = given !== undefined && given <= (parseTime(latestStart) ?? 0) ? given : undefined
  if (start === undefined) {
    const message = `expected a time such as ${defaultStart}, at most ${latestStart}, got "${startAt}": ${defaultStart} was taken`
    issues.push({ code: 'wrong-time', path: 'startAt', message })
  }
  const seconds = untilSeconds >= 0 ? Math.min(untilSeconds, mostSeconds) : defaultSeconds
  if (seconds !== untilSeconds) {
    const message = `expected seconds from 0 to ${mostSeconds}, got ${untilSeconds}: ${seconds} were taken`
    issues.push({ code: 'wrong-time', path: 'untilSeconds', message })
  }
  return { start: Math.floor(start ?? parseTime(defaultStart) ?? 0), untilSeconds: seconds, issues }
}

/**
 * The controllers' clock in a second of the simulation: half a second later, because real clocks never match timers
 * exactly. Statuses keep whole seconds, so a wait of 45 s that began in second 20 is over in second 65. With whole
 * seconds, and controllers that compare strictly, it is over in second 66.
 */
export const clockText = (seconds: number, wholeSeconds: boolean): string =>
  wholeSeconds ? formatTime(seconds) : `${formatTime(seconds).slice(0, -1)}.5Z`
