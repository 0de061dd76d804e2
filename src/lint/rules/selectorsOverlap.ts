import { matchedLabels, namespaceOf, sameLabels } from '../facts'
import { rolloutRule } from '../rule'

export const selectorsOverlap = rolloutRule(
  {
    id: 'selectors-overlap',
    severity: 'warning',
    summary: 'two Rollouts with the same selector',
    why: 'The Services of two Rollouts in one namespace with the same selector send traffic to the pods of both.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/specification/',
  },
  function* (rollout, at, target) {
    const selected = matchedLabels(rollout.spec.selector)
    for (const other of target) {
      // Told once, of the later one; other files may be other clusters.
      if (other === at) return
      if (other.object.kind !== 'Rollout' || other.file !== at.file || namespaceOf(other) !== namespaceOf(at)) continue
      if (other.object.metadata.name === rollout.metadata.name) continue
      const others = matchedLabels((other.object.spec as { readonly selector?: unknown } | undefined)?.selector)
      if (!selected || !others || !sameLabels(selected, others)) continue
      yield { path: ['spec', 'selector'], message: `the Rollout ${other.object.metadata.name} has the same selector` }
    }
  },
)
