import type { StopSignal } from '../adapters/stopSignal'
import type { Gate } from './gate'
import type { Settings } from './options'
import type { HostPorts, LeaseHold, Sighting } from './ports'
import type { KeyedQueue } from './queue/keyedQueue'

/** What runs. */
export interface Machinery {
  readonly ports: HostPorts
  readonly settings: Settings
  readonly queues: readonly KeyedQueue[]
  readonly see: (sighting: Sighting) => void
  readonly gate: Gate
}

/** After a lease or a watch that failed: as the controller waits between tries for its lease. */
const retrySeconds = 2

/** Works until the signal aborts, whenever the lease is held. */
export async function runHost(machinery: Machinery, signal: StopSignal): Promise<void> {
  const { settings } = machinery
  while (!signal.aborted) {
    try {
      await workWhileHeld(machinery, signal)
    } catch (error) {
      settings.options.onError?.(error, undefined)
      await firstOf(settings, retrySeconds, [signal])
    }
  }
}

const ownHold: LeaseHold = {
  lost: { aborted: false, addEventListener: () => {}, removeEventListener: () => {} },
  release: async () => {},
}

async function workWhileHeld({ ports, settings, queues, see, gate }: Machinery, signal: StopSignal): Promise<void> {
  const hold = ports.lease ? await ports.lease.acquire(signal) : ownHold
  if (!hold) return
  gate.open()
  try {
    const unwatch = ports.cluster.watch(see)
    for (const queue of queues) queue.start()
    await firstOf(settings, undefined, [signal, hold.lost])
    unwatch()
    if (hold.lost.aborted) gate.close()
    await drained(settings, queues)
  } finally {
    gate.close()
    await hold.release()
  }
}

/** Resolves when nothing is under way any more, or when it has taken too long. */
function drained({ clock, drainSeconds }: Settings, queues: readonly KeyedQueue[]): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(drainSeconds * 1000, resolve)
    void Promise.all(queues.map((queue) => queue.stop())).then(() => {
      cancel()
      resolve()
    })
  })
}

/** Resolves when the seconds are over, or one of the signals aborts. */
function firstOf({ clock }: Settings, seconds: number | undefined, signals: readonly StopSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel()
      for (const signal of signals) signal.removeEventListener('abort', end)
      resolve()
    }
    const cancel = seconds === undefined ? () => {} : clock.after(seconds * 1000, end)
    for (const signal of signals) {
      if (signal.aborted) return end()
      signal.addEventListener('abort', end)
    }
  })
}
