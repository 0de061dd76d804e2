import type { AnalysisTemplate, AnalysisTemplateRef } from '../model/analysis'
import type { ExperimentObservation } from './observation'

type Found = { readonly template: AnalysisTemplate } | { readonly error: string }

/** Looks a template up as the controller does; `error` is the API server's text. */
export function findTemplate(observed: ExperimentObservation, ref: AnalysisTemplateRef): Found {
  const templates = ref.clusterScope ? observed.clusterAnalysisTemplates : observed.analysisTemplates
  const name = ref.templateName ?? ''
  const template = templates?.find(({ metadata }) => metadata.name === name)
  if (template) return { template }
  const resource = ref.clusterScope ? 'clusteranalysistemplate' : 'analysistemplate'
  return { error: `${resource}.argoproj.io "${name}" not found` }
}

export interface CollectedTemplates {
  readonly templates: readonly AnalysisTemplate[]
  readonly clusterTemplates: readonly AnalysisTemplate[]
}

/**
 * A template and all that it refers to, each once, in the order in which references are met depth first. Templates that
 * refer to each other in a circle, with which the controller never ends, count once as well.
 */
export function collectTemplates(
  observed: ExperimentObservation,
  first: AnalysisTemplateRef,
): CollectedTemplates | { readonly error: string } {
  const templates: AnalysisTemplate[] = []
  const clusterTemplates: AnalysisTemplate[] = []
  const seen = new Set<string>()
  const open: AnalysisTemplateRef[] = [first]
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    const key = `${ref.clusterScope ? 'cluster' : 'namespace'}/${ref.templateName ?? ''}`
    if (seen.has(key)) continue
    seen.add(key)
    const found = findTemplate(observed, ref)
    if ('error' in found) return found
    ;(ref.clusterScope ? clusterTemplates : templates).push(found.template)
    open.push(...[...(found.template.spec.templates ?? [])].reverse())
  }
  return { templates, clusterTemplates }
}
