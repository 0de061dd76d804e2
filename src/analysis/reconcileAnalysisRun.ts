import type { AnalysisRun, AnalysisRunStatus, MeasurementRetention, Metric } from '../model/analysis'
import { isCompletedPhase, isRunTerminating } from '../model/analysisPhases'
import type { AnalysisRunAsk } from '../model/ask'
import type { Blocker } from '../model/blocker'
import { ofVersion } from '../model/controllerVersion'
import { withFields } from '../model/copies'
import type { EngineEvent } from '../model/decision'
import { admit } from '../model/malformed'
import { formatTime, parseTime } from '../model/time'
import { requeueOf } from '../model/wakeUp'
import { type Assessment, assessRun } from './assessRun'
import { dueMeasurements, type MeasurementTask } from './dueMeasurements'
import { matchDryRun, matchMeasurementRetention } from './matchRules'
import { answerTo, measureAsk, measureKey, type Recorded, recordMeasurements } from './measure'
import { noStatus, writeStatus } from './nextStatus'
import type { AnalysisRunDecision, AnalysisRunObservation } from './observation'
import { measurementWakeUps, openMetrics } from './requeue'
import { hasSecrets, resolveMetrics, resolveWithoutSecrets, unansweredSecrets, withSecrets } from './resolveArgs'
import { listResults, readResults } from './results'
import { retentionAsks, trimMeasurements } from './retention'
import { runBlockers } from './runBlockers'
import { secretsToHide } from './secretsToHide'
import { type AnalysisSemantics, semantics } from './semantics'
import { isTimeToLiveOver } from './timeToLive'
import { wellFormed } from './wellFormed'

/**
 * Decides about one AnalysisRun: which measurements are due, the results of the answers, the verdict, and when to
 * reconcile again. Pure: the same observation gives the same bytes.
 *
 * Questions come in rounds, each round unlocked by the answers to the one before: the secrets that arguments name; the
 * measurements that are due (`run`, `resume`, `terminate`); the clean-up of measurements that are dropped
 * (`garbageCollect`). With every answer present `asks` is empty and the decision is the controller's.
 *
 * Bad data ends in phase `Error` with upstream's message, never in an exception: `Unable to resolve metric arguments:
 * ...` or `Analysis spec invalid: ...`.
 *
 * @see behaviour 4; https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
 *
 * @example
 * const analysisRun = {
 *   metadata: { name: 'smoke', namespace: 'shop' },
 *   spec: { metrics: [{ name: 'ok', provider: { web: { url: 'http://shop.example/ok', jsonPath: '{$.ok}' } } }] },
 * }
 * const now = '2030-01-01T00:00:00Z'
 * const asking = reconcileAnalysisRun({ now, analysisRun })
 * asking.asks.map((ask) => ask.key) // => ['run/ok']
 * const measured: MeasureAnswer = { measurement: { phase: 'Successful', startedAt: now, finishedAt: now, value: 'true' } }
 * const decision = reconcileAnalysisRun({ now, analysisRun, answers: { replies: { 'run/ok': measured } } })
 * decision.status.phase // => 'Successful'
 */
export function reconcileAnalysisRun(observation: AnalysisRunObservation): AnalysisRunDecision {
  const { observed, malformed } = admit(wellFormed, observation)
  const decision = decideAbout(observed)
  return malformed.length === 0 ? decision : { ...decision, blockers: [...malformed, ...decision.blockers] }
}

function decideAbout(observed: AnalysisRunObservation): AnalysisRunDecision {
  const { analysisRun } = observed
  if (analysisRun.metadata.deletionTimestamp) return still(analysisRun)
  if (isCompletedPhase(analysisRun.status?.phase)) return keepOrDelete(observed)
  const rules = ofVersion(semantics, observed.options?.controller)
  const plan = planRun(analysisRun, rules)
  return 'error' in plan ? endWithError(analysisRun, plan.error) : measureRun(observed, plan)
}

const still = ({ status }: AnalysisRun): AnalysisRunDecision => ({
  status: status ?? noStatus,
  changes: [],
  events: [],
  asks: [],
  blockers: [],
  wakeUps: [],
})

function keepOrDelete({ analysisRun, now }: AnalysisRunObservation): AnalysisRunDecision {
  if (!isTimeToLiveOver(analysisRun, parseTime(now) ?? 0)) return still(analysisRun)
  const { namespace = '', name } = analysisRun.metadata
  return { ...still(analysisRun), changes: [{ kind: 'deleteAnalysisRun', namespace, name }] }
}

/** Neither start nor completion time is written (behaviour 4.1). */
function endWithError(run: AnalysisRun, message: string): AnalysisRunDecision {
  return {
    ...still(run),
    status: writeStatus(run.status ?? noStatus, { phase: 'Error', message }),
    events: [completionEvent(run, 'Error')],
  }
}

function ask(run: AnalysisRun, asks: readonly AnalysisRunAsk[]): AnalysisRunDecision {
  const blockers = asks.map(({ kind, key }): Blocker => ({ code: 'ask', data: { ask: kind, key } }))
  return { ...still(run), asks, blockers }
}

/** The validated spec. */
interface RunOrders {
  /** With arguments substituted, except secrets. */
  readonly metrics: readonly Metric[]
  readonly dryRun: ReadonlySet<string>
  readonly retention: ReadonlyMap<string, MeasurementRetention>
  /** The behaviour that depends on the controller's version. */
  readonly rules: AnalysisSemantics
}

type Plan = RunOrders | { readonly error: string }

/** Specs are immutable values, and a run of many measurements is decided many times. */
const plans = new WeakMap<AnalysisRun['spec'], { readonly rules: AnalysisSemantics; readonly plan: Plan }>()

function planRun({ spec }: AnalysisRun, rules: AnalysisSemantics): Plan {
  const known = plans.get(spec)
  if (known?.rules === rules) return known.plan
  const plan = planOf(spec, rules)
  plans.set(spec, { rules, plan })
  return plan
}

function planOf(spec: AnalysisRun['spec'], rules: AnalysisSemantics): Plan {
  const resolved = resolveWithoutSecrets((spec.metrics ?? []).map(rules.knownMetric), spec.args ?? [])
  if ('error' in resolved) return { error: `Unable to resolve metric arguments: ${resolved.error}` }
  const { metrics } = resolved
  const problem = rules.metricsProblem(metrics)
  if (problem !== undefined) return { error: `Analysis spec invalid: ${problem}` }
  const dryRun = matchDryRun(spec.dryRun ?? [], metrics)
  if (dryRun.error !== undefined) return { error: `Analysis spec invalid: ${dryRun.error}` }
  const retention = matchMeasurementRetention(spec.measurementRetention ?? [], metrics)
  if (retention.error !== undefined) return { error: `Analysis spec invalid: ${retention.error}` }
  return { metrics, dryRun: dryRun.names, retention: retention.rules, rules }
}

interface Clock {
  readonly nowSeconds: number
  /** RFC 3339 with whole seconds, as Kubernetes stores times. */
  readonly nowText: string
}

function readClock(now: string): Clock {
  const nowSeconds = parseTime(now) ?? 0
  return { nowSeconds, nowText: /^.{19}Z$/.test(now) && nowSeconds !== 0 ? now : formatTime(nowSeconds) }
}

function measureRun(observed: AnalysisRunObservation, orders: RunOrders): AnalysisRunDecision {
  const { analysisRun: run, answers } = observed
  const results = readResults(run.status)
  const terminating = isRunTerminating(run)
  const clock = readClock(observed.now)
  const { nowSeconds } = clock
  const startedAt = run.status?.startedAt
  const { metrics, rules } = orders
  const { wakesSleepersToEnd } = rules
  const due = dueMeasurements({ metrics, results, terminating, wakesSleepersToEnd, startedAt, nowSeconds })
  const secretAsks = unansweredSecrets(run, answers)
  if (secretAsks.length > 0) return ask(run, secretAsks)
  const ready = readyTasks(observed, due)
  const hidden = secretsToHide(ready.secrets, observed.options?.hideSecrets === true)
  if ('error' in ready) return endWithError(run, hidden.fromText(`Unable to resolve metric arguments: ${ready.error}`))
  const open = ready.tasks.filter(
    ({ operation, metric }) => answerTo(measureKey(operation, metric.name), answers) === undefined,
  )
  if (open.length > 0)
    return ask(
      run,
      open.map((task) => measureAsk(task, ready.secrets)),
    )
  const recording = { dryRun: orders.dryRun, secrets: hidden, semantics: rules, ...clock }
  const recorded = recordMeasurements(results, ready.tasks, answers, recording)
  return concludeRun(observed, orders, recorded, { nowSeconds, nowText: clock.nowText, terminating })
}

interface ReadyTasks {
  readonly tasks: readonly MeasurementTask[]
  readonly secrets: readonly string[]
}

/** The tasks with secret values substituted, and the values, to hide them in messages. */
function readyTasks(
  { analysisRun: run, answers, options }: AnalysisRunObservation,
  due: readonly MeasurementTask[],
): ReadyTasks | (Pick<ReadyTasks, 'secrets'> & { readonly error: string }) {
  if (!hasSecrets(run.spec.args ?? [])) return { tasks: due, secrets: [] }
  const full = withSecrets(run, answers)
  if ('error' in full) return { ...full, secrets: [] }
  const given = due.map(({ index }) => run.spec.metrics?.[index] as Metric)
  const resolved = resolveMetrics(given, full.args)
  if ('error' in resolved) return { ...resolved, secrets: full.secrets }
  const tasks = due.map((task, index) => {
    const metric = resolved.metrics[index] as Metric
    return { ...task, metric: options?.hideSecrets === true ? { ...metric, name: task.metric.name } : metric }
  })
  return { tasks, secrets: full.secrets }
}

function concludeRun(
  observed: AnalysisRunObservation,
  { metrics, dryRun, retention }: RunOrders,
  recorded: Recorded,
  { nowSeconds, nowText, terminating }: Clock & { readonly terminating: boolean },
): AnalysisRunDecision {
  const { analysisRun: run, answers } = observed
  const terminateAsked = run.spec.terminate === true
  const assessed = assessRun({ metrics, results: recorded.results, dryRun, terminateAsked, terminating })
  const known = readResults(run.status).size
  const garbage = retentionAsks(listResults(assessed.results, metrics, known), metrics, retention)
  const asks = garbage.filter(
    ({ key }) => answerTo(key, answers) === undefined && answers?.failures?.[key] === undefined,
  )
  if (asks.length > 0) return ask(run, asks)
  const results = trimMeasurements(assessed.results, garbage, answers)
  const startedAt = run.status?.startedAt ?? nowText
  const { times } = recorded
  const open = openMetrics({ metrics, results, times, startedAt: run.status?.startedAt, nowSeconds })
  const { status, events } = statusAfter(run, assessed, listResults(results, metrics, known), nowText)
  return {
    status,
    changes: [],
    events,
    ...requeueOf(measurementWakeUps(open, nowSeconds)),
    asks: [],
    blockers: isCompletedPhase(status.phase) ? [] : runBlockers(open, startedAt, nowSeconds),
  }
}

/** The run's message only changes together with its phase (behaviour 4.1). */
function statusAfter(
  run: AnalysisRun,
  assessed: Assessment,
  metricResults: AnalysisRunStatus['metricResults'],
  now: string,
): Pick<AnalysisRunDecision, 'status' | 'events'> {
  const before = run.status ?? noStatus
  const { phase, message, runSummary, dryRunSummary } = assessed
  const metricEvents = assessed.events.map((event) => ({ object: referenceTo(run), ...event }))
  const startedAt = before.startedAt ?? now
  const always = { metricResults, startedAt, runSummary, dryRunSummary }
  if (phase === before.phase) return { status: writeStatus(before, always), events: metricEvents }
  const entered = withFields(always, { phase, message: message === '' ? undefined : message })
  if (!isCompletedPhase(phase)) return { status: writeStatus(before, entered), events: metricEvents }
  return {
    status: writeStatus(before, withFields(entered, { completedAt: before.completedAt ?? now })),
    events: [...metricEvents, completionEvent(run, phase)],
  }
}

const referenceTo = ({ metadata }: AnalysisRun): EngineEvent['object'] => ({
  kind: 'AnalysisRun',
  namespace: metadata.namespace ?? '',
  name: metadata.name,
})

const completionEvent = (run: AnalysisRun, phase: string): EngineEvent => ({
  object: referenceTo(run),
  type: phase === 'Error' || phase === 'Failed' ? 'Warning' : 'Normal',
  reason: `AnalysisRun${phase}`,
  message: `Analysis Completed. Result: ${phase}`,
})
