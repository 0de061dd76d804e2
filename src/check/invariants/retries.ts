import type { Invariant } from '../invariant'
import type { RunState, StrategyState } from '../state'
import { isPastDeadline } from './clocks'
import { isDecision, watching } from './steps'

const isBad = ({ phase }: RunState): boolean => phase === 'Failed' || phase === 'Error'

/** A user ran `retry` after an abort: the analyses that had ended before say nothing about the new try. */
interface Retry {
  readonly atSeconds: number
  readonly hash: string | undefined
  readonly ended: readonly RunState[]
}

const retryOf = ({ atSeconds, newestHash, runs }: StrategyState): Retry => ({
  atSeconds,
  hash: newestHash,
  ended: runs.filter((run) => run.hash === newestHash && isBad(run)),
})

/** The run of the earlier try by which the new one was aborted. */
function blamed({ hash, ended }: Retry, { newestHash, runs, rollout, message }: StrategyState): RunState | undefined {
  if (newestHash !== hash || rollout?.spec.strategy?.canary?.steps?.some(({ experiment }) => experiment))
    return undefined
  const known = new Set(ended.map(({ name }) => name))
  const isOwn = runs.some((run) => run.hash === hash && isBad(run) && !known.has(run.name))
  return isOwn || !/analysis|assessed/.test(message) ? undefined : ended[0]
}

export const freshRetry: Invariant = {
  id: 'V4',
  sentence: 'an update that is retried is judged by new analyses, not by those of the try before',
  threads: ['AR#2897', 'AR#2824', 'AR#841'],
  start: () => {
    let retry: Retry | undefined
    return watching((step) => {
      const { before, now } = step
      if (now.event?.command === 'retry' && before?.aborted) retry = retryOf(now)
      else if (now.event?.image !== undefined || now.event?.command === 'abort') retry = undefined
      if (!retry || !isDecision(step) || !now.aborted || before?.aborted || isPastDeadline(now)) return undefined
      const run = blamed(retry, now)
      const { atSeconds } = retry
      retry = undefined
      return run && `retried at ${atSeconds} s, and aborted again by ${run.name}, which had ended ${run.phase} before`
    })()
  },
}
