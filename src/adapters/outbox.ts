import type { EngineEvent } from '../model/decision'

/**
 * A place for events that are still to be emitted, such as a file or an annotation, so that they outlive the process.
 */
export interface EventOutbox {
  /** What was written last; nothing at first. */
  readonly read: () => Promise<readonly EngineEvent[]>
  /** Replaces what is there. */
  readonly write: (events: readonly EngineEvent[]) => Promise<void>
}

/** Events wait in order; of more than this the oldest are dropped. */
export const mostWaitingEvents = 1000

/** The events of one host that wait to be emitted. */
export interface WaitingEvents<Evidence> {
  /** Puts these behind the others. */
  readonly add: (events: readonly EngineEvent[]) => Promise<void>
  /** Takes back what the last `add` added, but for these. */
  readonly keepOnly: (events: readonly EngineEvent[]) => Promise<void>
  /** Nobody knows whether these came true: a port rejected, and its work may have been done anyway. */
  readonly doubt: (events: readonly EngineEvent[], cameTrue: CameTrue<Evidence>) => void
  /** Adds those of the events in doubt that came true after all. */
  readonly settleDoubts: (evidence: Evidence) => Promise<void>
  /** Emits one after the other; where that fails, the event and all behind it go on waiting. */
  readonly emitAll: () => Promise<void>
}

type CameTrue<Evidence> = (event: EngineEvent, evidence: Evidence) => boolean

interface Host {
  readonly emit: (event: EngineEvent) => Promise<void>
  readonly outbox?: EventOutbox
}

interface Memory {
  waiting?: readonly EngineEvent[]
  doubts: readonly { readonly event: EngineEvent; readonly cameTrue: CameTrue<never> }[]
}

/** By the object of ports: a loop that is started again with the same ports finds what it left. */
const memories = new WeakMap<Host, Memory>()

function memoryOf(host: Host): Memory {
  const known = memories.get(host)
  if (known) return known
  const fresh: Memory = { doubts: [] }
  memories.set(host, fresh)
  return fresh
}

export function waitingEventsOf<Evidence>(host: Host): WaitingEvents<Evidence> {
  const memory = memoryOf(host)
  let before: readonly EngineEvent[] = []
  // The outbox is read once. From then on memory has the last word, also where the outbox could not be written.
  const read = async (): Promise<readonly EngineEvent[]> => {
    memory.waiting ??= (await host.outbox?.read()) ?? []
    return memory.waiting
  }
  const write = async (events: readonly EngineEvent[]): Promise<void> => {
    memory.waiting = events.slice(-mostWaitingEvents)
    await host.outbox?.write(memory.waiting)
  }
  const add = async (events: readonly EngineEvent[]): Promise<void> => {
    before = await read()
    if (events.length > 0) await write([...before, ...events])
  }
  return {
    add,
    keepOnly: (events) => write([...before, ...events]),
    doubt: (events, cameTrue) => {
      memory.doubts = [...memory.doubts, ...events.map((event) => ({ event, cameTrue }))].slice(-mostWaitingEvents)
    },
    settleDoubts: async (evidence) => {
      const { doubts } = memory
      memory.doubts = []
      await add(
        doubts
          .filter(({ event, cameTrue }) => (cameTrue as CameTrue<Evidence>)(event, evidence))
          .map(({ event }) => event),
      )
    },
    emitAll: async () => {
      const waiting = await read()
      let emitted = 0
      try {
        for (const event of waiting) {
          await host.emit(event)
          emitted++
        }
      } finally {
        if (emitted > 0) await write(waiting.slice(emitted))
      }
    },
  }
}
