import { type CodedFieldError, invalidValue } from '../../../kube/fieldErrorBody'
import type {
  AnalysisRunArgument,
  AnalysisTemplate,
  AnalysisTemplateSpec,
  Argument,
  Metric,
} from '../../../model/analysis'
import { withFields } from '../../../model/copies'
import type { Rollout, RolloutAnalysis } from '../../../model/rollout'
import { plannedSpec } from '../../../templates/buildAnalysisRun'
import { type MissingTemplate, templatesOf } from '../../../templates/collectTemplates'
import { effectiveCount } from '../../../templates/effectiveCount'
import { plainValues, withPlainArgs } from '../../../templates/plainArgs'
import { resolveMetricArgs } from '../../../templates/resolveMetricArgs'
import type { TemplateLists } from '../../../templates/uniqueTemplates'
import { stepsOf } from '../../facts/steps'
import { isUnreadable } from '../plainParts'
import { isPlainAnalysis } from './plainAnalysis'
import type { AnalysisReference, FoundTemplates, Surroundings } from './references'
import { firstClash, type StepRules } from './stepRules'

/** In the controller's order; analyses of experiment steps are not included (behaviour 2.2). */
export function analysisReferences(rollout: Rollout, surroundings: Surroundings): readonly AnalysisReference[] {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  const references: AnalysisReference[] = []
  if (blueGreen) {
    const { prePromotionAnalysis, postPromotionAnalysis } = blueGreen
    noteAnalysis(references, surroundings, 'prePromotion', 'blueGreen.prePromotionAnalysis', prePromotionAnalysis)
    noteAnalysis(references, surroundings, 'postPromotion', 'blueGreen.postPromotionAnalysis', postPromotionAnalysis)
    return references
  }
  const steps = stepsOf(rollout)
  for (let index = 0; index < steps.length; index++) {
    const analysis = steps[index]?.analysis
    if (analysis) noteAnalysis(references, surroundings, 'step', `canary.steps[${index}].analysis`, analysis)
  }
  noteAnalysis(references, surroundings, 'background', 'canary.analysis', canary?.analysis)
  return references
}

function noteAnalysis(
  references: AnalysisReference[],
  surroundings: Surroundings,
  role: AnalysisReference['role'],
  field: string,
  analysis: RolloutAnalysis | undefined | null,
): void {
  if (!analysis) return
  references.push({ role, path: `spec.strategy.${field}.templates`, analysis, found: lookUp(surroundings, analysis) })
}

/** The templates that an analysis names. */
export const lookUp = (
  { namespace, analysisTemplates = [], clusterAnalysisTemplates = [] }: Surroundings,
  { templates }: RolloutAnalysis,
): FoundTemplates => templatesOf({ refs: templates ?? none, namespace, analysisTemplates, clusterAnalysisTemplates })

const none: readonly never[] = []

/** Analyses without templates (behaviour 2.2). */
export function noteMissingTemplates(found: CodedFieldError[], references: readonly AnalysisReference[]): void {
  for (const { path, found: templates } of references)
    if ('missing' in templates) found.push(missingTemplate(path, templates.missing))
}

function missingTemplate(
  path: string,
  { templateName, clusterScope, nested, reason, error }: MissingTemplate,
): CodedFieldError {
  const kind = clusterScope ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate'
  const detail = reason === 'notFound' ? `${kind} '${templateName}' not found` : error
  return { code: 'not-found', path: nested ? 'spec.templates' : path, body: invalidValue(templateName, detail) }
}

/** Called with a template whose arguments and metrics were filled with placeholders to check that they resolve. */
export type NotePlaceholders = (template: AnalysisTemplate, filled: AnalysisTemplate) => void

/** Why an analysis cannot run with its templates and arguments (behaviour 2.3). */
export function analysisErrors(
  rollout: Rollout,
  reference: AnalysisReference,
  templates: TemplateLists,
  stepRules: StepRules,
  notePlaceholders?: NotePlaceholders,
): readonly CodedFieldError[] {
  if (!notePlaceholders && isPlainAnalysis(rollout, reference, templates, stepRules)) return none
  const plan = planError(rollout, reference, templates, stepRules)
  if (plan) return [plan]
  const found: CodedFieldError[] = []
  for (const list of [templates.templates, templates.clusterTemplates]) {
    for (const template of list) {
      if (reference.role === 'background') noteBackgroundErrors(found, rollout, reference, template)
      else noteForegroundErrors(found, reference, template, notePlaceholders)
    }
  }
  return found
}

/** Whether a run can be built. The dry-run and retention rules of every step are tried for each analysis. */
function planError(
  rollout: Rollout,
  { path, analysis }: AnalysisReference,
  templates: TemplateLists,
  stepRules: StepRules,
): CodedFieldError | undefined {
  const args = stubArguments(rollout, analysis.args ?? [])
  const lists = { templates: templates.templates, clusterTemplates: templates.clusterTemplates, args }
  const plain = plannedSpec(lists)
  const clash = 'error' in plain ? undefined : firstClash(stepRules, plain.spec)
  const planned = clash
    ? plannedSpec({ ...lists, dryRun: clash.dryRun, measurementRetention: clash.measurementRetention })
    : plain
  if (!('error' in planned)) return undefined
  const names = [...templates.templates, ...templates.clusterTemplates].map(({ metadata }) => metadata.name)
  return { code: 'cannot-run', path, body: invalidValue(`templateNames: [${names.join(' ')}]`, planned.error) }
}

const placeholder = 'dummy-value'

/** Only the presence of a value matters here. One bad `metadata` path removes all arguments, as upstream. */
function stubArguments({ metadata }: Rollout, given: readonly AnalysisRunArgument[]): readonly Argument[] {
  if (given.some((argument) => isUnreadable(metadata, argument))) return []
  return given.map(({ name }) => ({ name, value: placeholder }))
}

/** A run that the update waits for has to end, for any arguments. The controller stops at the first error. */
function noteForegroundErrors(
  found: CodedFieldError[],
  { path }: AnalysisReference,
  template: AnalysisTemplate,
  notePlaceholders: NotePlaceholders | undefined,
): void {
  const { name } = template.metadata
  const filled = withPlaceholders(template.spec)
  if ('error' in filled) {
    found.push({ code: 'cannot-run', path, body: invalidValue(name, `AnalysisTemplate ${name}: ${filled.error}`) })
    return
  }
  for (const metric of filled.metrics) {
    if (effectiveCount(metric) !== undefined) continue
    const detail = `metric ${metric.name} which runs indefinitely. Invalid value for count: ${metric.count ?? '<nil>'}`
    found.push({ code: 'endless', path, body: invalidValue(name, `AnalysisTemplate ${name} has ${detail}`) })
  }
  if (found.length === 0) notePlaceholders?.(template, { ...template, spec: { ...template.spec, ...filled } })
}

interface Filled {
  readonly args: readonly Argument[]
  readonly metrics: readonly Metric[]
}

function withPlaceholders(spec: AnalysisTemplateSpec): Filled | { readonly error: string } {
  const args: Argument[] = []
  for (const arg of spec.args ?? []) {
    const hasValue = arg.value !== undefined && arg.value !== null
    if (arg.valueFrom && hasValue) return { error: `arg '${arg.name}' has both Value and ValueFrom fields` }
    args.push(hasValue ? arg : withFields(arg, { value: placeholder }))
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

function noteBackgroundErrors(
  found: CodedFieldError[],
  rollout: Rollout,
  { path }: AnalysisReference,
  template: AnalysisTemplate,
): void {
  const given = rollout.spec.strategy?.canary?.analysis?.args ?? undefined
  const { name } = template.metadata
  for (const arg of template.spec.args ?? []) {
    if ((arg.value ?? arg.valueFrom ?? undefined) !== undefined || given?.some((one) => one.name === arg.name)) continue
    const detail = given ? arg.name : 'missing analysis arguments in rollout spec'
    found.push({ code: 'missing-argument', path, body: invalidValue(name, detail) })
  }
}
