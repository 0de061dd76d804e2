import type { AnalysisTemplate } from '../model/analysis'
import type { ReplayIssue } from '../replay/prepareRun'

/** Templates that others name and that are in no file, as templates without metrics, each with a warning. */
export interface MissingTemplates {
  readonly library: readonly AnalysisTemplate[]
  readonly issues: readonly ReplayIssue[]
}

/** Missing templates cannot be judged: the verdict is based on the other metrics, with a message. */
export function missingTemplates(known: readonly AnalysisTemplate[]): MissingTemplates {
  const names = new Set(known.map(({ metadata }) => metadata.name))
  const library: AnalysisTemplate[] = []
  const issues: ReplayIssue[] = []
  for (const { metadata, spec } of known) {
    for (const [index, { templateName: name, clusterScope }] of (spec.templates ?? []).entries()) {
      if (!name || names.has(name)) continue
      names.add(name)
      const kind = clusterScope ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate'
      const namespace = clusterScope ? undefined : metadata.namespace
      library.push({ kind, metadata: { name, ...(namespace && { namespace }) }, spec: { metrics: [] } })
      const message = `${kind} ${name} is not among the files: its metrics are taken to be Successful; --strict refuses that`
      issues.push({
        code: 'assumed',
        path: `spec.templates[${index}]`,
        message,
        severity: 'warning',
        template: metadata.name,
      })
    }
  }
  return { library, issues }
}
