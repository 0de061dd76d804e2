import type { FieldPath } from '../../input/places'
import { stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const stepChangesNothing = rolloutRule(
  {
    id: 'step-changes-nothing',
    severity: 'warning',
    summary: 'a setWeight that repeats the weight before it',
    why: 'A step that sets the current weight again does nothing. Often a step was copied and not edited.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/canary/',
  },
  function* (rollout) {
    let last: number | undefined
    for (const [index, { setWeight }] of stepsOf(rollout).entries()) {
      if (setWeight === undefined) continue
      const path: FieldPath = [...canaryPath, 'steps', index, 'setWeight']
      if (setWeight === last) yield { path, message: `the weight is ${setWeight} already: the step changes nothing` }
      last = setWeight
    }
  },
)
