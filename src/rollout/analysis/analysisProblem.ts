import type { AnalysisTemplate, AnalysisTemplateSpec, Argument, Metric } from '../../model/analysis'
import { plannedSpec } from '../../model/analysisRuns/buildAnalysisRun'
import { effectiveCount } from '../../model/analysisRuns/effectiveCount'
import { metadataField } from '../../model/analysisRuns/metadataField'
import { plainValues, withPlainArgs } from '../../model/analysisRuns/plainArgs'
import { resolveMetricArgs } from '../../model/analysisRuns/resolveMetricArgs'
import type { TemplateLists } from '../../model/analysisRuns/uniqueTemplates'
import { stepsOf } from '../steps/steps'
import { isProblem, type Problem, type Turn } from '../turn'
import { invalidReference } from '../validation/fieldProblem'
import { type AnalysisReference, analysisReferences, templatesOf } from './referencedAnalyses'

const placeholder = 'dummy-value'

/** The first analysis that names a template which is not there. */
export function missingTemplateProblem(turn: Turn): Problem | undefined {
  for (const reference of analysisReferences(turn)) {
    const templates = templatesOf(turn, reference)
    if (isProblem(templates)) return templates
  }
  return undefined
}

/** The first analysis that could not be carried out with its templates and arguments (behaviour 2.3). */
export function analysisProblem(turn: Turn): Problem | undefined {
  for (const reference of analysisReferences(turn)) {
    const templates = templatesOf(turn, reference)
    if (isProblem(templates)) return templates
    const problem = planProblem(turn, reference, templates) ?? templateProblem(turn, reference, templates)
    if (problem) return problem
  }
  return undefined
}

/** Can a run be built? Dry-run and retention rules of every step are tried, whatever analysis this is. */
function planProblem(turn: Turn, { path, analysis }: AnalysisReference, templates: TemplateLists): Problem | undefined {
  const args = stubArguments(turn, analysis.args ?? [])
  const steps = stepsOf(turn.rollout).flatMap((step) => (step.analysis ? [step.analysis] : []))
  for (const { dryRun, measurementRetention } of [{ dryRun: [], measurementRetention: [] }, ...steps]) {
    const planned = plannedSpec({ ...templates, args, dryRun, measurementRetention })
    if (!('error' in planned)) continue
    const names = [...templates.templates, ...templates.clusterTemplates].map(({ metadata }) => metadata.name)
    return invalidReference(path, `templateNames: [${names.join(' ')}]`, planned.error)
  }
  return undefined
}

/** Only whether there is a value matters here. One bad `metadata` path takes all arguments away, as upstream. */
function stubArguments(
  turn: Turn,
  given: readonly {
    readonly name: string
    readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } }
  }[],
): readonly Argument[] {
  const isBad = (path: string | undefined): boolean =>
    path?.startsWith('metadata') === true && 'error' in metadataField(turn.rollout.metadata, path)
  if (given.some(({ valueFrom }) => isBad(valueFrom?.fieldRef?.fieldPath))) return []
  return given.map(({ name }) => ({ name, value: placeholder }))
}

function templateProblem(turn: Turn, reference: AnalysisReference, lists: TemplateLists): Problem | undefined {
  for (const template of [...lists.templates, ...lists.clusterTemplates]) {
    const problem =
      reference.role === 'background'
        ? backgroundProblem(turn, reference, template)
        : foregroundProblem(turn, reference, template)
    if (problem) return problem
  }
  return undefined
}

/** A run that the update waits for has to come to an end, whatever its arguments turn out to be. */
function foregroundProblem(turn: Turn, { path }: AnalysisReference, template: AnalysisTemplate): Problem | undefined {
  const { name } = template.metadata
  const resolved = withPlaceholders(template.spec)
  if ('error' in resolved) return invalidReference(path, name, `AnalysisTemplate ${name}: ${resolved.error}`)
  const endless = resolved.metrics.find((metric) => effectiveCount(metric) === undefined)
  if (endless) {
    const detail = `metric ${endless.name} which runs indefinitely. Invalid value for count: ${endless.count ?? '<nil>'}`
    return invalidReference(path, name, `AnalysisTemplate ${name} has ${detail}`)
  }
  if (turn.observed.options?.sharesTemplates) leavePlaceholders(turn, template, resolved)
  return undefined
}

interface Resolved {
  readonly args: readonly Argument[]
  readonly metrics: readonly Metric[]
}

function withPlaceholders(spec: AnalysisTemplateSpec): Resolved | { readonly error: string } {
  const args: Argument[] = []
  for (const arg of spec.args ?? []) {
    const hasValue = arg.value !== undefined && arg.value !== null
    if (arg.valueFrom && hasValue) return { error: `arg '${arg.name}' has both Value and ValueFrom fields` }
    args.push(hasValue ? arg : { ...arg, value: placeholder })
  }
  const values = plainValues(args)
  const metrics: Metric[] = []
  for (const metric of spec.metrics ?? []) {
    const plain = values && withPlainArgs(metric, values)
    const resolved = plain ? { metric: plain } : resolveMetricArgs(metric, args)
    if ('error' in resolved) return resolved
    metrics.push(resolved.metric)
  }
  return { args, metrics }
}

/** Quirk of recordings, see RolloutOptions.sharesTemplates: who comes later finds the placeholders in the template. */
function leavePlaceholders(turn: Turn, template: AnalysisTemplate, { args, metrics }: Resolved): void {
  const spoilt: AnalysisTemplate = { ...template, spec: { ...template.spec, args, metrics } }
  const replaced = (list: readonly AnalysisTemplate[]) => list.map((one) => (one === template ? spoilt : one))
  turn.analysisTemplates = replaced(turn.analysisTemplates)
  turn.clusterAnalysisTemplates = replaced(turn.clusterAnalysisTemplates)
}

function backgroundProblem(turn: Turn, { path }: AnalysisReference, template: AnalysisTemplate): Problem | undefined {
  const given = turn.rollout.spec.strategy?.canary?.analysis?.args ?? undefined
  for (const arg of template.spec.args ?? []) {
    if ((arg.value ?? arg.valueFrom ?? undefined) !== undefined) continue
    const { name } = template.metadata
    if (!given) return invalidReference(path, name, 'missing analysis arguments in rollout spec')
    if (!given.some((one) => one.name === arg.name)) return invalidReference(path, name, arg.name)
  }
  return undefined
}
