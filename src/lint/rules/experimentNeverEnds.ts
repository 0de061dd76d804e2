import type { FieldPath } from '../../input/places'
import { stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const experimentNeverEnds = rolloutRule(
  {
    id: 'experiment-never-ends',
    severity: 'warning',
    summary: 'an experiment without an end',
    why: 'Without a `duration`, and without an analysis that is `requiredForCompletion`, an experiment goes on until somebody terminates it, and the update waits.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/900',
  },
  function* (rollout) {
    for (const [index, { experiment }] of stepsOf(rollout).entries()) {
      if (!experiment || (experiment.duration ?? '') !== '') continue
      if (experiment.analyses?.some(({ requiredForCompletion }) => requiredForCompletion)) continue
      const path: FieldPath = [...canaryPath, 'steps', index, 'experiment']
      yield { path, message: 'nothing ends the experiment: set a duration, or requiredForCompletion on an analysis' }
    }
  },
)
