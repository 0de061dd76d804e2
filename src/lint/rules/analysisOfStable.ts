import { analysesOf } from '../facts'
import { rolloutRule } from '../rule'

export const analysisOfStable = rolloutRule(
  {
    id: 'analysis-of-stable',
    severity: 'warning',
    summary: 'an analysis of the canary that measures the stable version',
    why: "An analysis of a canary that is told to look at the stable Service, or at the stable pods' hash alone, judges the old version: it passes whatever the new one does.",
    thread: 'https://github.com/argoproj/argo-rollouts/issues/3802',
  },
  function* (rollout) {
    const { stableService, canaryService, trafficRouting } = rollout.spec.strategy?.canary ?? {}
    // Without a router the stable Service may be the one that everybody uses.
    if (!stableService || !trafficRouting) return
    // `web-stable`, or an address that begins with it.
    const names = (value: string | undefined, service: string | undefined): boolean =>
      value !== undefined && value.replace(/^https?:\/\//, '').split(/[.:/]/)[0] === service
    for (const { path, analysis } of analysesOf(rollout)) {
      const args = analysis.args ?? []
      const stable = args.findIndex(
        ({ value, valueFrom }) => names(value, stableService) || valueFrom?.podTemplateHashValue === 'Stable',
      )
      const comparesToo = args.some(
        ({ value, valueFrom }) => names(value, canaryService) || valueFrom?.podTemplateHashValue === 'Latest',
      )
      if (stable < 0 || comparesToo) continue
      yield {
        path: [...path, 'args', stable],
        message: `${args[stable]?.name} is the stable version, and no argument names the new one`,
      }
    }
  },
)
