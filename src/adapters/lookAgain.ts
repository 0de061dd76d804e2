import type { Decision } from '../model/decision'
import { resyncSeconds } from '../model/labelKeys'
import { parseTime } from '../model/time'

type Waits = Pick<Decision<unknown, unknown, never>, 'requeueAfterSeconds' | 'blockers'>

/** Nothing is due in the very instant of a decision: looking again at once would find the same. */
const leastSeconds = 0.01

/** Soon enough for a person, late enough for clocks that count whole seconds. */
const overdueSeconds = 1

/**
 * Seconds until a host has to reconcile again though nothing changes. In the second in which a pause ends it is not
 * over yet, and the decision requests no other reconcile: the controller's clock never shows that second exactly, a
 * host's may.
 *
 * `now`: RFC 3339, of the decision.
 */
export function secondsUntilNextLook({ requeueAfterSeconds, blockers }: Waits, now: string): number {
  const seconds = Math.max(leastSeconds, requeueAfterSeconds ?? resyncSeconds)
  const at = parseTime(now)
  const endsNow = blockers.some(({ until }) => {
    const past = (at ?? Number.NaN) - (parseTime(until) ?? Number.NaN)
    return past >= 0 && past <= overdueSeconds
  })
  return endsNow ? Math.min(seconds, overdueSeconds) : seconds
}
