import type { ClusterObjects } from '../../cluster/objects'
import { allOfKind } from '../../model/kinds'
import { revisionAnnotation } from '../../model/labelKeys'
import type { SeriesPoint } from '../../model/series'
import { imagesOf } from '../images'
import type { Model, ModelView, SentRequests } from './model'
import { partOf } from './partOf'
import type { Traffic } from './traffic'

/** How requests fare, by the image that serves them and by load. */
export interface ServedRequestsOptions {
  readonly traffic: Traffic
  /** Requests per second that a pod can serve; what comes on top fails. Default: any number. */
  readonly requestsPerPod?: number
  /** Share of requests that fail, from 0 to 1, by image. Images that are not named have none. */
  readonly errorRates?: Readonly<Record<string, number>>
  /** Milliseconds, by image. */
  readonly latencies?: Readonly<Record<string, number>>
  /** What metrics of the manifests measure, by their names. */
  readonly metrics: Readonly<Record<string, 'errorRate' | 'successRate' | 'latency' | 'requestsPerSecond'>>
  /** Whose requests: those of the new version alone, or all. Default `all`. */
  readonly of?: 'canary' | 'all'
}

interface Served {
  readonly requests: number
  readonly failed: number
  readonly milliseconds: number
}

/**
 * Metrics that follow from who serves which requests: a bad image fails its share, and a revision with too few pods
 * for its share fails what it cannot serve. A series of the input goes first.
 *
 * @example
 * import { constantTraffic, servedRequests } from 'rollout-engine/simulate'
 * servedRequests({ traffic: constantTraffic(100), errorRates: { 'web:2': 0.2 }, metrics: { errors: 'errorRate' } }).name // => 'served requests'
 */
export const servedRequests = (options: ServedRequestsOptions): Model<null> => ({
  name: 'served requests',
  start: null,
  step: () => ({ state: null }),
  measure: (_, metric, view) => {
    const kind = Object.hasOwn(options.metrics, metric) ? options.metrics[metric] : undefined
    if (kind === undefined) return undefined
    const { requests, failed, milliseconds } = servedNow(options, view)
    if (kind === 'requestsPerSecond') return pointOf(requests)
    // As a division of sums in Prometheus: no requests are no data.
    if (requests === 0) return { value: null }
    if (kind === 'latency') return pointOf(milliseconds / requests)
    return pointOf(kind === 'errorRate' ? failed / requests : 1 - failed / requests)
  },
})

/** Without what comes of adding fractions. */
const pointOf = (value: number): SeriesPoint => ({ value: Math.round(value * 1e9) / 1e9 })

function servedNow(options: ServedRequestsOptions, view: ModelView): Served {
  const { traffic, requestsPerPod = Number.POSITIVE_INFINITY, errorRates = {}, latencies = {} } = options
  const { frame, objects, atSeconds } = view
  const total: { requests: number; failed: number; milliseconds: number } = { requests: 0, failed: 0, milliseconds: 0 }
  const availableOf = new Map(frame.pods.map(({ revision, available }) => [String(revision), available]))
  for (const revision of new Set([...availableOf.keys(), ...Object.keys(view.sent ?? {})])) {
    if (options.of === 'canary' && frame.roles[revision]?.includes('stable')) continue
    const { share, lost } = view.sent ? sentTo(view.sent, revision) : { share: partOf(frame, revision), lost: 0 }
    const requests = traffic(atSeconds) * share
    const images = imagesOfRevision(objects, revision)
    const served = Math.min(requests * (1 - lost), (availableOf.get(revision) ?? 0) * requestsPerPod || 0)
    const errorRate = Math.max(0, ...images.map((image) => ownNumber(errorRates, image)))
    total.requests += requests
    total.failed += requests - served + served * errorRate
    total.milliseconds += requests * Math.max(0, ...images.map((image) => ownNumber(latencies, image)))
  }
  return total
}

const sentTo = (sent: SentRequests, revision: string): SentRequests[string] =>
  (Object.hasOwn(sent, revision) ? sent[revision] : undefined) ?? { share: 0, lost: 0 }

const ownNumber = (numbers: Readonly<Record<string, number>>, name: string): number =>
  Object.hasOwn(numbers, name) ? (numbers[name] ?? 0) : 0

function imagesOfRevision(objects: ClusterObjects, revision: string): readonly string[] {
  const sets = allOfKind(Object.values(objects), 'ReplicaSet')
  const own = sets.find(({ metadata }) => metadata.annotations?.[revisionAnnotation] === revision)
  return imagesOf(own?.spec.template?.spec)
}
