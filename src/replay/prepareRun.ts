import { matchDryRun, matchMeasurementRetention } from '../analysis/matchRules'
import { resolveWithoutSecrets } from '../analysis/resolveArgs'
import { parseCondition } from '../expr/condition'
import type { AnalysisRun, AnalysisTemplate, Argument, DryRun, MeasurementRetention, Metric } from '../model/analysis'
import type { ControllerVersion } from '../model/controllerVersion'
import type { Issue } from '../model/issue'
import { buildAnalysisRun } from '../templates/buildAnalysisRun'
import { collectTemplates } from '../templates/collectTemplates'
import { concatenateTemplates } from '../templates/flattenTemplates'
import { metricsProblem } from '../templates/metricsProblem'
import type { TemplateLists } from '../templates/uniqueTemplates'
import { whyConditionsAreIgnored } from './fitness'

/** An AnalysisTemplate, a ClusterAnalysisTemplate, or an AnalysisRun. */
export type ReplayTemplate = Pick<AnalysisTemplate, 'kind' | 'metadata' | 'spec'>

/** About a template, or about the series where no template is named. */
export interface ReplayIssue extends Issue {
  /** Name of the template that the path is in. */
  readonly template?: string
}

/** What a run is made of. */
export interface RunParts {
  readonly templates: readonly ReplayTemplate[]
  /** Where the templates that others name are looked up. */
  readonly library: readonly ReplayTemplate[]
  readonly args: readonly Argument[]
  readonly dryRun: readonly DryRun[]
  readonly measurementRetention: readonly MeasurementRetention[]
}

export interface RunRequest extends RunParts {
  /** Whose language the conditions are read in. */
  readonly controller: ControllerVersion
}

export interface PreparedRun {
  readonly run: AnalysisRun
  /** With arguments put in; what no argument was given for represents any text. */
  readonly metrics: readonly Metric[]
  readonly issues: readonly ReplayIssue[]
}

/**
 * The run that templates and arguments make, and all that is wrong with them at once. An argument that only providers
 * read cannot change the verdict, so it may be missing; one that a condition or a limit reads may not.
 */
export function prepareRun(request: RunRequest): PreparedRun | { readonly issues: readonly ReplayIssue[] } {
  const gathered = gather(request)
  if ('issues' in gathered) return gathered
  const flat = concatenateTemplates(gathered)
  if ('error' in flat) return refused(flat.error, gathered)
  const declared = flat.spec.args ?? []
  const { args, issues } = fillArguments(request.args, declared, flat.spec.metrics ?? [], gathered)
  const { dryRun, measurementRetention } = request
  const plan = { ...gathered, args, dryRun, measurementRetention, name: 'replay', namespace: 'default' }
  const built = buildAnalysisRun(plan)
  if ('error' in built) return { issues: [...issues, ...refused(built.error, gathered).issues] }
  const { run } = built
  const missing = new Set(
    issues.flatMap(({ code, severity, argument }) => (code === 'argument-missing' && !severity ? [argument] : [])),
  )
  const found = [
    ...issues.map(({ argument: _, ...issue }) => issue),
    ...runIssues(run, gathered, missing, request.controller),
  ]
  const resolved = resolveWithoutSecrets(run.spec.metrics ?? [], run.spec.args ?? [])
  return { run, metrics: 'error' in resolved ? (run.spec.metrics ?? []) : resolved.metrics, issues: found }
}

const isOfCluster = ({ kind }: ReplayTemplate): boolean => kind === 'ClusterAnalysisTemplate'

/** The templates with all those that they name. */
function gather({ templates, library }: RunRequest): TemplateLists | { readonly issues: readonly ReplayIssue[] } {
  const all = [...templates, ...library] as readonly AnalysisTemplate[]
  const issues: ReplayIssue[] = []
  const named: AnalysisTemplate[] = []
  for (const { metadata, spec } of templates) {
    const collected = collectTemplates({
      refs: spec.templates ?? [],
      namespace: metadata.namespace ?? '',
      analysisTemplates: all.filter((template) => !isOfCluster(template)),
      clusterAnalysisTemplates: all.filter(isOfCluster),
    })
    if ('missing' in collected) {
      const { templateName, error } = collected.missing
      const index = (spec.templates ?? []).findIndex((ref) => ref.templateName === templateName)
      const path = index < 0 ? 'spec.templates' : `spec.templates[${index}]`
      issues.push({ code: 'template-missing', path, message: error, template: metadata.name })
    } else named.push(...collected.templates, ...collected.clusterTemplates)
  }
  if (issues.length > 0) return { issues }
  const whole = [...new Set([...(templates as readonly AnalysisTemplate[]), ...named])]
  return {
    templates: whole.filter((template) => !isOfCluster(template)),
    clusterTemplates: whole.filter(isOfCluster),
  }
}

const wholeList = ({ templates, clusterTemplates }: TemplateLists): readonly AnalysisTemplate[] => [
  ...templates,
  ...clusterTemplates,
]

function refused(error: string, lists: TemplateLists): { readonly issues: readonly ReplayIssue[] } {
  return { issues: [{ code: 'analysis-invalid', path: 'spec', message: error, ...nameOf(wholeList(lists)[0]) }] }
}

const nameOf = (template: ReplayTemplate | undefined): { readonly template?: string } =>
  template ? { template: template.metadata.name } : {}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

type ArgumentIssue = ReplayIssue & { readonly argument: string }

/** What is given, and any text for those that need none. */
function fillArguments(
  given: readonly Argument[],
  declared: readonly Argument[],
  metrics: readonly Metric[],
  lists: TemplateLists,
): { readonly args: readonly Argument[]; readonly issues: readonly ArgumentIssue[] } {
  const issues: ArgumentIssue[] = []
  const args = [...given]
  for (const { name } of given) {
    if (declared.some((argument) => argument.name === name)) continue
    const message = `no template has an argument called '${name}'`
    issues.push({ code: 'argument-unused', path: 'spec.args', message, severity: 'warning', argument: name })
  }
  for (const { name, value, valueFrom } of declared) {
    const own = given.find((argument) => argument.name === name)
    if (valueFrom?.fieldRef && ![value, own?.value].some(isGiven)) {
      const place = placeOfArgument(lists, name)
      const message = `args.${name} has no value: fieldRef works only where a Rollout passes the argument, a template's own is never read`
      issues.push({ code: 'argument-missing', ...place, message, argument: name })
    }
    if ([value, valueFrom, own?.value, own?.valueFrom].some(isGiven)) continue
    args.push({ name, value: `any ${name}` })
    const reader = metrics.find((metric) => isReadBy(metric, name))
    const place = placeOfArgument(lists, name)
    if (reader) {
      const message = `args.${name} was not resolved: give it a value, because metric '${reader.name}' depends on it`
      issues.push({ code: 'argument-missing', ...place, message, argument: name })
    } else {
      const message = `args.${name} has no value: that makes no difference here, as only the provider reads it`
      issues.push({ code: 'argument-missing', ...place, message, severity: 'warning', argument: name })
    }
  }
  return { args, issues }
}

/** Whether a metric reads an argument elsewhere than in its provider. */
function isReadBy({ provider: _, ...metric }: Metric, argument: string): boolean {
  const tags = JSON.stringify(metric).matchAll(/\{\{([^{}]*)\}\}/g)
  return [...tags].some(([, tag]) => tag?.trim() === `args.${argument}`)
}

function placeOfArgument(lists: TemplateLists, name: string): Pick<ReplayIssue, 'path' | 'template'> {
  for (const template of wholeList(lists)) {
    const index = (template.spec.args ?? []).findIndex((argument) => argument.name === name)
    if (index >= 0) return { path: `spec.args[${index}]`, template: template.metadata.name }
  }
  return { path: 'spec.args' }
}

/** What the run would be refused for, and conditions that can never be evaluated. */
function runIssues(
  { spec }: AnalysisRun,
  lists: TemplateLists,
  missing: ReadonlySet<string>,
  controller: ControllerVersion,
): readonly ReplayIssue[] {
  const metrics = spec.metrics ?? []
  const owner = nameOf(wholeList(lists)[0])
  if (metrics.length === 0)
    return [{ code: 'metric-invalid', path: 'spec.metrics', message: 'no metrics specified', ...owner }]
  const issues: ReplayIssue[] = []
  for (const metric of metrics) {
    if ([...missing].some((argument) => isReadBy(metric, argument))) continue
    const place = placeOfMetric(lists, metric.name)
    const resolved = resolveWithoutSecrets([metric], spec.args ?? [])
    if ('error' in resolved) issues.push({ code: 'metric-invalid', ...place, message: resolved.error })
    else issues.push(...metricIssues(resolved.metrics[0] ?? metric, place, controller))
  }
  const rules = [
    matchDryRun(spec.dryRun ?? [], metrics).error,
    matchMeasurementRetention(spec.measurementRetention ?? [], metrics).error,
  ]
  for (const error of rules) {
    const [path, message = ''] = error?.split(': ') ?? []
    if (path !== undefined) issues.push({ code: 'rule-unmatched', path: `spec.${path}`, message, ...owner })
  }
  return issues
}

function placeOfMetric(lists: TemplateLists, name: string): Pick<ReplayIssue, 'path' | 'template'> {
  for (const template of wholeList(lists)) {
    const index = (template.spec.metrics ?? []).findIndex((metric) => metric.name === name)
    if (index >= 0) return { path: `spec.metrics[${index}]`, template: template.metadata.name }
  }
  return { path: 'spec.metrics' }
}

const numberFields = [
  'count',
  'failureLimit',
  'inconclusiveLimit',
  'consecutiveErrorLimit',
  'consecutiveSuccessLimit',
] as const

function metricIssues(
  metric: Metric,
  place: Pick<ReplayIssue, 'path' | 'template'>,
  controller: ControllerVersion,
): readonly ReplayIssue[] {
  const problem = metricsProblem([metric])?.replace(/^metrics\[0\]: /, '')
  const issues: ReplayIssue[] = problem === undefined ? [] : [{ code: 'metric-invalid', ...place, message: problem }]
  for (const field of numberFields) {
    const given = metric[field]
    if (typeof given !== 'string' || /^[+-]?\d+$/.test(given)) continue
    const message = `${JSON.stringify(given)} is no whole number: the controller takes it for 0${field === 'count' ? ', which is no count at all' : ''}`
    issues.push({ ...place, code: 'metric-number', path: `${place.path}.${field}`, message, severity: 'warning' })
  }
  const ignored = whyConditionsAreIgnored(metric)
  for (const field of ['successCondition', 'failureCondition'] as const) {
    const condition = metric[field]
    if (!condition) continue
    if (ignored !== undefined) {
      const path = `${place.path}.${field}`
      issues.push({
        ...place,
        code: 'condition-ignored',
        path,
        message: `${ignored}: this condition is ignored`,
        severity: 'warning',
      })
      continue
    }
    for (const { code, message, position } of parseCondition(condition, '', controller).issues) {
      const where = position && `, at column ${position.column}${position.line > 1 ? ` of line ${position.line}` : ''}`
      const path = `${place.path}.${field}`
      issues.push({ ...place, code, path, message: `${message}${where ?? ''} of ${JSON.stringify(condition)}` })
    }
  }
  return issues
}
