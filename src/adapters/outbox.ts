import type { EngineEvent } from '../model/decision'

/**
 * A place for events that are still to be emitted, such as a file or an annotation, so that they outlive the process.
 */
export interface EventOutbox {
  /** The last written events; none at first. */
  readonly read: () => Promise<readonly EngineEvent[]>
  /** Replaces what is there. */
  readonly write: (events: readonly EngineEvent[]) => Promise<void>
}

/** Events wait in order; beyond this number the oldest are dropped. */
export const mostWaitingEvents = 1000

/** The events of one host that wait to be emitted. */
export interface WaitingEvents<Evidence> {
  /** Appends these events. */
  readonly add: (events: readonly EngineEvent[]) => Promise<void>
  /** Removes the events of the last `add`, except these. */
  readonly keepOnly: (events: readonly EngineEvent[]) => Promise<void>
  /** It is unknown whether these are true: a port rejected, but may have done its work. */
  readonly doubt: (events: readonly EngineEvent[], cameTrue: CameTrue<Evidence>) => void
  /** Adds those of the events in doubt that came true after all. */
  readonly settleDoubts: (evidence: Evidence) => Promise<void>
  /** Emits one after the other; if that fails, this event and all later ones keep waiting. */
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

/** By the object of ports: a loop that is restarted with the same ports finds its events again. */
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
  // The outbox is read once. From then on memory is authoritative, even if the outbox could not be written.
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
