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
  /** Puts those of the events in doubt that came true after all behind the others; the next `add` notes them down. */
  readonly settleDoubts: (evidence: Evidence) => void
  /** Emits one after the other; if that fails, this event and all later ones keep waiting. */
  readonly emitAll: () => Promise<void>
}

type CameTrue<Evidence> = (event: EngineEvent, evidence: Evidence) => boolean

interface Host {
  readonly emit: (event: EngineEvent) => Promise<void>
  readonly outbox?: EventOutbox
}

interface Memory {
  /** What waits; absent as long as the outbox could not be read. */
  waiting?: readonly EngineEvent[]
  /** Behind these: not noted down in the outbox yet. */
  unnoted: readonly EngineEvent[]
  doubts: readonly { readonly event: EngineEvent; readonly cameTrue: CameTrue<never> }[]
}

/** By the object of ports: a loop that is restarted with the same ports finds its events again. */
const memories = new WeakMap<Host, Memory>()

function memoryOf(host: Host): Memory {
  const known = memories.get(host)
  if (known) return known
  const fresh: Memory = { unnoted: [], doubts: [] }
  memories.set(host, fresh)
  return fresh
}

export function waitingEventsOf<Evidence>(host: Host): WaitingEvents<Evidence> {
  const memory = memoryOf(host)
  let lastAdded: readonly EngineEvent[] = []
  // The outbox is read once. From then on memory is authoritative, even if the outbox could not be written.
  const read = async (): Promise<readonly EngineEvent[]> => {
    const known = memory.waiting ?? (await host.outbox?.read()) ?? []
    memory.waiting = [...known, ...memory.unnoted].slice(-mostWaitingEvents)
    memory.unnoted = []
    return memory.waiting
  }
  const write = async (events: readonly EngineEvent[]): Promise<void> => {
    memory.waiting = events
    await host.outbox?.write(events)
  }
  const add = async (events: readonly EngineEvent[]): Promise<void> => {
    lastAdded = events
    memory.unnoted = [...memory.unnoted, ...events].slice(-mostWaitingEvents)
    const isNew = memory.unnoted.length > 0
    const waiting = await read()
    if (isNew) await write(waiting)
  }
  return {
    add,
    keepOnly: async (events) => {
      const isKept = (event: EngineEvent): boolean => !lastAdded.includes(event) || events.includes(event)
      memory.unnoted = memory.unnoted.filter(isKept)
      if (memory.waiting) await write(memory.waiting.filter(isKept))
    },
    doubt: (events, cameTrue) => {
      memory.doubts = [...memory.doubts, ...events.map((event) => ({ event, cameTrue }))].slice(-mostWaitingEvents)
    },
    settleDoubts: (evidence) => {
      const { doubts } = memory
      memory.doubts = []
      const certain = doubts.filter(({ event, cameTrue }) => (cameTrue as CameTrue<Evidence>)(event, evidence))
      memory.unnoted = [...memory.unnoted, ...certain.map(({ event }) => event)].slice(-mostWaitingEvents)
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
