import { blueGreenPath, canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const scaleDownAtOnce = rolloutRule(
  {
    id: 'scale-down-at-once',
    severity: 'warning',
    summary: 'old pods that are removed before traffic has left them',
    why: 'Proxies and load balancers learn of a switch some seconds later. With `scaleDownDelaySeconds: 0` the old pods are gone by then, and requests fail.',
    thread: 'https://github.com/argoproj/argo-rollouts/pull/1056',
  },
  function* (rollout) {
    const { canary, blueGreen } = rollout.spec.strategy ?? {}
    const isRouted = canary?.trafficRouting !== undefined
    const seconds = isRouted ? canary.scaleDownDelaySeconds : blueGreen?.scaleDownDelaySeconds
    if (seconds !== 0) return
    const path = [...(isRouted ? canaryPath : blueGreenPath), 'scaleDownDelaySeconds']
    yield {
      path,
      message: 'the old pods are removed as soon as traffic is switched; leave the field out for a delay of 30 s',
    }
  },
)
