import type { FieldPath } from '../../input/places'
import { stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const routeToNoPods = rolloutRule(
  {
    id: 'route-to-no-pods',
    severity: 'warning',
    summary: 'a route to a canary that has no pods',
    why: 'A header or mirror route is active from its step on. Before the first `setWeight` or `setCanaryScale` the canary has no pods, so routed requests fail.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/4486',
  },
  function* (rollout) {
    for (const [index, step] of stepsOf(rollout).entries()) {
      const { setWeight = 0, setCanaryScale: scale } = step
      if (setWeight > 0 || scale) return
      const kind = (['setHeaderRoute', 'setMirrorRoute'] as const).find((one) => (step[one]?.match ?? []).length > 0)
      if (!kind) continue
      const path: FieldPath = [...canaryPath, 'steps', index, kind]
      // The next step may bring the pods: nobody stops in between.
      const next = stepsOf(rollout)[index + 1]
      if (next?.setCanaryScale || (next?.setWeight ?? 0) > 0) return
      yield { path, message: `the canary has no pods at this step: put setCanaryScale before ${kind}` }
      return
    }
  },
)
