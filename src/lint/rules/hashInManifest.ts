import { isJsonObject } from '../../model/json'
import { podTemplateHashLabel } from '../../model/labelKeys'
import { isFromCluster } from '../facts'
import type { Rule } from '../rule'

export const hashInManifest: Rule = {
  id: 'hash-in-manifest',
  severity: 'warning',
  summary: 'a pod template hash of the controller in a manifest',
  why: 'The controller writes `rollouts-pod-template-hash` into Services and pods. In a manifest it was copied from a cluster, and every apply sends traffic back to an old ReplicaSet.',
  thread: 'https://github.com/argoproj/argo-rollouts/issues/83',
  *check(target) {
    for (const at of target) {
      if (isFromCluster(at)) continue
      const { kind, spec } = at.object
      const labels = kind === 'Service' ? ['selector'] : kind === 'Rollout' ? ['template', 'metadata', 'labels'] : []
      let found: unknown = labels.length === 0 ? undefined : spec
      for (const name of labels) found = isJsonObject(found) ? found[name] : undefined
      if (!isJsonObject(found) || !Object.hasOwn(found, podTemplateHashLabel)) continue
      const path = ['spec', ...labels, podTemplateHashLabel]
      yield {
        at,
        path,
        message: `${podTemplateHashLabel} belongs to the controller: leave it out`,
        fix: { op: 'remove', path },
      }
    }
  },
}
