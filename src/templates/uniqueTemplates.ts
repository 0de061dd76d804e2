import type { AnalysisTemplate } from '../model/analysis'

/** Templates of a namespace, and those of the cluster. */
export interface TemplateLists {
  readonly templates: readonly AnalysisTemplate[]
  readonly clusterTemplates: readonly AnalysisTemplate[]
}

/** Each list with the first template of every name only (behaviour 2.2). */
export const uniqueTemplates = ({ templates, clusterTemplates }: TemplateLists): TemplateLists => ({
  templates: firstOfEachName(templates),
  clusterTemplates: firstOfEachName(clusterTemplates),
})

function firstOfEachName(templates: readonly AnalysisTemplate[]): readonly AnalysisTemplate[] {
  const seen = new Set<string>()
  return templates.filter(({ metadata: { name } }) => !seen.has(name) && seen.add(name))
}
