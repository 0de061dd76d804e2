import { isJsonObject } from '../../model/json'
import { matchedLabels, neighbours, sameLabels } from '../facts'
import { rolloutRule } from '../rule'

export const deploymentWithSamePods = rolloutRule(
  {
    id: 'deployment-with-same-pods',
    severity: 'warning',
    summary: "a Deployment with the Rollout's selector",
    why: 'Services of the Rollout also select the pods of a Deployment with the same selector. Often the Deployment was left over when the Rollout was written.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/migrating/',
  },
  function* (rollout, at, target) {
    const selected = matchedLabels(rollout.spec.selector)
    if (!selected || rollout.spec.workloadRef) return
    for (const { object } of neighbours(target, at, 'Deployment')) {
      const spec = isJsonObject(object.spec) ? object.spec : {}
      const others = matchedLabels(spec.selector)
      if (!others || !sameLabels(selected, others) || spec.replicas === 0) continue
      yield {
        path: ['spec', 'selector'],
        message: `the Deployment ${object.metadata.name} has the same selector, so Services send traffic to its pods too`,
      }
    }
  },
)
