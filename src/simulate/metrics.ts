import { type ClusterObjects, objectKey } from '../cluster/objects'
import { decodeBase64 } from '../go/base64'
import type { AnalysisRun, AnalysisTemplate, MetricResult } from '../model/analysis'
import type { AnalysisRunAsk, MeasureAnswer, MeasureAsk, SecretAnswer } from '../model/ask'
import type { Issue } from '../model/issue'
import { isJsonObject, isWalkableList } from '../model/json'
import type { Series, SeriesPoint } from '../model/series'
import { measurePoint } from '../replay/measurePoint'
import { pointFor, type ReadSeries, readSeries } from '../replay/readSeries'
import { assumedSecret } from '../secrets/assumedSecret'
import { assumptionIssue } from './assume/assume'
import { measuredByModels } from './models/stepModels'
import type { ReadMetrics, World } from './world'

/**
 * Normalizes series; a metric that no manifest has is probably a typing error. `withoutConditions`: metrics of
 * templates that are not given, so that values cannot be judged.
 */
export function readMetrics(
  series: Series | undefined,
  objects: ClusterObjects,
  withoutConditions: ReadonlySet<string>,
): { readonly metrics: ReadMetrics; readonly issues: readonly Issue[] } {
  const metrics = new Map<string, ReadSeries>()
  const issues: Issue[] = []
  const known = metricNames(objects)
  for (const [name, items] of Object.entries(series ?? {})) {
    const path = `series.${name}`
    if (!isWalkableList(items) || items.length === 0) {
      issues.push({ code: 'series-empty', path, message: 'expected a list of phases or values: it was left out' })
      continue
    }
    const { issues: found, ...read } = readSeries(name, items)
    metrics.set(name, read)
    issues.push(...found)
    if (withoutConditions.has(name)) issues.push(...issuesOfAssumed(name, path, read.points))
    if (known.has(name)) continue
    const message = `no metric is called ${name}${known.size > 0 ? `: there are ${[...known].join(', ')}` : ''}`
    issues.push({ code: 'series-unused', path, message, severity: 'warning' })
  }
  return { metrics, issues }
}

function issuesOfAssumed(name: string, path: string, points: readonly SeriesPoint[]): readonly Issue[] {
  const advice = 'say Successful, Failed, Inconclusive or Error, or give the template'
  if (points.some((point) => 'value' in point)) {
    const message = `the template of ${name} is not among the manifests, so its conditions are not known: ${advice}`
    return [{ code: 'conditions-unknown', path, message }]
  }
  if (points.length < 2 || points.some(({ atSeconds }) => atSeconds !== undefined)) return []
  const message = `the template of ${name} is not among the manifests: each run measures once, the first item; give the template to use more`
  return [{ code: 'series-unused', path, message, severity: 'warning' }]
}

const kindsWithMetrics: readonly string[] = ['AnalysisTemplate', 'ClusterAnalysisTemplate', 'AnalysisRun']

function metricNames(objects: ClusterObjects): ReadonlySet<string> {
  const measured = Object.values(objects).filter(({ kind }) => kindsWithMetrics.includes(kind ?? ''))
  const metrics = measured.flatMap(({ spec }) => {
    const list = isJsonObject(spec) ? (spec as AnalysisTemplate['spec']).metrics : undefined
    return isWalkableList(list) ? (list as AnalysisTemplate['spec']['metrics'] & object) : []
  })
  return new Set(metrics.map((metric) => metric?.name).filter((name) => typeof name === 'string'))
}

/** The modelled host's answers to an AnalysisRun. */
export function answerRun(
  world: World,
  run: AnalysisRun,
  ask: AnalysisRunAsk,
  now: string,
): MeasureAnswer | SecretAnswer {
  if (ask.kind === 'secret') return answerSecret(world, run, ask.namespace, ask.name)
  if (ask.operation === 'garbageCollect') return {}
  const point = nextPoint(world, run, ask)
  const { measurement } = measurePoint(ask.metric, point, { now, controller: world.input.options?.controller })
  return { measurement: ask.measurement ? { ...measurement, startedAt: ask.measurement.startedAt } : measurement }
}

const successful: SeriesPoint = { phase: 'Successful' }

function nextPoint(world: World, run: AnalysisRun, { metric }: MeasureAsk): SeriesPoint {
  const series = world.metrics.get(metric.name)
  if (!series) return measuredByModels(world, metric.name) ?? successful
  return pointFor(series, measurementsOf(run, metric.name), world.second, 'repeatLast')
}

/** Finished measurements, including those that are no longer kept. */
function measurementsOf(run: AnalysisRun, metric: string): number {
  const results = run.status?.metricResults
  const result = isWalkableList(results)
    ? (results as readonly MetricResult[]).find((one) => one?.name === metric)
    : undefined
  return (result?.count ?? 0) + (result?.error ?? 0)
}

/** A Secret of the manifests; others are assumed to exist in the cluster. */
function answerSecret(world: World, run: AnalysisRun, namespace: string, name: string): SecretAnswer {
  const secret = world.objects[objectKey('Secret', namespace, name)] as
    | { readonly data?: unknown; readonly stringData?: unknown }
    | undefined
  if (secret) {
    const decoded = textsOf(secret.data).map(([key, value]) => [key, decoded64(value)] as const)
    return { data: Object.fromEntries([...decoded, ...textsOf(secret.stringData)]) }
  }
  if (world.input.missing === 'strict') return { error: `secrets "${name}" not found` }
  assumeSecret(world, run, namespace, name)
  const references = (run.spec.args ?? []).map((argument) => argument?.valueFrom?.secretKeyRef)
  const keys = references.flatMap((reference) => (reference?.name === name ? [reference.key] : []))
  return { data: Object.fromEntries(keys.map((key) => [key, assumedSecret])) }
}

/** Once per Secret. The run counts as the referring object, because its template has the same path. */
function assumeSecret(world: World, run: AnalysisRun, namespace: string, name: string): void {
  if (world.assumed.some((one) => one.kind === 'Secret' && one.namespace === namespace && one.name === name)) return
  const namedBy = { kind: 'AnalysisRun', namespace, name: run.metadata.name }
  const assumed = {
    kind: 'Secret',
    namespace,
    name,
    namedBy,
    path: 'spec.args',
    as: 'to have the keys that are asked for',
  }
  world.assumed.push(assumed)
  world.issues.push(assumptionIssue(assumed, world.objects))
}

const textsOf = (data: unknown): [key: string, text: string][] =>
  Object.entries(isJsonObject(data) ? data : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )

function decoded64(text: string): string {
  const decoded = decodeBase64(text)
  return 'bytes' in decoded ? decoded.bytes : ''
}
