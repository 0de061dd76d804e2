import { matchDryRun } from '../analysis/matchRules'
import { noStatus } from '../analysis/nextStatus'
import type { Argument, DryRun, MeasurementRetention } from '../model/analysis'
import { type ControllerVersion, newestRelease } from '../model/controllerVersion'
import { ownValue } from '../model/json'
import type { Series } from '../model/series'
import { parseTime } from '../model/time'
import { decidedAlready } from './decidedAlready'
import { fitnessIssues } from './fitness'
import { type Lab, play, secondsOf } from './lab'
import { type PreparedRun, prepareRun, type ReplayIssue, type ReplayTemplate } from './prepareRun'
import { type AfterEnd, type ReadSeries, readSeries } from './readSeries'
import { describeMetrics, explainVerdict, type Replay } from './report'
import { wellFormedRequest, wellFormedSeries } from './wellFormed'

/** Options of `replayAnalysis`. */
export interface ReplayOptions {
  /** Values for the templates' arguments. */
  readonly args?: readonly Argument[]
  /** Values of the secrets that arguments refer to: by secret, then by key. Without them any text is used. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Other templates, which the first ones may name. */
  readonly library?: readonly ReplayTemplate[]
  readonly dryRun?: readonly DryRun[]
  readonly measurementRetention?: readonly MeasurementRetention[]
  /**
   * Which version of the controller decides: v1.7 has other limits, v1.7 to v1.9 an older language. Default: the newest
   * release.
   */
  readonly controller?: ControllerVersion
  /** RFC 3339; the time of the clock when the run starts. Default 2030-01-01T00:00:00Z. */
  readonly startAt?: string
  /** At which second of the series the run starts, where points have times. Default 0. */
  readonly startAtSeconds?: number
  /** The run is terminated then, as a Rollout does with a background analysis after its last step. */
  readonly terminateAtSeconds?: number
  /** Default 10,000. */
  readonly mostMeasurements?: number
  /**
   * What is measured after a metric's last point. `end`, the default: that point again; but the run is terminated when
   * nothing is open but metrics without a count whose series are over. `repeatLast`: that point again and again.
   * `noData`: no data.
   */
  readonly afterEnd?: AfterEnd | 'end'
}

const finite = (value: number | undefined): number | undefined => (Number.isFinite(value) ? value : undefined)

const defaultStart = '2030-01-01T00:00:00Z'

/**
 * Runs recorded or invented measurements through the AnalysisRun reducer on a virtual clock, and returns the verdict,
 * its time and its reason, measurement by measurement. Measurements take no time; conditions are evaluated by the
 * condition language. Addresses, queries and secrets of providers are ignored.
 *
 * `template`: one template, or several that a run combines; an AnalysisRun does as well. All problems of templates and
 * series are in `issues`; the verdict is the controller's anyway. Errors: `template-missing`, `analysis-invalid`,
 * `metric-invalid`, `condition-syntax`, `condition-type`, `argument-missing`, `rule-unmatched`, `series-missing`,
 * `series-empty`, `series-form` (the metric's provider never brings such a value). Warnings: `argument-missing` (only a
 * provider reads it), `argument-unused`, `condition-ignored` (Kayenta, Jobs), `metric-number`, `series-form` (plugins),
 * `series-unused`, `series-time`.
 *
 * @see behaviour 4
 *
 * @example
 * const provider = { prometheus: { address: 'http://prometheus:9090', query: '...' } }
 * const metric = { name: 'success-rate', interval: '30s', successCondition: 'result[0] >= 0.95', failureLimit: 1, provider }
 * const template = { metadata: { name: 'success-rate' }, spec: { metrics: [metric] } }
 * const { verdict, decidedAtSeconds, why } = replayAnalysis(template, { 'success-rate': [0.99, 0.98, 0.4, 0.3, 0.99] })
 * verdict // => 'Failed'
 * decidedAtSeconds // => 90
 * why // => 'Metric "success-rate" assessed Failed due to failed (2) > failureLimit (1)'
 */
export function replayAnalysis(
  template: ReplayTemplate | readonly ReplayTemplate[],
  series: Series,
  given: ReplayOptions = {},
): Replay {
  const options: ReplayOptions = given ?? {}
  const templates = Array.isArray(template) ? (template as readonly ReplayTemplate[]) : [template as ReplayTemplate]
  const { args = [], library = [], dryRun = [], measurementRetention = [], controller = newestRelease } = options
  const prepared = prepareRun({
    ...wellFormedRequest({ templates, library, args, dryRun, measurementRetention }),
    controller,
  })
  if (!('run' in prepared)) return nothingReplayed(prepared.issues, controller)
  const read = readAll(prepared, wellFormedSeries(series))
  const start: Omit<Lab, 'measurements' | 'events' | 'taken'> = {
    series: read.series,
    metrics: prepared.metrics,
    secrets: options.secrets,
    nowAtStart: parseTime(options.startAt ?? defaultStart) ?? 0,
    startAtSeconds: finite(options.startAtSeconds) ?? 0,
    terminateAtSeconds: finite(options.terminateAtSeconds),
    controller,
    mostMeasurements: finite(options.mostMeasurements) ?? 10_000,
    afterEnd: options.afterEnd ?? 'end',
    run: prepared.run,
    nowMilliseconds: 0,
  }
  const lab = newLab(start)
  const undecided = play(lab)
  const alreadyAt = decidedAlready(lab, (from, ending) => {
    const other = newLab({ ...start, instead: { from, ending } })
    play(other)
    return other.run.status?.phase
  })
  return report(lab, undecided, [...prepared.issues, ...read.issues], alreadyAt)
}

const newLab = (start: Omit<Lab, 'measurements' | 'events' | 'taken'>): Lab => ({
  ...start,
  measurements: [],
  events: [],
  taken: new Map(),
})

function nothingReplayed(issues: readonly ReplayIssue[], controller: ControllerVersion): Replay {
  const error = issues.find(({ severity }) => severity !== 'warning')?.message ?? ''
  const status = { phase: 'Error', message: error } as const
  return { controller, verdict: 'Error', why: error, measurements: [], metrics: [], events: [], status, issues }
}

function readAll(
  { metrics }: PreparedRun,
  series: Series,
): { readonly series: ReadonlyMap<string, ReadSeries>; readonly issues: readonly ReplayIssue[] } {
  const issues: ReplayIssue[] = []
  const read = new Map<string, ReadSeries>()
  const names = new Set(metrics.map(({ name }) => name))
  for (const metric of metrics) {
    const { name } = metric
    if (read.has(name)) continue
    const items = ownValue(series, name)
    if (!Array.isArray(items) || items.length === 0) {
      const code = items === undefined ? 'series-missing' : 'series-empty'
      const message =
        items === undefined ? `there is no series for metric '${name}'` : `the series of metric '${name}' has no points`
      issues.push({ code, path: name, message })
      continue
    }
    const ordered = readSeries(name, items)
    issues.push(...ordered.issues, ...fitnessIssues(metric, ordered))
    read.set(name, ordered)
  }
  for (const name of Object.keys(series)) {
    if (names.has(name)) continue
    const message = `no metric is called '${name}'${names.size > 0 ? `: there are ${[...names].join(', ')}` : ''}`
    issues.push({ code: 'series-unused', path: name, message, severity: 'warning' })
  }
  return { series: read, issues }
}

function report(
  lab: Lab,
  undecided: string | undefined,
  issues: readonly ReplayIssue[],
  alreadyAt: number | undefined,
): Replay {
  const { run, measurements, metrics, events } = lab
  const status = run.status ?? noStatus
  const dryRun = matchDryRun(run.spec.dryRun ?? [], metrics).names
  const described = describeMetrics(metrics, dryRun, run)
  return {
    controller: lab.controller,
    verdict: status.phase,
    ...(undecided === undefined ? { decidedAtSeconds: secondsOf(lab) } : {}),
    ...(alreadyAt === undefined ? {} : { decidedAlreadyAtSeconds: alreadyAt }),
    why: undecided ?? explainVerdict(status, described),
    measurements,
    metrics: described,
    events,
    status,
    issues,
  }
}
