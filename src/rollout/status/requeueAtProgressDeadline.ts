import { parseTime } from '../../model/time'
import { progressDeadlineSecondsOf } from '../defaults'
import { secondsNow } from '../facts/clock'
import { conditionOf } from '../facts/conditionList'
import { isHealthy, isIndefiniteStep } from '../facts/health'
import type { NextStatus } from '../turn/draft'
import { requeueAfter } from '../turn/requeue'
import type { Turn } from '../turn/turn'

/** No progress: reconcile again one second after the progress deadline. */
export function requeueAtProgressDeadline(turn: Turn, next: NextStatus): void {
  const { before, rollout } = turn.facts
  const progressing = conditionOf(before.conditions, 'Progressing')
  if (!progressing || isHealthy(rollout, before, next) || progressing.reason === 'ProgressDeadlineExceeded') return
  if ((before.pauseConditions?.length ?? 0) > 0 || rollout.spec.paused || before.abort || isIndefiniteStep(turn.facts))
    return
  const left =
    (parseTime(progressing.lastUpdateTime) ?? 0) + progressDeadlineSecondsOf(rollout) - secondsNow(turn.facts)
  if (left < 1) turn.ledger.requeueSoon = true
  else requeueAfter(turn, left + 1, 'progressDeadline', {})
}
