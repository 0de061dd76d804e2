import type { FieldPath } from '../../input/places'
import { pauseSecondsOf, stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const pauseOfNoTime = rolloutRule(
  {
    id: 'pause-of-no-time',
    severity: 'warning',
    summary: 'a pause of 0, which does not pause',
    why: '`pause: {}` waits for a person; `duration: 0` waits for nobody and is over at once.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/canary/',
  },
  function* (rollout) {
    for (const [index, { pause }] of stepsOf(rollout).entries()) {
      if (!pause || pauseSecondsOf(pause) !== 0) continue
      const path: FieldPath = [...canaryPath, 'steps', index, 'pause', 'duration']
      yield { path, message: `a pause of ${pause.duration} is over at once; pause: {} waits until somebody promotes` }
    }
  },
)
