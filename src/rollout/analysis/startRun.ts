import type { AnalysisRun } from '../../model/analysis'
import { failureOf } from '../../model/changeKey'
import { instanceIdLabel, revisionAnnotation } from '../../model/labelKeys'
import type { RolloutAnalysis } from '../../model/rollout'
import { buildAnalysisRun } from '../../templates/buildAnalysisRun'
import { buildArguments } from '../../templates/buildArguments'
import { collectTemplates } from '../../templates/collectTemplates'
import { planRunCreation } from '../../templates/planRunCreation'
import { type RunRole, runLabels } from '../../templates/runLabels'
import { newSet, podHash, stableSet } from '../pods/replicaSets'
import { ownerReferenceTo } from '../revision/identify'
import type { Problem, Turn } from '../turn'

/** Last part of a run's name, by role; a background run has none. */
function suffixOf(role: RunRole): string | undefined {
  switch (role.kind) {
    case 'step':
      return String(role.stepIndex)
    case 'prePromotion':
      return 'pre'
    case 'postPromotion':
      return 'post'
    case 'background':
      return undefined
  }
}

/**
 * Starts the run of an analysis, or takes the unfinished one that an earlier reconcile has started and not noted down
 * (behaviour 3.13).
 */
export function startRun(turn: Turn, analysis: RolloutAnalysis, role: RunRole): AnalysisRun | Problem {
  const built = buildRun(turn, analysis, role)
  if ('error' in built) return built
  const planned = planRunCreation(built, turn.observed.analysisRuns ?? [])
  if ('error' in planned) return planned
  const { run } = planned
  if (planned.reused) return run
  const change = { kind: 'createAnalysisRun', analysisRun: run } as const
  turn.changes.push(change)
  turn.analysisRuns = [...turn.analysisRuns, run]
  const failure = failureOf(turn.observed.answers, change)
  return failure ? { error: failure.message, code: 'create-refused' } : run
}

function buildRun(turn: Turn, analysis: RolloutAnalysis, role: RunRole): AnalysisRun | Problem {
  const { rollout, namespace, name } = turn
  const hash = podHash(newSet(turn))
  const hashes = { latest: hash, stable: podHash(stableSet(turn)) }
  const { args, error } = buildArguments(analysis.args ?? [], rollout, hashes)
  if (error !== undefined) return { error }
  const templates = collectTemplates({
    refs: analysis.templates ?? [],
    namespace,
    analysisTemplates: turn.analysisTemplates,
    clusterAnalysisTemplates: turn.clusterAnalysisTemplates,
  })
  if ('missing' in templates) return { error: templates.missing.error, code: 'not-found', forgotten: true }
  const revision = rollout.metadata.annotations?.[revisionAnnotation] ?? ''
  const suffix = suffixOf(role)
  const built = buildAnalysisRun({
    ...templates,
    args,
    dryRun: analysis.dryRun,
    measurementRetention: analysis.measurementRetention,
    labels: {
      ...runLabels(role, hash, rollout.metadata.labels?.[instanceIdLabel]),
      ...analysis.analysisRunMetadata?.labels,
      ...rollout.spec.selector?.matchLabels,
    },
    annotations: { [revisionAnnotation]: revision, ...analysis.analysisRunMetadata?.annotations },
    name: [name, hash, revision, ...(suffix === undefined ? [] : [suffix])].join('-'),
    namespace,
  })
  if ('error' in built) return built
  const metadata = { ...built.run.metadata, ownerReferences: [ownerReferenceTo(turn)] }
  // A run that the controller writes has a status from the start.
  return { ...built.run, metadata, status: { phase: '' } }
}
