import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const maxSurgeIgnored = rolloutRule(
  {
    id: 'max-surge-ignored',
    severity: 'note',
    summary: 'maxSurge beside a traffic router, which ignores it',
    why: 'With a traffic router the stable pods stay, and the canary gets all the pods that its weight needs at once. `maxSurge` does not limit them.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/3397',
  },
  function* (rollout) {
    const canary = rollout.spec.strategy?.canary
    if (!canary?.trafficRouting || canary.maxSurge === undefined) return
    const path = [...canaryPath, 'maxSurge']
    yield { path, message: 'ignored with trafficRouting' }
  },
)
