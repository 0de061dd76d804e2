import type { MetricFamily, Sample } from '../monitoring/series'
import type { ReconcileRecord } from './options'
import type { QueueCounts } from './queue/keyedQueue'

/** Counts what the host does. */
export interface Counters {
  readonly note: (record: ReconcileRecord) => void
  readonly noteEvent: (type: string, reason: string) => void
  /** Everything so far, with how the queues stand now. */
  readonly families: (queues: ReadonlyMap<string, QueueCounts>) => readonly MetricFamily[]
}

/** Upper bounds in seconds: the controller's own. */
const bucketSeconds = [0.01, 0.15, 0.25, 0.5, 1]

interface Durations {
  readonly buckets: number[]
  count: number
  seconds: number
}

export function counters(): Counters {
  const outcomes = new Map<string, { readonly labels: Sample['labels']; value: number }>()
  const events = new Map<string, { readonly labels: Sample['labels']; value: number }>()
  const durations = new Map<string, Durations>()
  return {
    note({ ref, outcome, milliseconds }) {
      countUp(outcomes, { kind: ref.kind, outcome })
      const known = durations.get(ref.kind) ?? { buckets: bucketSeconds.map(() => 0), count: 0, seconds: 0 }
      durations.set(ref.kind, known)
      known.count++
      known.seconds += milliseconds / 1000
      for (const [at, bound] of bucketSeconds.entries()) {
        if (milliseconds / 1000 <= bound) known.buckets[at] = (known.buckets[at] ?? 0) + 1
      }
    },
    noteEvent: (type, reason) => countUp(events, { reason, type }),
    families: (queues) => [
      {
        name: 'rollout_engine_reconciles_total',
        help: 'Reconciles by kind and outcome.',
        type: 'counter',
        samples: [...outcomes.values()].map(({ labels, value }) => ({ labels, value })),
      },
      {
        name: 'rollout_engine_reconcile_seconds',
        help: 'How long reconciles take, with everything that they wait for.',
        type: 'histogram',
        samples: [...durations].flatMap(([kind, known]) => histogram(kind, known)),
      },
      {
        name: 'rollout_engine_events_total',
        help: 'Events taken by the sink.',
        type: 'counter',
        samples: [...events.values()].map(({ labels, value }) => ({ labels, value })),
      },
      gauge('rollout_engine_queue_ready', 'Objects that wait for a reconcile.', queues, ({ ready }) => ready),
      gauge('rollout_engine_queue_running', 'Reconciles under way.', queues, ({ running }) => running),
      gauge('rollout_engine_queue_retries', 'Reconciles tried again so far.', queues, ({ retries }) => retries),
      gauge(
        'rollout_engine_queue_oldest_seconds',
        'How long the next object has waited.',
        queues,
        ({ oldestMilliseconds }) => oldestMilliseconds / 1000,
      ),
    ],
  }
}

function countUp(
  into: Map<string, { readonly labels: Sample['labels']; value: number }>,
  labels: Sample['labels'],
): void {
  const key = JSON.stringify(labels)
  const known = into.get(key) ?? { labels, value: 0 }
  into.set(key, known)
  known.value++
}

const histogram = (kind: string, { buckets, count, seconds }: Durations): readonly Sample[] => [
  ...bucketSeconds.map((bound, at) => ({
    suffix: '_bucket',
    labels: { kind, le: String(bound) },
    value: buckets[at] ?? 0,
  })),
  { suffix: '_bucket', labels: { kind, le: '+Inf' }, value: count },
  { suffix: '_sum', labels: { kind }, value: seconds },
  { suffix: '_count', labels: { kind }, value: count },
]

const gauge = (
  name: string,
  help: string,
  queues: ReadonlyMap<string, QueueCounts>,
  read: (counts: QueueCounts) => number,
): MetricFamily => ({
  name,
  help,
  type: 'gauge',
  samples: [...queues].map(([kind, counts]) => ({ labels: { kind }, value: read(counts) })),
})
