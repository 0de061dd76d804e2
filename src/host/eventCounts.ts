import type { EngineEvent } from '../model/decision'
import { formatTime } from '../model/time'
import type { HostEvent } from './ports'

interface Seen {
  readonly count: number
  readonly firstSecond: number
  readonly lastSecond: number
}

/** Counts equal events, as Kubernetes' recorder does. */
export interface EventCounts {
  /** The event with its count; it counts once `taken` is called. */
  readonly counted: (event: EngineEvent, now: number) => { readonly event: HostEvent; readonly taken: () => void }
}

/** As in client-go: the same event counts as new after this time, and so many are remembered. */
const forgottenAfterSeconds = 600
const mostRemembered = 4096

export function eventCounts(): EventCounts {
  const seen = new Map<string, Seen>()
  return {
    counted(event, now) {
      const second = Math.floor(now / 1000)
      const key = JSON.stringify([event.object, event.type, event.reason, event.message])
      const known = seen.get(key)
      const isRecent = known !== undefined && second - known.lastSecond < forgottenAfterSeconds
      const next: Seen = isRecent
        ? { count: known.count + 1, firstSecond: known.firstSecond, lastSecond: second }
        : { count: 1, firstSecond: second, lastSecond: second }
      return {
        event: {
          ...event,
          count: next.count,
          firstSeen: formatTime(next.firstSecond),
          lastSeen: formatTime(next.lastSecond),
        },
        taken() {
          // Behind the others: the first of the map is the one that was seen longest ago.
          seen.delete(key)
          seen.set(key, next)
          const [oldest] = seen.keys()
          if (seen.size > mostRemembered && oldest !== undefined) seen.delete(oldest)
        },
      }
    },
  }
}
