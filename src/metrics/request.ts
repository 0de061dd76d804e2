import { mender } from '../kube/types/mend'
import type { StringMap } from '../model/meta'
import type { HttpRequest, ProviderAnswer, ProviderAsk } from './exchange/ask'
import type { ProviderContext, ProviderOutcome } from './exchange/context'
import { continueExchange, type Exchange, type ExchangeState, startExchange } from './exchange/exchange'

/** What a host knows beforehand, so that it is not asked for: environment variables and secrets. */
export interface Known {
  readonly environment?: StringMap
  readonly secrets?: readonly { readonly namespace: string; readonly name: string; readonly data: StringMap }[]
}

/** Something to be sent; `interpret` reads the answer. */
export interface Pending {
  readonly kind: 'request'
  /** The HTTP request, where it is one. */
  readonly http?: HttpRequest
  /** Else: the Job to create, the AWS call, the plugin call, or a wait. */
  readonly other?: Exclude<ProviderAsk, { readonly kind: 'http' | 'environment' | 'secret' }>
  readonly state: ExchangeState
}

/** Something to be sent, or the end of the measurement. */
export type Requested = Pending | { readonly kind: 'done'; readonly outcome: ProviderOutcome }

/**
 * The short way for providers that send one request (Prometheus, Web, Graphite, Datadog, Wavefront, InfluxDB,
 * SkyWalking, CloudWatch): what has to be sent to measure a metric now, as data.
 *
 * ```ts
 * const pending = request(context, { secrets }, '2030-01-01T00:00:00Z')
 * if (pending.kind === 'request' && pending.http) {
 *   const answer = await send(pending.http)
 *   const end = interpret(context, { secrets }, pending, answer, '2030-01-01T00:00:01Z')   // usually done
 * }
 * ```
 *
 * `done` at once: the configuration is wrong, the outcome says how. Where a provider needs one more request (OAuth 2,
 * the GET after a POST that was refused), `interpret` gives the next one instead of the outcome.
 *
 * @example
 * import { metricConditions, type ProviderContext, request } from 'rollout-engine/metrics'
 * const context: ProviderContext = {
 *   metric: { name: 'up', provider: { prometheus: { address: 'http://prometheus:9090', query: 'up' } } },
 *   run: { metadata: { name: 'run', namespace: 'shop' } },
 *   ...metricConditions,
 * }
 * const pending = request(context, {}, '2030-01-01T00:00:00Z')
 * pending.kind === 'request' && pending.http?.url // => 'http://prometheus:9090/api/v1/query'
 */
export function request(context: ProviderContext, known: Known, now: string): Requested {
  return settle(context, known, startExchange(context, { op: 'run' }, now), now)
}

/**
 * The measurement that an answer gives, or the next request; see `request`.
 *
 * @example
 * import { interpret, metricConditions, type ProviderContext, request } from 'rollout-engine/metrics'
 * const context: ProviderContext = {
 *   metric: { name: 'up', provider: { prometheus: { address: 'http://prometheus:9090', query: 'up' } } },
 *   run: { metadata: { name: 'run', namespace: 'shop' } },
 *   ...metricConditions,
 * }
 * const pending = request(context, {}, '2030-01-01T00:00:00Z')
 * if (pending.kind !== 'request') throw new Error('expected a request')
 * const body = '{"status":"success","data":{"resultType":"scalar","result":[1893456000,"1"]}}'
 * const end = interpret(context, {}, pending, { kind: 'http', status: 200, body }, '2030-01-01T00:00:01Z')
 * end.kind === 'done' && end.outcome.measurement?.value // => '1'
 */
export function interpret(
  context: ProviderContext,
  known: Known,
  pending: Pending,
  answer: ProviderAnswer,
  now: string,
): Requested {
  return settle(context, known, continueExchange(context, pending?.state, answer, now), now)
}

/**
 * Answers what is known until something has to be sent. Every provider asks for a few secrets and variables at most.
 */
function settle(context: ProviderContext, known: Known, first: Exchange, now: string): Requested {
  let exchange = first
  while (exchange.kind === 'ask') {
    const { ask, state } = exchange
    if (ask.kind === 'http') return { kind: 'request', http: ask.request, state }
    if (ask.kind !== 'environment' && ask.kind !== 'secret') return { kind: 'request', other: ask, state }
    exchange = continueExchange(context, state, answerFrom(known, ask), now)
  }
  return exchange
}

function answerFrom(
  known: Known,
  ask: Extract<ProviderAsk, { readonly kind: 'environment' | 'secret' }>,
): ProviderAnswer {
  const { environment = {}, secrets = [] } = wellFormedKnown(known)
  if (ask.kind === 'environment') {
    const wanted = Object.entries(environment).filter(([name]) => ask.names.includes(name))
    return { kind: 'environment', values: Object.fromEntries(wanted) }
  }
  const secret = secrets.find(({ namespace, name }) => namespace === ask.namespace && name === ask.name)
  return secret ? { kind: 'secret', data: secret.data } : { kind: 'refused', reason: 'NotFound' }
}

/** What has another type counts as not known, also a list that is longer than any real one. */
const wellFormedKnown = mender<Known>({
  root: 'Known',
  types: {
    Known: 'environment?:map[]string secrets?:[]Secret',
    Secret: 'namespace:string name:string data:map[]string',
  },
})
