import { blueGreenPath, canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const zeroAbortDelay = rolloutRule(
  {
    id: 'zero-abort-delay',
    severity: 'note',
    summary: 'abortScaleDownDelaySeconds: 0, which means never',
    why: '`abortScaleDownDelaySeconds: 0` does not mean at once: the pods of an aborted update are kept until the next update.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1841',
  },
  function* (rollout) {
    const { canary, blueGreen } = rollout.spec.strategy ?? {}
    const isSet = canary?.trafficRouting ? canary.abortScaleDownDelaySeconds : blueGreen?.abortScaleDownDelaySeconds
    if (isSet !== 0) return
    const path = [...(canary ? canaryPath : blueGreenPath), 'abortScaleDownDelaySeconds']
    yield { path, message: '0 means never: the pods of an aborted update stay; 1 removes them at once' }
  },
)
