import type { ClusterObjects } from '../../cluster/objects'
import type { KubeObject } from '../../model/meta'
import { type AnalysisTemplates, keyOf, type Reference } from './references'
import { fieldOf, itemsOf, textsAt } from './walk'

/**
 * Assumed templates, each with one metric that is measured once and has the template's name. Metrics that dryRun and
 * measurementRetention of the analysis refer to are in the first template, because a rule that matches nothing is an
 * error.
 */
export function assumedTemplates(
  analyses: readonly AnalysisTemplates[],
  objects: ClusterObjects,
): ReadonlyMap<Reference, KubeObject> {
  const metrics = new Map<string, Set<string>>()
  const first = new Map<string, Reference>()
  const taken = new Set<string>(
    analyses.flatMap(({ references }) => references.flatMap((one) => metricsOf(objects[keyOf(one)]))),
  )
  for (const { references, rules } of analyses) {
    const missing = references.filter((one) => !objects[keyOf(one)])
    for (const one of missing) {
      if (!first.has(keyOf(one))) first.set(keyOf(one), one)
      if (metrics.has(keyOf(one))) continue
      const name = metricNameOf(one, taken)
      taken.add(name)
      metrics.set(keyOf(one), new Set([name]))
    }
    const named = [
      ...references.flatMap((one) => metricsOf(objects[keyOf(one)])),
      ...missing.flatMap((one) => [...(metrics.get(keyOf(one)) ?? [])]),
    ]
    const holder = missing[0] && metrics.get(keyOf(missing[0]))
    for (const rule of rulesOf(rules)) if (!named.some((name) => name.includes(rule))) holder?.add(rule)
  }
  return new Map([...first].map(([key, one]) => [one, templateOf(one, [...(metrics.get(key) ?? [])])]))
}

const metricsOf = (template: KubeObject | undefined): readonly string[] => textsAt(template, 'spec.metrics[].name')

/**
 * Named like the template, so that a series can set its measurements; a run cannot have two metrics with the same name.
 */
const metricNameOf = ({ name }: Reference, taken: ReadonlySet<string>): string =>
  taken.has(name) ? `${name}-assumed` : name

/** Only plain names: a pattern such as `.*` matches existing metrics. */
const rulesOf = (rules: unknown): readonly string[] =>
  ['dryRun', 'measurementRetention']
    .flatMap((field) => itemsOf(fieldOf(rules, field)).flatMap((rule) => textsAt(rule, 'metricName')))
    .filter((name) => /^[\w -]+$/.test(name))

const templateOf = ({ kind, apiVersion, namespace, name }: Reference, metrics: readonly string[]): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  spec: { metrics: metrics.map((metric) => ({ name: metric, provider: { job: { spec: {} } } })) },
})
