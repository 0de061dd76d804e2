import type { Blocker } from '../model/blocker'
import type { OpenMetric } from './requeue'

/** Why a run has no verdict yet: one blocker for each metric that is not finished. */
export const runBlockers = (
  open: readonly OpenMetric[],
  startedAt: string | undefined,
  nowSeconds: number,
): readonly Blocker[] => open.map((metric) => blockerOf(metric, startedAt, nowSeconds))

function blockerOf(
  { metric, last, inFlight, nextSeconds }: OpenMetric,
  startedAt: string | undefined,
  now: number,
): Blocker {
  if (inFlight) {
    return { code: 'measurement', data: { metric: metric.name }, since: last?.startedAt }
  }
  const since = last?.finishedAt ?? startedAt
  if (nextSeconds === undefined) return { code: 'assessment', data: { metric: metric.name }, since }
  return { code: 'interval', data: { metric: metric.name, seconds: Math.max(0, nextSeconds - now) }, since }
}
