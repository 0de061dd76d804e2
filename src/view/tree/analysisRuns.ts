import type { AnalysisRun, Measurement, Metric, MetricResult } from '../../model/analysis'
import { ownValue } from '../../model/json'
import type { IntOrString } from '../../model/meta'
import { analysisIcon } from '../icons'
import type { AnalysisRunView, JobView, MetricView, NonJobView } from '../rolloutView'
import { byCreation, byName, isOwnedBy, revisionOf, viewMetaOf } from './meta'

/** The AnalysisRuns of a Rollout or an Experiment: the newest revision first, in it the oldest first. */
export const analysisRunViewsOf = (
  ownerUid: string | undefined,
  runs: readonly AnalysisRun[],
): readonly AnalysisRunView[] =>
  runs
    .filter(({ metadata }) => isOwnedBy(ownerUid, metadata))
    .map(analysisRunView)
    .sort(
      (left, right) =>
        right.revision - left.revision ||
        byCreation(left.objectMeta, right.objectMeta) ||
        byName(right.objectMeta, left.objectMeta),
    )

function analysisRunView(run: AnalysisRun): AnalysisRunView {
  const results = run.status?.metricResults ?? []
  const sum = (count: (result: MetricResult) => number | undefined): number =>
    results.reduce((total, result) => total + (count(result) ?? 0), 0)
  const status = run.status?.phase ?? ''
  return {
    objectMeta: viewMetaOf(run.metadata),
    status,
    icon: analysisIcon(status),
    revision: revisionOf(run.metadata),
    successful: sum(({ successful }) => successful),
    failed: sum(({ failed }) => failed),
    inconclusive: sum(({ inconclusive }) => inconclusive),
    error: sum(({ error }) => error),
    jobs: measurementsOf(run).flatMap((measured) => jobView(run, measured)),
    nonJobInfo: measurementsOf(run).flatMap(nonJobView),
    metrics: (run.spec.metrics ?? []).map(metricView),
  }
}

interface Measured {
  readonly metricName: string
  readonly measurement: Measurement
}

/** Of several results with one name, the first has the measurements of all, as upstream looks them up by name. */
function measurementsOf(run: AnalysisRun): readonly Measured[] {
  const results = run.status?.metricResults ?? []
  const first = new Map([...results].reverse().map((result) => [result.name, result] as const))
  return results.flatMap(({ name }) =>
    (first.get(name)?.measurements ?? []).map((measurement) => ({ metricName: name, measurement })),
  )
}

const startOf = ({ startedAt }: Measurement): { readonly startedAt?: string } => (startedAt ? { startedAt } : {})

function jobView(run: AnalysisRun, { metricName, measurement }: Measured): readonly JobView[] {
  const name = ownValue(measurement.metadata, 'job-name')
  if (name === undefined) return []
  const { startedAt, phase } = measurement
  const objectMeta = {
    name,
    namespace: ownValue(measurement.metadata, 'job-namespace') ?? run.metadata.namespace ?? '',
    uid: '',
    ...(startedAt ? { creationTimestamp: startedAt } : {}),
  }
  return [{ objectMeta, icon: analysisIcon(phase), status: phase, metricName, ...startOf(measurement) }]
}

/** A measurement with metadata of another kind is in neither list. */
function nonJobView({ metricName, measurement }: Measured): readonly NonJobView[] {
  if (measurement.metadata !== undefined) return []
  const { value = '', phase } = measurement
  return [{ value, status: phase, metricName, ...startOf(measurement) }]
}

const metricView = (metric: Metric): MetricView => ({
  name: metric.name,
  successCondition: metric.successCondition ?? '',
  count: wholeOf(metric.count),
  inconclusiveLimit: wholeOf(metric.inconclusiveLimit),
  failureLimit: wholeOf(metric.failureLimit),
})

const wholeOf = (value: IntOrString | undefined): number => (typeof value === 'number' ? value : 0)
