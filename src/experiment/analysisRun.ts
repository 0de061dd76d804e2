import type { AnalysisRun, AnalysisTemplate, Argument } from '../model/analysis'
import type { Experiment, ExperimentAnalysis } from '../model/experiment'
import { instanceIdLabel } from '../model/labelKeys'
import type { StringMap } from '../model/meta'
import { buildAnalysisRun } from '../templates/buildAnalysisRun'
import { collectTemplates } from '../templates/collectTemplates'
import { planRunCreation } from '../templates/planRunCreation'
import { substituteExperiment } from '../templates/substituteExperiment'
import { ownerReferenceTo } from './owned'
import { change, requeueAfter, type Turn } from './turn'

type Problem = { readonly error: string }

/** Checks that the template of an analysis exists. Returns the controller's text if it does not. */
export function missingTemplate(turn: Turn, { templateName, clusterScope }: ExperimentAnalysis): string | undefined {
  const { analysisTemplates, clusterAnalysisTemplates } = turn.observed
  const [templates, namespace] = clusterScope ? [clusterAnalysisTemplates, ''] : [analysisTemplates, turn.namespace]
  const isMeant = ({ metadata }: AnalysisTemplate): boolean =>
    metadata.name === templateName && (clusterScope === true || (metadata.namespace ?? '') === namespace)
  if (templates?.some(isMeant)) return undefined
  return `${clusterScope ? 'cluster' : ''}analysistemplate.argoproj.io "${templateName}" not found`
}

/**
 * Starts the run of an analysis, or finds the one that an earlier reconcile started (behaviour 4.2, 5.4). Returns its
 * name, or undefined if a run that was not observed has the name: the next observation will show it.
 */
export function startRun(turn: Turn, analysis: ExperimentAnalysis): { readonly name: string | undefined } | Problem {
  const built = buildRun(turn, analysis)
  if ('error' in built) return built
  const taken = [...turn.createdRuns, ...(turn.observed.analysisRuns ?? [])]
  const planned = planRunCreation(built.run, taken)
  if ('error' in planned) return planned
  const { name } = planned.run.metadata
  if (planned.reused) return { name }
  const failure = change(turn, { kind: 'createAnalysisRun', analysisRun: planned.run })
  if (failure?.reason === 'alreadyExists') {
    requeueAfter(turn, 1, 'staleObservation', { kind: 'AnalysisRun', name })
    return { name: undefined }
  }
  if (failure) return { error: failure.message }
  turn.createdRuns.push(planned.run)
  return { name }
}

function buildRun(turn: Turn, analysis: ExperimentAnalysis): { readonly run: AnalysisRun } | Problem {
  const { experiment, namespace } = turn
  const resolved = resolveArguments(turn, analysis.args ?? [])
  if ('error' in resolved) return resolved
  const found = collectTemplates({
    refs: [analysis],
    namespace,
    analysisTemplates: turn.observed.analysisTemplates ?? [],
    clusterAnalysisTemplates: turn.observed.clusterAnalysisTemplates ?? [],
  })
  if ('missing' in found) return { error: found.missing.error }
  const { dryRun, measurementRetention, analysisRunMetadata } = experiment.spec
  const built = buildAnalysisRun({
    ...found,
    args: resolved.args,
    dryRun,
    measurementRetention,
    labels: runLabels(experiment),
    annotations: analysisRunMetadata?.annotations,
    name: `${turn.name}-${analysis.name}`,
    namespace,
  })
  if ('error' in built) return built
  const metadata = { ...built.run.metadata, ownerReferences: [ownerReferenceTo(experiment)] }
  // A run that the controller creates has a status from the start.
  return { run: { ...built.run, metadata, status: { phase: '' } } }
}

/** Arguments may refer to pods and times of the Experiment. Quirk kept for fidelity: a `valueFrom` is dropped. */
function resolveArguments(turn: Turn, args: readonly Argument[]): { readonly args: readonly Argument[] } | Problem {
  const replicaSets = Object.fromEntries(turn.replicaSets)
  const resolved: Argument[] = []
  for (const { name, value } of args) {
    if (value === undefined || value === null) {
      resolved.push({ name })
      continue
    }
    const { text, error } = substituteExperiment(value, turn.experiment, replicaSets)
    if (error !== undefined) return { error }
    resolved.push({ name, value: text })
  }
  return { args: resolved }
}

function runLabels({ metadata, spec }: Experiment): StringMap | undefined {
  const instanceId = metadata.labels?.[instanceIdLabel]
  const given = spec.analysisRunMetadata?.labels
  return instanceId ? { [instanceIdLabel]: instanceId, ...given } : given
}
