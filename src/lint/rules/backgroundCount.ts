import { intValue } from '../../kube/intOrString'
import type { Metric } from '../../model/analysis'
import { analysesOf, canaryPath, secondsFrom, secondsOf, templatesOf } from '../facts'
import { rolloutRule } from '../rule'

/** When a metric with a count is measured for the last time; undefined if it never ends, or nobody knows. */
function endOf({ count, interval, initialDelay, provider }: Metric): number | undefined {
  const times = typeof count === 'string' && !/^\d+$/.test(count) ? undefined : intValue(count)
  if (times === undefined || times <= 1 || provider.job !== undefined) return undefined
  const [every, delay] = [secondsOf(interval), secondsOf(initialDelay ?? '0s')]
  return every === undefined || delay === undefined ? undefined : delay + (times - 1) * every
}

export const backgroundCount = rolloutRule(
  {
    id: 'background-count',
    severity: 'warning',
    summary: 'a background analysis that can end before the update does',
    why: 'A metric with a `count` ends after that many measurements. From then on, it no longer watches the update.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1666',
  },
  function* (rollout, at, target) {
    for (const { path, analysis, isBackground } of analysesOf(rollout)) {
      const left = secondsFrom(rollout, rollout.spec.strategy?.canary?.analysis?.startingStep ?? 0)
      const templates = isBackground ? (templatesOf(target, at, analysis) ?? []) : []
      for (const { metadata, spec } of templates) {
        const short = spec.metrics?.find((metric) => (endOf(metric) ?? Number.POSITIVE_INFINITY) < left)
        if (!short || path.length !== canaryPath.length + 1) continue
        const rest = Number.isFinite(left) ? `the update takes ${left} s or more` : 'the update waits for longer'
        const message = `the metric ${short.name} of ${metadata.name} is measured ${short.count} times, until ${endOf(short)} s, and ${rest}: leave count out`
        yield { path: [...path, 'templates'], message }
      }
    }
  },
)
