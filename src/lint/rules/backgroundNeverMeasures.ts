import { analysesOf, secondsFrom, secondsOf, templatesOf } from '../facts'
import { rolloutRule } from '../rule'

export const backgroundNeverMeasures = rolloutRule(
  {
    id: 'background-never-measures',
    severity: 'warning',
    summary: 'a background analysis whose first measurement comes after the last step',
    why: 'A background analysis ends with the last step. A metric whose `initialDelay` is longer than all pauses together is never measured.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1360',
  },
  function* (rollout, at, target) {
    for (const { path, analysis, isBackground } of analysesOf(rollout)) {
      const left = secondsFrom(rollout, rollout.spec.strategy?.canary?.analysis?.startingStep ?? 0)
      const templates = isBackground ? (templatesOf(target, at, analysis) ?? []) : []
      for (const { metadata, spec } of templates) {
        const late = spec.metrics?.find(({ initialDelay }) => (secondsOf(initialDelay) ?? 0) > left)
        if (!late) continue
        const message = `the metric ${late.name} of ${metadata.name} waits ${late.initialDelay}, and all pauses together last ${left} s: it is never measured`
        yield { path: [...path, 'templates'], message }
      }
    }
  },
)
