import type { AnalysisRun } from '../../model/analysis'
import { withFields } from '../../model/copies'
import { instanceIdLabel, revisionAnnotation } from '../../model/labelKeys'
import type { RolloutAnalysis } from '../../model/rollout'
import { buildAnalysisRun } from '../../templates/buildAnalysisRun'
import { buildArguments } from '../../templates/buildArguments'
import { collectTemplates } from '../../templates/collectTemplates'
import { planRunCreation } from '../../templates/planRunCreation'
import { type RunRole, runLabels } from '../../templates/runLabels'
import type { Facts } from '../facts/facts'
import { ownerReferenceTo } from '../facts/owner'
import { podHash } from '../facts/replicaSets'
import { commit } from '../turn/commit'
import type { Problem } from '../turn/flow'
import type { Turn } from '../turn/turn'

/** The field of the Rollout that asks for a run. */
function fieldOfRun(role: RunRole): string {
  switch (role.kind) {
    case 'step':
      return `spec.strategy.canary.steps[${role.stepIndex}].analysis`
    case 'prePromotion':
      return 'spec.strategy.blueGreen.prePromotionAnalysis'
    case 'postPromotion':
      return 'spec.strategy.blueGreen.postPromotionAnalysis'
    case 'background':
      return 'spec.strategy.canary.analysis'
  }
}

/** The suffix of a run's name, by role; a background run has none. */
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
 * Starts the run of an analysis, or reuses the unfinished one that an earlier reconcile created without recording it
 * (behaviour 3.13).
 */
export function startRun(turn: Turn, analysis: RolloutAnalysis, role: RunRole): AnalysisRun | Problem {
  const built = buildRun(turn.facts, analysis, role)
  if ('error' in built) return built
  const planned = planRunCreation(built, turn.facts.observed.analysisRuns ?? [])
  const path = fieldOfRun(role)
  if ('error' in planned) return { ...planned, path }
  const { run } = planned
  if (planned.reused) return run
  const failure = commit(turn, { kind: 'createAnalysisRun', analysisRun: run })
  return failure ? { error: failure.message, code: 'create-refused', path } : run
}

function buildRun(facts: Facts, analysis: RolloutAnalysis, role: RunRole): AnalysisRun | Problem {
  const { rollout, namespace, name } = facts
  const hash = podHash(facts.newSet)
  const hashes = { latest: hash, stable: podHash(facts.stableSet) }
  const { args, error } = buildArguments(analysis.args ?? [], rollout, hashes)
  const path = fieldOfRun(role)
  if (error !== undefined) return { error, path: `${path}.args` }
  const templates = collectTemplates({
    refs: analysis.templates ?? [],
    namespace,
    analysisTemplates: facts.analysisTemplates,
    clusterAnalysisTemplates: facts.clusterAnalysisTemplates,
  })
  if ('missing' in templates)
    return { error: templates.missing.error, code: 'not-found', path: `${path}.templates`, forgotten: true }
  const revision = rollout.metadata.annotations?.[revisionAnnotation] ?? ''
  const suffix = suffixOf(role)
  const built = buildAnalysisRun({
    templates: templates.templates,
    clusterTemplates: templates.clusterTemplates,
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
  if ('error' in built) return { ...built, path }
  const metadata = withFields(built.run.metadata, { ownerReferences: [ownerReferenceTo(facts)] })
  // A run that the controller creates has a status from the start.
  return withFields(built.run, { metadata, status: { phase: '' } as const })
}
