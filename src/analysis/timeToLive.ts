import type { AnalysisRun } from '../model/analysis'
import { isCompletedPhase } from '../model/analysisPhases'
import { parseTime } from '../model/time'

/**
 * Whether a finished run has exceeded its time to live. Runs that ended in an error before they started have no
 * completion time, so they stay (behaviour 4.8, 10.40).
 */
export function isTimeToLiveOver({ spec, status }: AnalysisRun, nowSeconds: number): boolean {
  const completedSeconds = parseTime(status?.completedAt)
  const strategy = spec.ttlStrategy
  if (!strategy || completedSeconds === undefined || !isCompletedPhase(status?.phase)) return false
  const ofPhase =
    status?.phase === 'Successful'
      ? strategy.secondsAfterSuccess
      : status?.phase === 'Failed'
        ? strategy.secondsAfterFailure
        : undefined
  const limitSeconds = ofPhase ?? strategy.secondsAfterCompletion ?? Number.POSITIVE_INFINITY
  return Math.trunc(nowSeconds - completedSeconds) > limitSeconds
}
