import { resyncSeconds } from '../../model/labelKeys'
import { isRouted } from '../../rollout/defaults'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const abortDelayTooLong = rolloutRule(
  {
    id: 'abort-delay-too-long',
    severity: 'warning',
    summary: 'an abortScaleDownDelaySeconds above 15 minutes, which counts as none',
    why: 'The controller looks at every Rollout again after 15 minutes at the latest. A canary that is to keep its pods for longer than that after an abort loses them at once.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1841',
  },
  function* (rollout) {
    const seconds = rollout.spec.strategy?.canary?.abortScaleDownDelaySeconds
    if (!isRouted(rollout) || seconds === undefined || seconds <= resyncSeconds) return
    const path = [...canaryPath, 'abortScaleDownDelaySeconds']
    yield { path, message: `${seconds} s is more than ${resyncSeconds} s: the pods are removed at once; 0 keeps them` }
  },
)
