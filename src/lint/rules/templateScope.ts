import { analysesOf, neighbours, templateOf } from '../facts'
import { rolloutRule } from '../rule'

export const templateScope = rolloutRule(
  {
    id: 'template-scope',
    severity: 'warning',
    summary: 'a reference to an analysis template of the wrong scope',
    why: '`templateName` refers to an AnalysisTemplate of the namespace, with `clusterScope: true` to a ClusterAnalysisTemplate. In the wrong scope the template is not found, and the Rollout is refused.',
    thread: 'https://github.com/argoproj/argo-rollouts/pull/560',
  },
  function* (rollout, at, target) {
    for (const { path, analysis } of analysesOf(rollout)) {
      for (const [index, ref] of (analysis.templates ?? []).entries()) {
        if (templateOf(target, at, ref)) continue
        const isWide = ref.clusterScope === true
        const other = isWide ? 'AnalysisTemplate' : 'ClusterAnalysisTemplate'
        if (!neighbours(target, at, other).some(({ object }) => object.metadata.name === ref.templateName)) continue
        const place = [...path, 'templates', index]
        const scope = [...place, 'clusterScope']
        const message = `${ref.templateName} is ${isWide ? 'an' : 'a'} ${other}: ${isWide ? 'leave clusterScope out' : 'say clusterScope: true'}`
        const fix = isWide
          ? ({ op: 'remove', path: scope } as const)
          : ({ op: 'add', path: scope, value: true } as const)
        yield { path: [...place, 'templateName'], message, fix }
      }
    }
  },
)
