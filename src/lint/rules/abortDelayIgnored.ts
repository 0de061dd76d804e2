import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const abortDelayIgnored = rolloutRule(
  {
    id: 'abort-delay-ignored',
    severity: 'warning',
    summary: 'abortScaleDownDelaySeconds on a canary without a traffic router, which ignores it',
    why: 'A canary without a traffic router takes its pods away at once when it is aborted, whatever `abortScaleDownDelaySeconds` says.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1841',
  },
  function* (rollout) {
    const canary = rollout.spec.strategy?.canary
    if (!canary || canary.trafficRouting || canary.abortScaleDownDelaySeconds === undefined) return
    const path = [...canaryPath, 'abortScaleDownDelaySeconds']
    yield { path, message: 'ignored without trafficRouting', fix: { op: 'remove', path } }
  },
)
