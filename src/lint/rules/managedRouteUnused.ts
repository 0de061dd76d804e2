import type { FieldPath } from '../../input/places'
import { stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const managedRouteUnused = rolloutRule(
  {
    id: 'managed-route-unused',
    severity: 'note',
    summary: 'a managed route that no step sets',
    why: '`managedRoutes` names routes that steps create and the controller removes again. A route that no step sets never exists.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/2073',
  },
  function* (rollout) {
    const set = new Set(stepsOf(rollout).flatMap((step) => [step.setHeaderRoute?.name, step.setMirrorRoute?.name]))
    for (const [index, { name }] of (rollout.spec.strategy?.canary?.trafficRouting?.managedRoutes ?? []).entries()) {
      const path: FieldPath = [...canaryPath, 'trafficRouting', 'managedRoutes', index, 'name']
      if (!set.has(name)) yield { path, message: `no step sets the route ${name}` }
    }
  },
)
