import type { WorldEvent } from './worldEvent'

export interface Due {
  readonly second: number
  /** In the order in which they were added. */
  readonly events: readonly WorldEvent[]
}

export interface SecondsQueue {
  readonly add: (second: number, event: WorldEvent | undefined) => void
  /** The earliest second with everything that is due then; undefined once nothing is left. */
  readonly next: () => Due | undefined
}

/** What is due, ordered by time and then by sequence. A wake-up is a second without an event. */
export function eventQueue(): SecondsQueue {
  const bySecond = new Map<number, WorldEvent[]>()
  let passed = -1
  return {
    add(second, event) {
      const at = Math.max(passed + 1, Math.ceil(second))
      const events = bySecond.get(at) ?? []
      if (event) events.push(event)
      bySecond.set(at, events)
    },
    next() {
      if (bySecond.size === 0) return undefined
      const second = Math.min(...bySecond.keys())
      const events = bySecond.get(second) ?? []
      bySecond.delete(second)
      passed = second
      return { second, events }
    },
  }
}
