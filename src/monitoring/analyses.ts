import { matchDryRun } from '../analysis/matchRules'
import type { AnalysisRun, AnalysisTemplate, Metric } from '../model/analysis'
import type { Experiment } from '../model/experiment'
import { isJsonObject, ownValue } from '../model/json'
import type { FamilyName } from './families'
import { labelsOf, type NamedSample } from './rollouts'
import type { Sample } from './series'

/** The controller's name of a provider, in its order. */
const providerTypes = [
  ['prometheus', 'Prometheus'],
  ['job', 'Job'],
  ['kayenta', 'Kayenta'],
  ['web', 'Web'],
  ['datadog', 'Datadog'],
  ['wavefront', 'Wavefront'],
  ['newRelic', 'NewRelic'],
  ['cloudWatch', 'CloudWatch'],
  ['graphite', 'Graphite'],
  ['influxdb', 'Influxdb'],
  ['skywalking', 'skywalking'],
  ['plugin', 'RPCPlugin'],
] as const

const typeOf = ({ provider }: Metric): string =>
  providerTypes.find(([field]) => isJsonObject(ownValue(provider, field)))?.[1] ?? 'Unknown Provider'

const runPhases = ['Pending', 'Error', 'Failed', 'Successful', 'Running', 'Inconclusive']
/** Failed is missing upstream. */
const experimentPhases = ['Pending', 'Error', 'Successful', 'Running', 'Inconclusive']

/** One series for each phase, 1 for the one that holds; no phase yet is Pending. */
function phaseSamples(
  family: FamilyName,
  labels: Sample['labels'],
  phase: string,
  phases: readonly string[],
): readonly NamedSample[] {
  const current = phase === '' ? 'Pending' : phase
  return phases.map((one) => [family, { labels: { ...labels, phase: one }, value: Number(one === current) }])
}

export function analysisRunSamples({ metadata, spec, status }: AnalysisRun): readonly NamedSample[] {
  const labels = labelsOf(metadata)
  const phase = status?.phase ?? ''
  const { metrics = [], dryRun = [] } = spec
  const dry = matchDryRun(dryRun, metrics).names
  return [
    ['analysis_run_info', { labels: { ...labels, phase }, value: 1 }],
    ...phaseSamples('analysis_run_phase', labels, phase, runPhases),
    ...metrics.flatMap((metric): readonly NamedSample[] => {
      const own = { ...labels, metric: metric.name, type: typeOf(metric) }
      const result = status?.metricResults?.find(({ name }) => name === metric.name)
      const measured = { ...own, dry_run: String(dry.has(metric.name)) }
      return [
        ['analysis_run_metric_type', { labels: own, value: 1 }],
        ...phaseSamples('analysis_run_metric_phase', measured, result?.phase ?? '', runPhases),
      ]
    }),
  ]
}

/** Templates and cluster templates are not told apart: a cluster template has no namespace. */
export function analysisTemplateSamples({ metadata, spec }: AnalysisTemplate): readonly NamedSample[] {
  const labels = labelsOf(metadata)
  return [
    ['analysis_template_info', { labels, value: 1 }],
    ...(spec.metrics ?? []).map(
      (metric): NamedSample => [
        'analysis_template_metric_info',
        { labels: { ...labels, type: typeOf(metric), metric: metric.name }, value: 1 },
      ],
    ),
  ]
}

export function experimentSamples({ metadata, status }: Experiment): readonly NamedSample[] {
  const labels = labelsOf(metadata)
  const phase = status?.phase ?? ''
  return [
    ['experiment_info', { labels: { ...labels, phase }, value: 1 }],
    ...phaseSamples('experiment_phase', labels, phase, experimentPhases),
  ]
}
