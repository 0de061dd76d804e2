import { analysisSpecShape } from '../kube/types/analysisShape'
import { throughTypes } from '../kube/types/throughTypes'
import type { AnalysisRun, AnalysisRunSpec, Argument, DryRun, MeasurementRetention } from '../model/analysis'
import type { StringMap } from '../model/meta'
import { concatenateTemplates, dryRunProblem, retentionProblem } from './flattenTemplates'
import { mergeArguments } from './mergeArguments'
import type { TemplateLists } from './uniqueTemplates'
import { wellFormedPlan } from './wellFormed'

/** The input of an AnalysisRun: templates, arguments, and its name. */
export interface RunPlan extends TemplateLists {
  readonly args?: readonly Argument[]
  /** Arguments of the caller; the templates' follow. */
  readonly dryRun?: readonly DryRun[]
  readonly measurementRetention?: readonly MeasurementRetention[]
  readonly labels?: StringMap
  readonly annotations?: StringMap
  readonly name: string
  readonly generateName?: string
  readonly namespace: string
}

/**
 * Builds the AnalysisRun from templates and arguments, without owner and status (behaviour 4.2, 2.5). Errors are
 * upstream's texts of flattening, of merging arguments, and of two rules for the same metric name.
 *
 * @example
 * const latency = {
 *   metadata: { name: 'latency', namespace: 'shop' },
 *   spec: {
 *     args: [{ name: 'service' }],
 *     metrics: [{ name: 'p99', provider: { prometheus: { query: 'p99{service="{{args.service}}"}' } } }],
 *   },
 * }
 * const plan = { templates: [latency], clusterTemplates: [], name: 'web-2', namespace: 'shop' }
 * buildAnalysisRun(plan) // => { error: 'args.service was not resolved' }
 * const built = buildAnalysisRun({ ...plan, args: [{ name: 'service', value: 'web' }] })
 * 'run' in built && built.run.spec.args // => [{ name: 'service', value: 'web' }]
 */
export function buildAnalysisRun(given: RunPlan): { readonly run: AnalysisRun } | { readonly error: string } {
  const plan = wellFormedPlan(given)
  const planned = plannedSpec(plan)
  if ('error' in planned) return planned
  const { metrics, ...rest } = throughTypes<AnalysisRunSpec>(analysisSpecShape, planned.spec)
  return {
    run: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AnalysisRun',
      metadata: {
        name: plan.name,
        ...(plan.generateName ? { generateName: plan.generateName } : {}),
        ...(plan.namespace ? { namespace: plan.namespace } : {}),
        ...(plan.labels ? { labels: plan.labels } : {}),
        ...(plan.annotations ? { annotations: plan.annotations } : {}),
      },
      spec: metrics && metrics.length > 0 ? { metrics, ...rest } : rest,
    },
  }
}

/**
 * The metrics of the run before they are printed through the controller's types: enough to check that it can be built.
 */
export function plannedSpec(
  plan: Omit<RunPlan, 'name' | 'namespace'>,
): { readonly spec: AnalysisRunSpec } | { readonly error: string } {
  const flat = concatenateTemplates(plan)
  if ('error' in flat) return flat
  const args = mergeArguments(plan.args ?? [], flat.spec.args ?? [])
  if ('error' in args) return args
  const dryRun = joined(plan.dryRun, flat.spec.dryRun)
  const measurementRetention = joined(plan.measurementRetention, flat.spec.measurementRetention)
  const error = dryRunProblem(dryRun) ?? retentionProblem(measurementRetention)
  return error === undefined
    ? { spec: { metrics: flat.spec.metrics, args: args.args, dryRun, measurementRetention } }
    : { error }
}

/** The first list's items, then the second one's. */
function joined<T>(first: readonly T[] | null | undefined, second: readonly T[] | null | undefined): readonly T[] {
  if (!first?.length) return second ?? []
  return second?.length ? [...first, ...second] : first
}
