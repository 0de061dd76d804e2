import type { Blocker } from '../model/decision'
import type { OpenMetric } from './requeue'

/** Why a run has no verdict yet: one blocker for each metric that is not through. */
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
    const waitsFor = `metric ${metric.name}: its measurement in flight`
    return { kind: 'measurement', waitsFor, since: last?.startedAt, clearedBy: 'the provider' }
  }
  const since = last?.finishedAt ?? startedAt
  if (nextSeconds === undefined) {
    return {
      kind: 'progress',
      waitsFor: `metric ${metric.name}: its assessment`,
      since,
      clearedBy: 'the next reconcile',
    }
  }
  const waitsFor = `metric ${metric.name}: ${Math.max(0, nextSeconds - now)} s until its next measurement`
  return { kind: 'interval', waitsFor, since, clearedBy: 'time' }
}
