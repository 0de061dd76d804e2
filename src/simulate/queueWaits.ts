import type { PlannedLook } from './eventQueue'
import type { World } from './world'

/**
 * Puts an object into the controller's queue after some seconds. Each object has one place there, with the earliest
 * time that any reconcile asked for: a later time is dropped, also if the reconcile that asked for the earlier one is
 * long outdated. Once the time has come, the place is free again.
 *
 * Source: client-go, util/workqueue/delaying_queue.go (`AddAfter`, `insert`).
 */
export function waitInQueue({ queueWaits, second }: World, key: string, afterSeconds: number): void {
  const at = Math.max(second + 1, second + afterSeconds)
  const waits = queueWaits.get(key)
  if (waits && waits.end.second > second && waits.end.second <= at) return
  queueWaits.set(key, { since: second, end: { second: at, key, isTimer: true } })
}

/** A controller that starts again has an empty queue, and reconciles everything. */
export function restarted({ queueWaits, looks, second, key }: World): readonly PlannedLook[] {
  queueWaits.clear()
  return [...new Set([key, ...looks.keys()])].map((each) => ({ second: second + 1, key: each }))
}
