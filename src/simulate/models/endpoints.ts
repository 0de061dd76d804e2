import { givenNumber, givenObject } from '../../model/given'
import type { Model, ModelView, SentRequests } from './model'
import { partOf } from './partOf'

/** Endpoints of the Services, which proxies learn late. */
export interface EndpointsOptions {
  readonly lagSeconds: number
}

/** What proxies learn: pods that serve and shares, by revision. */
interface Known {
  readonly atSeconds: number
  readonly available: Readonly<Record<string, number>>
  readonly shares: Readonly<Record<string, number>>
}

/** What happened lately, the oldest first: the first is what proxies know. */
export interface EndpointsState {
  readonly known: readonly Known[]
}

/**
 * Proxies that learn a change of the endpoints only after a while: until then requests go where they went, and those
 * that meet a pod which is gone are lost. Metrics of `servedRequests` show it.
 *
 * @example
 * import { endpoints, servedRequests } from 'rollout-engine/simulate'
 * const models = [endpoints({ lagSeconds: 10 }), servedRequests({ traffic: () => 100, metrics: { errors: 'errorRate' } })]
 * models.map(({ name }) => name) // => ['endpoints', 'served requests']
 */
export function endpoints(options: EndpointsOptions): Model<EndpointsState> {
  const lagSeconds = Math.max(0, givenNumber(givenObject<EndpointsOptions>(options).lagSeconds) ?? 0)
  /** Only the newest of those that everybody knows by now, and what came after it. */
  const remembered = (known: readonly Known[], second: number): readonly Known[] => {
    const learnt = known.filter(({ atSeconds }) => atSeconds + lagSeconds <= second).length
    return known.slice(Math.max(0, learnt - 1))
  }
  return {
    name: 'endpoints',
    start: { known: [] },
    step: ({ known }, view) => ({ state: { known: [...remembered(known, view.atSeconds), knownNow(view)] } }),
    sends: ({ known }, view) => {
      const [learnt] = remembered(known, view.atSeconds)
      return learnt && sentBy(learnt, view)
    },
  }
}

const knownNow = ({ atSeconds, frame }: ModelView): Known => ({
  atSeconds,
  available: Object.fromEntries(frame.pods.map(({ revision, available }) => [String(revision), available])),
  shares: Object.fromEntries(frame.pods.map(({ revision }) => [String(revision), partOf(frame, String(revision))])),
})

function sentBy({ shares, available }: Known, { frame }: ModelView): SentRequests {
  const now = new Map(frame.pods.map((pods) => [String(pods.revision), pods.available]))
  return Object.fromEntries(
    Object.entries(shares).map(([revision, share]) => {
      const before = available[revision] ?? 0
      const gone = Math.max(0, before - (now.get(revision) ?? 0))
      return [revision, { share, lost: before > 0 ? gone / before : 0 }]
    }),
  )
}
