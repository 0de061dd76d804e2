import { analysisSpecShape } from '../kube/types/analysisShape'
import { throughTypes } from '../kube/types/throughTypes'
import type { AnalysisTemplateSpec, Argument } from '../model/analysis'
import type { TemplateLists } from './uniqueTemplates'

/** A template without references to others. */
export type FlatTemplateSpec = Omit<AnalysisTemplateSpec, 'templates'>

/**
 * Several templates as one: those of the namespace first, then those of the cluster (behaviour 4.2).
 *
 * Errors, with upstream's text: `two metrics have the same name 'm'`, the same for dryRun and measurementRetention
 * rules, ``Argument `a` specified multiple times with different values: 'x', 'y'``.
 */
export function flattenTemplates(
  lists: TemplateLists,
): { readonly spec: FlatTemplateSpec } | { readonly error: string } {
  const flat = concatenateTemplates(lists)
  return 'error' in flat ? flat : { spec: withoutNull(throughTypes(analysisSpecShape, flat.spec)) }
}

/** The same with the templates' own objects, for callers that print them. */
export function concatenateTemplates({
  templates,
  clusterTemplates,
}: TemplateLists): { readonly spec: FlatTemplateSpec } | { readonly error: string } {
  const specs: AnalysisTemplateSpec[] = []
  for (const { spec } of templates) specs.push(spec)
  for (const { spec } of clusterTemplates) specs.push(spec)
  const metrics = listsOf(specs, metricsOf)
  const dryRun = listsOf(specs, dryRunOf)
  const measurementRetention = listsOf(specs, retentionOf)
  const sameMetric = firstRepeated(metrics, ({ name }) => name)
  const error =
    sameMetric === undefined
      ? (dryRunProblem(dryRun) ?? retentionProblem(measurementRetention))
      : `two metrics have the same name '${sameMetric}'`
  if (error !== undefined) return { error }
  const args = flattenArgs(listsOf(specs, argsOf))
  return 'error' in args ? args : { spec: { metrics, args: args.args, dryRun, measurementRetention } }
}

const metricsOf = ({ metrics }: AnalysisTemplateSpec) => metrics
const argsOf = ({ args }: AnalysisTemplateSpec) => args
const dryRunOf = ({ dryRun }: AnalysisTemplateSpec) => dryRun
const retentionOf = ({ measurementRetention }: AnalysisTemplateSpec) => measurementRetention

/** The items of all specs. Nearly always there is one spec, whose list it is then. */
function listsOf<T>(
  specs: readonly AnalysisTemplateSpec[],
  listOf: (spec: AnalysisTemplateSpec) => readonly T[] | null | undefined,
): readonly T[] {
  const [only] = specs
  return only && specs.length === 1 ? (listOf(only) ?? []) : specs.flatMap((spec) => listOf(spec) ?? [])
}

interface MetricRule {
  readonly metricName: string
}

export function dryRunProblem(rules: readonly MetricRule[]): string | undefined {
  const name = firstRepeated(rules, ({ metricName }) => metricName)
  return name === undefined ? undefined : `two Dry-Run metric rules have the same name '${name}'`
}

export function retentionProblem(rules: readonly MetricRule[]): string | undefined {
  const name = firstRepeated(rules, ({ metricName }) => metricName)
  return name === undefined ? undefined : `two Measurement Retention metric rules have the same name '${name}'`
}

function firstRepeated<T>(items: readonly T[], nameOf: (item: T) => string): string | undefined {
  if (items.length < 2) return undefined
  const seen = new Set<string>()
  return items.map(nameOf).find((name) => seen.has(name) || !seen.add(name))
}

/** A later argument of the same name is used if the earlier one has no value; two different values are an error. */
function flattenArgs(all: readonly Argument[]): { readonly args: readonly Argument[] } | { readonly error: string } {
  if (all.length < 2) return { args: all }
  const args = new Map<string, Argument>()
  for (const arg of all) {
    const former = args.get(arg.name)
    const formerValue = former?.value ?? undefined
    const value = arg.value ?? undefined
    if (formerValue !== undefined && value !== undefined && formerValue !== value) {
      const values = `'${formerValue}', '${value}'`
      return { error: `Argument \`${arg.name}\` specified multiple times with different values: ${values}` }
    }
    if (formerValue === undefined) args.set(arg.name, arg)
  }
  return { args: [...args.values()] }
}

/** Go prints a list that was never made as null; a spec of ours leaves it out. */
function withoutNull(spec: FlatTemplateSpec): FlatTemplateSpec {
  const { metrics, ...rest } = spec
  return metrics && metrics.length > 0 ? { metrics, ...rest } : rest
}
