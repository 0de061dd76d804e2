import { stepsOf } from '../../rollout/facts/steps'
import { canaryPath } from '../facts'
import { rolloutRule } from '../rule'

export const backgroundNeverStarts = rolloutRule(
  {
    id: 'background-never-starts',
    severity: 'warning',
    summary: 'a background analysis whose startingStep is after the last step',
    why: '`startingStep` counts from 0. At the number of steps or beyond the update is over before the analysis begins.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/analysis/',
  },
  function* (rollout) {
    const first = rollout.spec.strategy?.canary?.analysis?.startingStep
    const steps = stepsOf(rollout).length
    if (first === undefined || steps === 0 || first < steps) return
    const path = [...canaryPath, 'analysis', 'startingStep']
    yield { path, message: `there are ${steps} steps, counted from 0: the analysis never starts` }
  },
)
