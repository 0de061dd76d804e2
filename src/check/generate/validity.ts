import type { KubeObject } from '../../model/meta'
import type { Rollout } from '../../model/rollout'
import { validateRollout } from '../../rollout/validation/validateRollout'

/** The controller accepts the Rollout. What it refers to is not looked at. */
export const isValid = (rollout: KubeObject): boolean =>
  validateRollout({ rollout: rollout as unknown as Rollout }).length === 0
