import { resyncSeconds } from '../../model/labelKeys'
import { isRouted } from '../../rollout/defaults'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const abortDelayTooLong = rolloutRule(
  {
    id: 'abort-delay-too-long',
    severity: 'warning',
    summary: 'an abort delay that is so long that it ends at once',
    why: 'A canary whose pods are to stay for longer than the 15 minutes after which the controller looks at everything again loses them at once when it is aborted.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1841',
  },
  function* (rollout) {
    const seconds = rollout.spec.strategy?.canary?.abortScaleDownDelaySeconds
    if (!isRouted(rollout) || seconds === undefined || seconds <= resyncSeconds) return
    const path = [...canaryPath, 'abortScaleDownDelaySeconds']
    yield { path, message: `${seconds} s are more than ${resyncSeconds} s: the pods go at once; 0 keeps them` }
  },
)
