import type { Measurement } from '../../model/analysis'
import { givenTexts } from '../../model/given'
import { isWalkableList } from '../../model/json'
import { parseTime } from '../../model/time'
import { chooseProvider } from '../providers/providers'
import { soundAnswer } from './answer'
import type { ProviderAnswer, ProviderAsk } from './ask'
import type { ProviderContext, ProviderOperation, ProviderOutcome } from './context'
import { presentable } from './mask'
import { soundContext, soundOperation } from './sound'
import type { Setting } from './steps'

/**
 * The state of an exchange: the operation, and every answer so far with its time. Plain JSON: it can be stored,
 * recorded and replayed. It contains the host's answers including credentials, so store it like a secret.
 */
export interface ExchangeState {
  readonly operation: ProviderOperation
  /** RFC 3339. */
  readonly startedAt: string
  readonly answers: readonly { readonly answer: ProviderAnswer; readonly now: string }[]
}

/** Either one more question to the host, or the end. */
export type Exchange =
  | { readonly kind: 'ask'; readonly ask: ProviderAsk; readonly state: ExchangeState }
  | { readonly kind: 'done'; readonly outcome: ProviderOutcome }

/**
 * Begins an operation of a metric's provider. Nothing happens here: the provider's questions (HTTP requests, secrets,
 * calls to the API server, waits) come out as data, and the host answers them one by one. The contract of a driver, for
 * all providers:
 *
 * ```ts
 * let exchange = startExchange(context, { op: 'run' }, now())
 * while (exchange.kind === 'ask') {
 *   const answer = await answerOf(exchange.ask)             // one case for each kind of ask
 *   exchange = continueExchange(context, exchange.state, answer, now())
 * }
 * return exchange.outcome                                   // measurement, metadata, or error
 * ```
 *
 * - One question at a time, in order. `now` is the host's clock when the answer is there; it never runs backwards.
 * - What cannot be done is an answer as well (`failed`, `refused`, `timeout`); the provider turns it into a
 *   measurement.
 * - HTTP: send what `request` says and nothing else (no redirects, no retries), give up after `timeoutSeconds`, decode
 *   the body as UTF-8. Undo content encodings.
 * - Asks and states carry credentials. Log `describeAsk(ask)`, never the ask.
 * - The context must be the same in every call of one exchange. Bad data never throws; a `now` that is no RFC 3339 time
 *   ends in an `error`.
 *
 * Source: behaviour 7 and 11.2 (metric providers). Upstream's interface Provider: Run, Resume, Terminate,
 * GarbageCollect.
 *
 * @example
 * import { metricConditions, type ProviderContext, startExchange } from 'rollout-engine/metrics'
 * const context: ProviderContext = {
 *   metric: { name: 'up', provider: { prometheus: { address: 'http://prometheus:9090', query: 'up' } } },
 *   run: { metadata: { name: 'run', namespace: 'shop' } },
 *   ...metricConditions,
 * }
 * const first = startExchange(context, { op: 'run' }, '2030-01-01T00:00:00Z')
 * first.kind === 'ask' && first.ask.kind // => 'http'
 */
export function startExchange(context: ProviderContext, operation: ProviderOperation, now: string): Exchange {
  return replay(context, { operation, startedAt: now, answers: [] })
}

/**
 * Continues after an answer; see startExchange.
 *
 * @example
 * import { continueExchange, metricConditions, type ProviderContext, startExchange } from 'rollout-engine/metrics'
 * const context: ProviderContext = {
 *   metric: { name: 'up', provider: { prometheus: { address: 'http://prometheus:9090', query: 'up' } } },
 *   run: { metadata: { name: 'run', namespace: 'shop' } },
 *   ...metricConditions,
 * }
 * const first = startExchange(context, { op: 'run' }, '2030-01-01T00:00:00Z')
 * if (first.kind !== 'ask') throw new Error('expected a request')
 * const end = continueExchange(context, first.state, { kind: 'timeout' }, '2030-01-01T00:00:30Z')
 * end.kind === 'done' && end.outcome.measurement?.phase // => 'Error'
 */
export function continueExchange(
  context: ProviderContext,
  state: ExchangeState,
  answer: ProviderAnswer,
  now: string,
): Exchange {
  const before = isWalkableList(state?.answers) ? state.answers : []
  return replay(context, { ...state, answers: [...before, { answer, now }] })
}

/** The provider's steps are pure, so the state is just their answers; they run again from the start. */
function replay(context: ProviderContext, state: ExchangeState): Exchange {
  const startSeconds = parseTime(state?.startedAt)
  if (startSeconds === undefined) return withoutClock
  const setting: Setting = { context: soundContext(context), startSeconds, nowSeconds: startSeconds, credentials: [] }
  const steps = chooseProvider(setting, soundOperation(state.operation))
  let step = steps.next()
  for (const answered of state.answers) {
    if (step.done) break
    const { answer, now } = answered ?? {}
    const seconds = parseTime(now)
    if (seconds === undefined) return withoutClock
    setting.nowSeconds = Math.max(setting.nowSeconds, seconds)
    step = steps.next(soundAnswer(answer))
  }
  if (!step.done) return { kind: 'ask', ask: step.value, state }
  const secrets = givenTexts(context.secrets)
  return { kind: 'done', outcome: presentable(step.value, { credentials: setting.credentials, secrets }) }
}

const withoutClock: Exchange = {
  kind: 'done',
  outcome: { error: 'the clock of the host gave no RFC 3339 time such as 2030-01-01T00:00:00Z' },
}

/**
 * The measurement of a metric for which no provider could be made (upstream makes it in the AnalysisRun controller).
 *
 * @example
 * import { errorMeasurement } from 'rollout-engine/metrics'
 * const at = '2030-01-01T00:00:00Z'
 * errorMeasurement('no such provider', at) // => { phase: 'Error', message: 'no such provider', startedAt: at, finishedAt: at }
 */
export const errorMeasurement = (message: string, startedAt: string): Measurement => ({
  phase: 'Error',
  message,
  startedAt,
  finishedAt: startedAt,
})
