import type { AnalysisRunDecision } from '../analysis/observation'
import { reconcileAnalysisRun } from '../analysis/reconcileAnalysisRun'
import { metricConditionsOf } from '../metrics/conditions'
import type {
  AwsAsk,
  KubeconfigAsk,
  KubernetesAsk,
  PluginAsk,
  ProviderAnswer,
  ProviderAsk,
} from '../metrics/exchange/ask'
import type { ProviderContext, ProviderOperation, ProviderOutcome } from '../metrics/exchange/context'
import { describeAsk } from '../metrics/exchange/describeAsk'
import { continueExchange, startExchange } from '../metrics/exchange/exchange'
import type { AnalysisRun } from '../model/analysis'
import type { AnalysisRunAsk, Answers, MeasureAnswer, MeasureAsk, SecretAnswer } from '../model/ask'
import { type ControllerVersion, newestRelease } from '../model/controllerVersion'
import type { StringMap } from '../model/meta'
import { nextRound } from '../model/nextRound'
import { hideSecrets } from '../secrets/hideSecrets'
import { type SendOptions, sendWithFetch } from './send'

/** What a host provides for real measurements. Providers that use HTTP need only `now`. */
export interface MetricsHost extends SendOptions {
  /** The clock: RFC 3339. */
  readonly now: () => string
  /** Decoded values of a Secret; undefined if it does not exist. Absent: there are no secrets. */
  readonly readSecret?: (namespace: string, name: string) => Promise<StringMap | undefined>
  /** Environment variables that providers may read, such as `process.env`. Absent: none is set. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Where the default secrets of providers are. Absent: `argo-rollouts`. */
  readonly controllerNamespace?: string
  /** The version of the controller, for limits and the condition language. Absent: the newest release. */
  readonly controller?: ControllerVersion
  /**
   * Values of secret arguments stay where the controller leaves them: in values, metadata (resolved queries) and names
   * of metrics. Absent: they are hidden everywhere.
   */
  readonly showSecrets?: boolean
  /** Jobs, CloudWatch and plugins. Absent: metrics that need them end in an error. */
  readonly answer?: (ask: KubeconfigAsk | KubernetesAsk | AwsAsk | PluginAsk) => Promise<ProviderAnswer>
  /** Resolves after the seconds. Absent: a timer. */
  readonly wait?: (seconds: number) => Promise<void>
  /**
   * Called with one line for each question of a provider. The lines contain no headers, bodies, paths, queries or
   * secrets. If it throws, the measurement continues.
   */
  readonly log?: (line: string) => void
}

/**
 * Carries out one operation of a metric's provider: every question of its exchange is answered by the host, requests go
 * through `fetch`. Never rejects for external failures; they are in the outcome, as upstream's provider reports them.
 *
 * @example
 * import { metricConditions, type ProviderContext } from 'rollout-engine/metrics'
 *
 * const context: ProviderContext = {
 *   metric: { name: 'rate', provider: { prometheus: { address: 'http://127.0.0.1:1', query: 'up' } } },
 *   run: { metadata: { name: 'run', namespace: 'shop' } },
 *   ...metricConditions,
 * }
 * const { measurement } = await measureWithFetch(context, { op: 'run' }, { now: () => '2030-01-01T00:00:00Z' })
 * measurement?.phase // => 'Error'
 */
export async function measureWithFetch(
  context: ProviderContext,
  operation: ProviderOperation,
  host: MetricsHost,
): Promise<ProviderOutcome> {
  let exchange = startExchange(context, operation, host.now())
  while (exchange.kind === 'ask') {
    tell(host, exchange.ask, context.secrets ?? [])
    const answer = await answerOf(exchange.ask, host)
    exchange = continueExchange(context, exchange.state, answer, host.now())
  }
  return exchange.outcome
}

/** A log that fails does not end the measurement. */
function tell({ log }: MetricsHost, ask: ProviderAsk, secrets: readonly string[]): void {
  try {
    log?.(hideSecrets(describeAsk(ask), secrets))
  } catch {
    // The error cannot be reported anywhere.
  }
}

async function answerOf(ask: ProviderAsk, host: MetricsHost): Promise<ProviderAnswer> {
  try {
    return await answerBy(ask, host)
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) }
  }
}

async function answerBy(ask: ProviderAsk, host: MetricsHost): Promise<ProviderAnswer> {
  switch (ask.kind) {
    case 'environment': {
      const values = ask.names.map((name) => [name, host.environment?.[name]])
      return { kind: 'environment', values: Object.fromEntries(values.filter(([, value]) => value !== undefined)) }
    }
    case 'secret': {
      const data = await host.readSecret?.(ask.namespace, ask.name)
      return data ? { kind: 'secret', data } : { kind: 'refused', reason: 'NotFound' }
    }
    case 'http':
      return sendWithFetch(ask.request, host)
    case 'wait':
      await (host.wait ?? waitWithTimer)(ask.seconds)
      return { kind: 'waited' }
    default:
      return host.answer
        ? host.answer(ask)
        : { kind: 'failed', message: `the host has no answer to questions of kind "${ask.kind}"` }
  }
}

const waitWithTimer = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'the host failed')

/**
 * One reconcile of an AnalysisRun against the real world: decides, answers what is asked (secrets, then the
 * measurements that are due, all at once), and decides again until nothing is asked. The host then persists
 * `decision.status`, carries `changes` out, emits `events` and calls again after `requeueAfterSeconds`.
 *
 * @example
 * import type { AnalysisRun } from 'rollout-engine'
 *
 * const analysisRun: AnalysisRun = {
 *   metadata: { name: 'run', namespace: 'shop' },
 *   spec: { metrics: [{ name: 'rate', provider: { web: { url: 'http://127.0.0.1:1/rate' } } }] },
 * }
 * const decision = await measureAnalysisRun(analysisRun, { now: () => '2030-01-01T00:00:00Z' })
 * decision.status.metricResults?.[0]?.error // => 1
 */
export async function measureAnalysisRun(analysisRun: AnalysisRun, host: MetricsHost): Promise<AnalysisRunDecision> {
  const now = host.now()
  const options = { hideSecrets: host.showSecrets !== true, controller: host.controller }
  let answers: AnalysisAnswers = {}
  while (true) {
    const decision = reconcileAnalysisRun({ now, analysisRun, answers, options })
    // The caller carries out the changes.
    const next = nextRound(decision, answers, decision.changes.length)
    if (next.kind !== 'ask') return decision
    const given = await Promise.all(next.asks.map((ask) => answerTo(ask, analysisRun, host)))
    answers = given.reduce(merge, answers)
  }
}

type AnalysisAnswers = Answers<SecretAnswer | MeasureAnswer>

const merge = (all: AnalysisAnswers, more: AnalysisAnswers): AnalysisAnswers => ({
  replies: { ...all.replies, ...more.replies },
  failures: { ...all.failures, ...more.failures },
})

async function answerTo(ask: AnalysisRunAsk, run: AnalysisRun, host: MetricsHost): Promise<AnalysisAnswers> {
  if (ask.kind === 'secret') return { replies: { [ask.key]: await secretAnswer(ask.namespace, ask.name, host) } }
  const answer = await measured(ask, run, host)
  return ask.operation === 'garbageCollect' && answer.providerError !== undefined
    ? { failures: { [ask.key]: { message: answer.providerError } } }
    : { replies: { [ask.key]: answer } }
}

/** What the provider of the metric says; `providerError` where it says nothing. */
async function measured(ask: MeasureAsk, run: AnalysisRun, host: MetricsHost): Promise<MeasureAnswer> {
  const outcome = await measureWithFetch(contextOf(ask, run, host), operationOf(ask), host)
  const { error, measurement, metadata } = outcome
  return error === undefined ? { measurement, metadata } : { providerError: error }
}

/**
 * The metrics port of a host whose providers speak HTTP: Prometheus, Datadog, New Relic, Graphite, InfluxDB, Wavefront,
 * SkyWalking, Kayenta and web. Jobs, CloudWatch and plugins go to `host.answer`.
 *
 * @example
 * import { fetchMetrics } from 'rollout-engine/adapters'
 * import { memoryHost } from 'rollout-engine/memory'
 * const host = memoryHost([], { metrics: fetchMetrics({ now: () => new Date().toISOString() }) })
 * host.cluster.objects() // => []
 */
export const fetchMetrics = (
  host: MetricsHost,
): { readonly measure: (ask: MeasureAsk, run: AnalysisRun) => Promise<MeasureAnswer> } => ({
  measure: (ask, run) => measured(ask, run, host),
})

async function secretAnswer(namespace: string, name: string, host: MetricsHost): Promise<SecretAnswer> {
  try {
    const data = await host.readSecret?.(namespace, name)
    return data ? { data } : { error: `secrets "${name}" not found` }
  } catch (error) {
    return { error: messageOf(error) }
  }
}

const contextOf = (
  { metric, secrets }: MeasureAsk,
  run: AnalysisRun,
  { controllerNamespace, showSecrets, controller = newestRelease }: MetricsHost,
): ProviderContext => ({
  metric,
  run,
  ...(secrets && showSecrets !== true ? { secrets } : {}),
  ...(controllerNamespace === undefined ? {} : { controllerNamespace }),
  ...metricConditionsOf(controller),
})

function operationOf({ operation, measurement, limit }: MeasureAsk): ProviderOperation {
  if (operation === 'run') return { op: 'run' }
  if (operation === 'garbageCollect') return { op: 'garbageCollect', limit: limit ?? 0 }
  return { op: operation, measurement: measurement ?? { phase: '' } }
}
