import { blueGreenPath } from '../facts'
import { rolloutRule } from '../rule'

export const autoPromotionZero = rolloutRule(
  {
    id: 'auto-promotion-zero',
    severity: 'warning',
    summary: 'autoPromotionSeconds: 0, which promotes at once',
    why: '`autoPromotionSeconds: 0` is no pause at all: the new pods get the traffic as soon as they are ready.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/351',
  },
  function* (rollout) {
    const { autoPromotionEnabled, autoPromotionSeconds } = rollout.spec.strategy?.blueGreen ?? {}
    if (autoPromotionSeconds !== 0 || autoPromotionEnabled === false) return
    const path = [...blueGreenPath, 'autoPromotionSeconds']
    yield {
      path,
      message: '0 seconds is no pause: the new pods get the traffic as soon as they are ready',
      fix: { op: 'remove', path },
    }
  },
)
