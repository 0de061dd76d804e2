import type { AnalysisTemplate, AnalysisTemplateSpec, Argument, Metric } from '../../../model/analysis'
import type { RolloutAnalysis } from '../../../model/rollout'
import { plainValues, withPlainArgs } from '../../../templates/plainArgs'
import type { TemplateLists } from '../../../templates/uniqueTemplates'
import type { AnalysisReference } from './references'
import type { StepRules } from './stepRules'

// Nearly every analysis names templates whose arguments all have values. Seeing that no rule could refuse it costs a
// fraction of planning a run. False says nothing. spec/rollout/plainAnalysis.spec.ts compares both.

/** Nothing can be wrong with an analysis that has these templates. */
export function isPlainAnalysis(
  { role, analysis }: AnalysisReference,
  { templates, clusterTemplates }: TemplateLists,
  { firstDryRun, firstRetention }: StepRules,
): boolean {
  if (firstDryRun.size + firstRetention.size > 0) return false
  const all = clusterTemplates.length === 0 ? templates : [...templates, ...clusterTemplates]
  if (!all.every(hasNoRules) || !areNamedOnce(all, metricsOf) || !areNamedOnce(all, argsOf)) return false
  if (!all.every(({ spec }) => areGiven(spec.args ?? none, analysis))) return false
  return role === 'background' || all.every(({ spec }) => hasPlainMetrics(spec))
}

const none: readonly never[] = []

const hasNoRules = ({ spec: { dryRun, measurementRetention } }: AnalysisTemplate): boolean =>
  !dryRun?.length && !measurementRetention?.length

type ListOf = (template: AnalysisTemplate) => readonly { readonly name: string }[] | undefined

const metricsOf: ListOf = ({ spec }) => spec.metrics
const argsOf: ListOf = ({ spec }) => spec.args

/** More than a few names are left to the rules: comparing each with each takes long. */
const mostNames = 10

/** No name comes twice in the lists of all templates. */
function areNamedOnce(templates: readonly AnalysisTemplate[], listOf: ListOf): boolean {
  const names: string[] = []
  for (const template of templates) {
    for (const { name } of listOf(template) ?? none) {
      if (names.length === mostNames || names.includes(name)) return false
      names.push(name)
    }
  }
  return true
}

/** Each argument of the template has a value, or the Rollout gives one that is not a field of the Rollout. */
function areGiven(args: readonly Argument[], analysis: RolloutAnalysis): boolean {
  const given = analysis.args ?? none
  if (given.some(({ valueFrom }) => valueFrom?.fieldRef !== undefined)) return false
  return args.every(
    ({ name, value, valueFrom }) => hasOne(value, valueFrom) || given.some((argument) => argument.name === name),
  )
}

const hasOne = (value: unknown, valueFrom: unknown): boolean => (value ?? valueFrom ?? undefined) !== undefined

/** Arguments can be filled in whatever their values, and the measurements come to an end. */
function hasPlainMetrics({ args, metrics }: AnalysisTemplateSpec): boolean {
  if (args?.some(({ value, valueFrom }) => valueFrom && (value ?? undefined) !== undefined)) return false
  const values = plainValues(args ? args.map(filled) : none)
  return (
    values !== undefined && (metrics ?? none).every((metric) => endsPlainly(metric) && withPlainArgs(metric, values))
  )
}

const filled = ({ name, value }: Argument): Argument => ({ name, value: value ?? 'any' })

const endsPlainly = ({ count, interval }: Metric): boolean =>
  typeof count === 'number' ? count !== 0 : count === undefined && !interval
