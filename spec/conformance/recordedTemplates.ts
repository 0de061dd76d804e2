import type { AnalysisTemplate, Argument } from '../../src/model/analysis'
import { collectTemplates } from '../../src/model/analysisRuns/collectTemplates'
import { resolveMetricArgs } from '../../src/model/analysisRuns/resolveMetricArgs'
import type { RolloutAnalysis } from '../../src/model/rollout'
import type { RolloutObservation } from '../../src/rollout/observation'

/**
 * The controller validates analyses with made-up arguments, and puts them into the template object that it was given. Its
 * informers hand out copies, so that nobody sees it; the recordings' handed out the objects themselves: recorded runs of
 * steps and promotions measure `dummy-value` where an argument belongs. The engine itself measures what was meant.
 */
export function withRecordedTemplates(observation: RolloutObservation): RolloutObservation {
  const spoilt = new Map<AnalysisTemplate, AnalysisTemplate>()
  for (const analysis of foregroundAnalyses(observation)) {
    const found = collectTemplates({
      refs: analysis.templates ?? [],
      namespace: observation.rollout.metadata.namespace ?? '',
      analysisTemplates: observation.analysisTemplates ?? [],
      clusterAnalysisTemplates: observation.clusterAnalysisTemplates ?? [],
    })
    if ('missing' in found) continue
    for (const template of [...found.templates, ...found.clusterTemplates]) spoilt.set(template, spoil(template))
  }
  const replace = (templates: readonly AnalysisTemplate[] | undefined) =>
    templates?.map((template) => spoilt.get(template) ?? template)
  return {
    ...observation,
    analysisTemplates: replace(observation.analysisTemplates),
    clusterAnalysisTemplates: replace(observation.clusterAnalysisTemplates),
  }
}

function foregroundAnalyses({ rollout }: RolloutObservation): readonly RolloutAnalysis[] {
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  const analyses = blueGreen
    ? [blueGreen.prePromotionAnalysis, blueGreen.postPromotionAnalysis]
    : (canary?.steps ?? []).map((step) => step.analysis)
  return analyses.filter((analysis) => analysis !== undefined && analysis !== null)
}

function spoil(template: AnalysisTemplate): AnalysisTemplate {
  const args = (template.spec.args ?? []).map(
    (arg): Argument => ({ name: arg.name, value: arg.value ?? 'dummy-value' }),
  )
  const metrics = (template.spec.metrics ?? []).map((metric) => resolveMetricArgs(metric, args))
  if (metrics.some((one) => 'error' in one)) return template
  return {
    ...template,
    spec: { ...template.spec, metrics: metrics.flatMap((one) => ('metric' in one ? [one.metric] : [])) },
  }
}
