import { collectTemplates } from '../../model/analysisRuns/collectTemplates'
import type { RunRole } from '../../model/analysisRuns/runLabels'
import type { TemplateLists } from '../../model/analysisRuns/uniqueTemplates'
import type { RolloutAnalysis } from '../../model/rollout'
import { stepsOf } from '../steps/steps'
import type { Problem, Turn } from '../turn'
import { invalidReference } from '../validation/fieldProblem'

/** An analysis that the Rollout names, and where. */
export interface AnalysisReference {
  readonly role: RunRole['kind']
  readonly path: string
  readonly analysis: RolloutAnalysis
}

/** In the order in which the controller looks at them; analyses of experiment steps are not among them (behaviour 2.2). */
export function analysisReferences(turn: Turn): readonly AnalysisReference[] {
  const { canary, blueGreen } = turn.rollout.spec.strategy ?? {}
  const references: AnalysisReference[] = []
  const note = (role: AnalysisReference['role'], field: string, analysis: RolloutAnalysis | undefined | null): void => {
    if (analysis) references.push({ role, path: `spec.strategy.${field}.templates`, analysis })
  }
  if (blueGreen) {
    note('prePromotion', 'blueGreen.prePromotionAnalysis', blueGreen.prePromotionAnalysis)
    note('postPromotion', 'blueGreen.postPromotionAnalysis', blueGreen.postPromotionAnalysis)
    return references
  }
  stepsOf(turn.rollout).forEach((step, index) => {
    if (step.analysis) note('step', `canary.steps[${index}].analysis`, step.analysis)
  })
  note('background', 'canary.analysis', canary?.analysis)
  return references
}

/** The templates of an analysis as they stand in the turn. */
export function templatesOf(turn: Turn, { path, analysis }: AnalysisReference): TemplateLists | Problem {
  const found = collectTemplates({
    refs: analysis.templates ?? [],
    namespace: turn.namespace,
    analysisTemplates: turn.analysisTemplates,
    clusterAnalysisTemplates: turn.clusterAnalysisTemplates,
  })
  if (!('missing' in found)) return found
  const { templateName, clusterScope, nested, reason, error } = found.missing
  const kind = clusterScope ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate'
  const detail = reason === 'notFound' ? `${kind} '${templateName}' not found` : error
  return invalidReference(nested ? 'spec.templates' : path, templateName, detail)
}
