import type {
  AnalysisRunArgument,
  AnalysisTemplate,
  AnalysisTemplateSpec,
  Argument,
  Metric,
} from '../../../model/analysis'
import type { Rollout } from '../../../model/rollout'
import { effectiveCount } from '../../../templates/effectiveCount'
import { plainValues, withPlainArgs } from '../../../templates/plainArgs'
import type { TemplateLists } from '../../../templates/uniqueTemplates'
import { isUnreadable } from '../plainParts'
import type { AnalysisReference } from './references'
import type { StepRules } from './stepRules'

// Nearly every analysis names templates whose arguments all have values. Seeing that no rule could refuse it costs a
// fraction of planning a run. False says nothing. spec/rollout/plainAnalysis.spec.ts compares both.

/** Nothing can be wrong with an analysis that has these templates. */
export function isPlainAnalysis(
  { metadata, spec: { strategy } }: Rollout,
  { role, analysis }: AnalysisReference,
  { templates, clusterTemplates }: TemplateLists,
  stepRules: StepRules,
): boolean {
  const all = clusterTemplates.length === 0 ? templates : [...templates, ...clusterTemplates]
  if (!hasPlainRules(all, stepRules)) return false
  if (!areNamedOnce(all, metricsOf, nameOf) || !areNamedOnce(all, argsOf, nameOf)) return false
  const given = analysis.args ?? none
  for (const argument of given) if (isUnreadable(metadata, argument)) return false
  for (const { spec } of all) {
    const args = spec.args ?? none
    if (!areGiven(args, given)) return false
    // Of an analysis in the background the rules read the arguments from the Rollout.
    if (role === 'background') {
      if (!areGiven(args, strategy?.canary?.analysis?.args ?? none)) return false
    } else if (!hasPlainMetrics(spec)) return false
  }
  return true
}

const none: readonly never[] = []

type ListOf<Item> = (template: AnalysisTemplate) => readonly Item[] | undefined | null

const metricsOf: ListOf<Metric> = ({ spec }) => spec.metrics
const argsOf: ListOf<Argument> = ({ spec }) => spec.args
const dryRunOf: ListOf<MetricRule> = ({ spec }) => spec.dryRun
const retentionOf: ListOf<MetricRule> = ({ spec }) => spec.measurementRetention
const nameOf = ({ name }: { readonly name: string }): string => name
const metricNameOf = ({ metricName }: MetricRule): string => metricName

interface MetricRule {
  readonly metricName: string
}

/** No two dry-run rules are for one metric, whatever step they are tried with, and no two retention rules. */
const hasPlainRules = (
  templates: readonly AnalysisTemplate[],
  { analyses, firstRepeated, firstDryRun, firstRetention }: StepRules,
): boolean =>
  firstRepeated === analyses.length &&
  areNamedOnce(templates, dryRunOf, metricNameOf, firstDryRun) &&
  areNamedOnce(templates, retentionOf, metricNameOf, firstRetention)

/** No name comes twice in the lists of all templates, and none is taken. */
function areNamedOnce<Item>(
  templates: readonly AnalysisTemplate[],
  listOf: ListOf<Item>,
  name: (item: Item) => string,
  taken: ReadonlyMap<string, unknown> = noNames,
): boolean {
  let first: string | undefined
  let others: Set<string> | undefined
  for (const template of templates) {
    for (const item of listOf(template) ?? none) {
      const one = name(item)
      if (one === first || taken.has(one) || others?.has(one)) return false
      if (first === undefined) first = one
      else {
        others ??= new Set()
        others.add(one)
      }
    }
  }
  return true
}

const noNames: ReadonlyMap<string, string> = new Map()

/** Each argument of the template has a value, or the Rollout gives one. */
function areGiven(args: readonly Argument[], given: readonly AnalysisRunArgument[]): boolean {
  for (const { name, value, valueFrom } of args)
    if (!hasOne(value, valueFrom) && !given.some((argument) => argument.name === name)) return false
  return true
}

const hasOne = (value: unknown, valueFrom: unknown): boolean => (value ?? valueFrom ?? undefined) !== undefined

/** Arguments can be filled in whatever their values, and the measurements come to an end. */
function hasPlainMetrics({ args, metrics }: AnalysisTemplateSpec): boolean {
  for (const { value, valueFrom } of args ?? none) if (valueFrom && (value ?? undefined) !== undefined) return false
  const values = args?.length ? plainValues(args.map(filled)) : noNames
  if (!values) return false
  for (const metric of metrics ?? none) if (!endsPlainly(metric) || !withPlainArgs(metric, values)) return false
  return true
}

const filled = (argument: Argument): Argument =>
  (argument.value ?? undefined) === undefined ? anyValue(argument) : argument
const anyValue = ({ name }: Argument): Argument => ({ name, value: 'any' })

const endsPlainly = (metric: Metric): boolean =>
  !hasTag(metric.count) && !hasTag(metric.interval) && effectiveCount(metric) !== undefined

const hasTag = (value: unknown): boolean => typeof value === 'string' && value.includes('{{')
