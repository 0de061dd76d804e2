import { givenList } from '../model/given'
import { isJsonObject, ownValue } from '../model/json'
import type { KubeObject } from '../model/meta'
import { analysisRunSamples, analysisTemplateSamples, experimentSamples } from './analyses'
import { type FamilyName, helpOf } from './families'
import { type NamedSample, rolloutSamples } from './rollouts'
import type { MetricFamily, Sample } from './series'
import {
  wellFormedAnalysisRun,
  wellFormedAnalysisTemplate,
  wellFormedExperiment,
  wellFormedRollout,
} from './wellFormed'

type Describe = (object: unknown) => readonly NamedSample[]

const describers: Readonly<Record<string, Describe>> = {
  Rollout: (object) => rolloutSamples(wellFormedRollout(object)),
  AnalysisRun: (object) => analysisRunSamples(wellFormedAnalysisRun(object)),
  AnalysisTemplate: (object) => analysisTemplateSamples(wellFormedAnalysisTemplate(object)),
  ClusterAnalysisTemplate: (object) => analysisTemplateSamples(wellFormedAnalysisTemplate(object)),
  Experiment: (object) => experimentSamples(wellFormedExperiment(object)),
}

/**
 * The controller's `/metrics` about its objects, as data: `rollout_info`, replicas, phases of AnalysisRuns and
 * Experiments, and what templates measure, under upstream's names and labels, so that dashboards and alerts made for it
 * work. Objects of other kinds are ignored. Families are sorted by name, samples by their labels; nothing depends on a
 * clock.
 *
 * Internals of a controller are not included, because objects do not have them: reconcile times and errors, events and
 * notifications counted. A metric that an object has twice is listed once; upstream's scrape fails there.
 *
 * Errors: none; what is malformed counts as missing.
 *
 * Source: behaviour 9.4.
 *
 * @example
 * ```ts
 * import { describeMetrics } from 'rollout-engine/monitoring'
 *
 * const web = { kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec: { replicas: 3, strategy: { canary: {} } } }
 * const desired = describeMetrics([web]).find(({ name }) => name === 'rollout_info_replicas_desired')
 * desired?.samples[0]?.value // 3
 * ```
 */
export function describeMetrics(objects: readonly KubeObject[]): readonly MetricFamily[] {
  const families = new Map<FamilyName, Map<string, Sample>>()
  for (const [name, sample] of givenList(objects).flatMap(samplesOf)) {
    const samples = families.get(name) ?? new Map<string, Sample>()
    families.set(name, samples)
    const key = sortKey(sample)
    if (!samples.has(key)) samples.set(key, sample)
  }
  return [...families]
    .sort(([left], [right]) => compare(left, right))
    .map(([name, samples]) => ({
      name,
      help: helpOf(name),
      type: 'gauge',
      samples: [...samples].sort(([left], [right]) => compare(left, right)).map(([, sample]) => sample),
    }))
}

function samplesOf(object: unknown): readonly NamedSample[] {
  if (!isJsonObject(object) || typeof object.kind !== 'string') return []
  return ownValue(describers, object.kind)?.(object) ?? []
}

/**
 * Values of labels in the order of label names, as a registry sorts. The separator comes before every character of a
 * text.
 */
const sortKey = ({ labels }: Sample): string =>
  sortedLabels(labels)
    .map(([, value]) => value)
    .join('\u0000')

/** Labels by name, as they are printed. */
export const sortedLabels = (labels: Sample['labels']): readonly (readonly [name: string, value: string])[] =>
  Object.entries(labels).sort(([left], [right]) => compare(left, right))

const compare = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1)
