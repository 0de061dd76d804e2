import type { PlannedEvent } from './worldEvent'

/** A second with a reconcile. */
export interface PlannedLook {
  readonly second: number
  /** The object that is due; absent: the world. */
  readonly key?: string
  /** A resync: it only counts if there was no reconcile since. */
  readonly isResync?: boolean
  /** The object's wait in the controller's queue ends: it only counts if that is still so. */
  readonly isTimer?: boolean
  /** A deadline of which the object's last reconcile knew: a later one knows better. */
  readonly isDeadline?: boolean
}

/** An object that waits in the controller's queue for its next reconcile. */
export interface QueueWait {
  /** The second in which a reconcile asked for it. */
  readonly since: number
  readonly end: PlannedLook
}

/** A second with something to do: an event, or a reconcile. */
export interface Appointment extends PlannedLook {
  readonly event?: PlannedEvent
}

export interface Due {
  readonly second: number
  /** The number of the next entry, in the order of addition. */
  readonly events: readonly PlannedEvent[]
  readonly wakeUps: readonly PlannedLook[]
}

export interface SecondsQueue {
  /** Past times are due in the next second. */
  readonly add: (appointment: Appointment) => void
  /** The earliest second up to this one with everything that is due then; undefined if nothing is. */
  readonly nextUntil: (second: number) => Due | undefined
  /** A copy of the queue. */
  readonly copy: () => SecondsQueue
}

interface Entry {
  readonly second: number
  readonly sequence: number
  readonly appointment: Appointment
}

/** What is due, ordered by time and then by sequence: a binary heap. */
export const eventQueue = (): SecondsQueue => queueOf([], 0, -1)

function queueOf(heap: Entry[], sequenceBefore: number, passedBefore: number): SecondsQueue {
  let sequence = sequenceBefore
  let passed = passedBefore
  return {
    add(appointment) {
      sequence++
      push(heap, { second: Math.max(passed + 1, Math.ceil(appointment.second)), sequence, appointment })
    },
    copy: () => queueOf([...heap], sequence, passed),
    nextUntil(second) {
      const first = heap[0]
      if (!first || first.second > second) return undefined
      passed = first.second
      const events: PlannedEvent[] = []
      const wakeUps: PlannedLook[] = []
      while (heap[0]?.second === passed) {
        const { appointment } = pop(heap)
        if (appointment.event) events.push(appointment.event)
        else wakeUps.push(appointment)
      }
      return { second: passed, events, wakeUps }
    },
  }
}

const isBefore = (left: Entry | undefined, right: Entry | undefined): boolean =>
  left !== undefined &&
  (right === undefined ||
    left.second < right.second ||
    (left.second === right.second && left.sequence < right.sequence))

function push(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    const above = heap[parent] as Entry
    if (!isBefore(entry, above)) break
    heap[at] = above
    at = parent
  }
  heap[at] = entry
}

function pop(heap: Entry[]): Entry {
  const first = heap[0] as Entry
  const last = heap.pop() as Entry
  if (heap.length === 0) return first
  let at = 0
  while (2 * at + 1 < heap.length) {
    const left = 2 * at + 1
    const child = isBefore(heap[left + 1], heap[left]) ? left + 1 : left
    const below = heap[child] as Entry
    if (!isBefore(below, last)) break
    heap[at] = below
    at = child
  }
  heap[at] = last
  return first
}
