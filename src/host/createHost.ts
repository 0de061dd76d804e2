import type { StopSignal } from '../adapters/stopSignal'
import type { ObjectRef } from '../model/decision'
import type { MetricFamily } from '../monitoring/series'
import { concerns } from './concerned'
import { counters } from './counters'
import { eventCounts } from './eventCounts'
import { gate } from './gate'
import { memories } from './memory'
import { type HostOptions, settingsOf } from './options'
import type { HostPorts, Sighting } from './ports'
import { type KeyedQueue, keyedQueue } from './queue/keyedQueue'
import { keyOf, reconciledKinds, refOf } from './queue/keys'
import { pacing } from './queue/pacing'
import type { Surroundings } from './reconciler'
import { runHost } from './run'
import { worker } from './worker'

/** A controller: looks at every object, and again when something changed or the time has come. */
export interface Host {
  /**
   * Works until the signal aborts, then waits for what is under way, for `drainSeconds` at most. With a lease it
   * works only while it holds it.
   */
  readonly run: (signal: StopSignal) => Promise<void>
  /** Looks at an object soon: for changes that `watch` does not tell. */
  readonly lookAt: (ref: ObjectRef) => void
  /**
   * Resolves once nothing is under way and nothing can be begun at the moment. What is due later does not count, tries
   * in back-off neither, and a host that was stopped or lost its lease begins nothing. One that was not started, or
   * waits for its first lease, is awaited.
   */
  readonly idle: () => Promise<void>
  /** Counters and durations since the start, for Prometheus: `renderMetrics` prints them. */
  readonly metrics: () => readonly MetricFamily[]
}

/**
 * One loop for Rollouts, AnalysisRuns, Experiments and Services: looks at each object when it or something that it
 * depends on changed, when its last decision asks for it, and every `resyncSeconds`.
 *
 * - An object never overlaps itself; others are worked on beside it, up to `concurrency`, first come, first served.
 * - What fails is tried again with everything observed anew: after 5 ms, 10 ms and so on up to 1000 s. No port can
 *   end the loop by rejecting; `onError` is called.
 * - Changes are applied in order, up to the first that is refused; then the status, then the events. Events are
 *   delivered at least once.
 * - It reads the platform's clock and randomness where no port gives others.
 *
 * @example
 * import { createHost } from 'rollout-engine/host'
 * const cluster = {
 *   get: () => undefined,
 *   list: () => [],
 *   apply: () => undefined,
 *   writeStatus: () => undefined,
 *   watch: () => () => {},
 * }
 * const stop = new AbortController()
 * const running = createHost({ cluster }).run(stop.signal)
 * stop.abort()
 * await running
 */
export function createHost(given: HostPorts, options: HostOptions = {}): Host {
  const settings = settingsOf(given, options)
  const counts = counters()
  const access = gate()
  const ports = access.guarded(given)
  const queues = new Map<string, KeyedQueue>()
  const lookAt = (ref: ObjectRef): void => queues.get(ref.kind)?.add(keyOf(ref))
  const remembered = memories(ports.events, eventCounts(), settings.clock, counts.noteEvent)
  const { concernedBy, mentioning } = concerns()
  const around: Surroundings = { ports, settings, lookAt, mentioning, ...remembered }
  const work = worker(around, counts)
  const paced = pacing(settings.clock)
  for (const kind of reconciledKinds) {
    const concurrency = settings.concurrencyOf(kind)
    const workOn = (key: string) => paced(() => work(refOf(kind, key)))
    queues.set(kind, keyedQueue({ ...settings, concurrency, work: workOn }))
  }
  const all = [...queues.values()]
  const see = (sighting: Sighting): void => {
    for (const ref of concernedBy(sighting)) lookAt(ref)
  }
  return {
    lookAt,
    run: (signal) => runHost({ ports, settings, queues: all, see, gate: access }, signal),
    idle: async () => {
      // Work in one queue may bring work for another.
      while (all.some(isBusy)) await Promise.all(all.map((queue) => queue.idle()))
    },
    metrics: () => counts.families(new Map([...queues].map(([kind, queue]) => [kind, queue.counts()]))),
  }
}

const isBusy = ({ isIdle }: KeyedQueue): boolean => !isIdle()
