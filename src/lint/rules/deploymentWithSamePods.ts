import { isJsonObject } from '../../model/json'
import { matchedLabels, neighbours, sameLabels } from '../facts'
import { rolloutRule } from '../rule'

export const deploymentWithSamePods = rolloutRule(
  {
    id: 'deployment-with-same-pods',
    severity: 'warning',
    summary: 'a Deployment whose pods look like those of the Rollout',
    why: 'A Deployment with the same selector makes pods that every Service of the Rollout selects as well, mostly one that was left over when its Rollout was written.',
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
