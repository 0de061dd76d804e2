import { blueGreenPath } from '../facts'
import { rolloutRule } from '../rule'

export const autoPromotionNever = rolloutRule(
  {
    id: 'auto-promotion-never',
    severity: 'warning',
    summary: 'autoPromotionSeconds beside autoPromotionEnabled: false, which turns them off',
    why: 'With `autoPromotionEnabled: false` a person has to promote, and `autoPromotionSeconds` has no effect. It works where `autoPromotionEnabled` is left out.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/2000',
  },
  function* (rollout) {
    const { autoPromotionEnabled, autoPromotionSeconds = 0 } = rollout.spec.strategy?.blueGreen ?? {}
    if (autoPromotionEnabled !== false || autoPromotionSeconds <= 0) return
    const path = [...blueGreenPath, 'autoPromotionSeconds']
    yield {
      path,
      message: 'autoPromotionEnabled: false leaves promotion to a person: autoPromotionSeconds has no effect',
    }
  },
)
