import type { EventOutbox } from '../adapters/outbox'
import type { EngineEvent, ObjectRef } from '../model/decision'
import type { EventCounts } from './eventCounts'
import type { EventSink, HostClock } from './ports'
import { keyOf } from './queue/keys'

/** What the host remembers of one object between reconciles. */
export interface ObjectMemory {
  /** Events that wait are remembered by this object. */
  readonly eventHost: { readonly emit: (event: EngineEvent) => Promise<void>; readonly outbox?: EventOutbox }
  /** Of the last status that was written. */
  writtenVersion?: string
  /** Reconciles in a row that created a ReplicaSet. */
  creations: number
  /** Reconciles in a row that changed something. */
  newsInRow: number
  /** Something could not be created: an object of somebody else may have its name. */
  isInTheWay: boolean
  /** The object was there. */
  wasSeen: boolean
}

/** The memories of all objects. */
export interface Memories {
  readonly memoryOf: (ref: ObjectRef) => ObjectMemory
  readonly forget: (ref: ObjectRef) => void
}

export function memories(
  events: EventSink | undefined,
  counts: EventCounts,
  clock: HostClock,
  noteEvent: (type: string, reason: string) => void,
): Memories {
  const known = new Map<string, ObjectMemory>()
  const emit = async (event: EngineEvent): Promise<void> => {
    const { event: counted, taken } = counts.counted(event, clock.now())
    await events?.emit(counted)
    taken()
    noteEvent(event.type, event.reason)
  }
  return {
    memoryOf(ref) {
      const key = `${ref.kind}/${keyOf(ref)}`
      const found = known.get(key)
      if (found) return found
      const outbox = events?.outboxOf?.(ref)
      const fresh = {
        eventHost: { emit, ...(outbox && { outbox }) },
        creations: 0,
        newsInRow: 0,
        isInTheWay: false,
        wasSeen: false,
      }
      known.set(key, fresh)
      return fresh
    },
    forget: (ref) => void known.delete(`${ref.kind}/${keyOf(ref)}`),
  }
}

/** A resourceVersion as a number, where it is one. */
export function observedVersion(text: string | undefined): bigint | undefined {
  return text !== undefined && /^\d{1,30}$/.test(text) ? BigInt(text) : undefined
}
