import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const abortDelayIgnored = rolloutRule(
  {
    id: 'abort-delay-ignored',
    severity: 'warning',
    summary: 'an abort delay that a basic canary ignores',
    why: 'A canary without a traffic router takes its pods away at once when it is aborted, whatever `abortScaleDownDelaySeconds` says.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1841',
  },
  function* (rollout) {
    const canary = rollout.spec.strategy?.canary
    if (!canary || canary.trafficRouting || canary.abortScaleDownDelaySeconds === undefined) return
    const path = [...canaryPath, 'abortScaleDownDelaySeconds']
    yield { path, message: 'it is ignored without trafficRouting', fix: { op: 'remove', path } }
  },
)
