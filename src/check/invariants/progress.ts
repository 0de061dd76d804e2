import type { Invariant, Monitor } from '../invariant'
import type { StrategyState } from '../state'
import { isRefusedSpec } from './liveness'

const isRunning = ({ phase }: { readonly phase: string }): boolean =>
  phase === '' || phase === 'Running' || phase === 'Pending'

/**
 * Every pod that is wanted serves, no analysis and no pause is under way, and nobody refuses: nothing outside is
 * missing.
 */
function hasAllItNeeds(now: StrategyState): boolean {
  const { revisions, runs, paused, isRefused, rollout } = now
  return (
    rollout !== undefined &&
    !paused &&
    !isRefused &&
    revisions.every(({ available, wanted }) => available === wanted) &&
    !runs.some(isRunning)
  )
}

/** An update or an abort is under way. */
const isUnfinished = ({ phase, updating, aborted, weight }: StrategyState): boolean =>
  aborted ? updating && (weight.commanded ?? 0) > 0 : phase === 'Progressing'

/**
 * At rest for longer than an undisturbed update takes, with everything there that could be waited for: what it waits
 * for waits for it in turn.
 */
export const noCircularWait: Invariant = {
  id: 'L4',
  sentence: 'an update that lacks nothing from outside moves on',
  threads: ['AR#4898', 'AR#4626'],
  start: ({ settleSeconds }) => {
    let since: number | undefined
    let last: StrategyState | undefined
    const stuck = (atSeconds: number): string | undefined =>
      since === undefined || !last || atSeconds <= since + settleSeconds
        ? undefined
        : `nothing has changed since ${since} s, every pod serves and nothing runs: ${last.phase}: ${last.message}; the canary gets ${last.weight.canary} %`
    return {
      next: (now) => {
        const seen = stuck(now.atSeconds)
        if (seen !== undefined) return seen
        since = isUnfinished(now) && hasAllItNeeds(now) ? now.atSeconds : undefined
        last = now
        return undefined
      },
      end: stuck,
    }
  },
}

/** What has to hold at the end of a run: the world is in order, and a good update had enough time. */
function atTheEnd(problem: (last: StrategyState, isStale: boolean) => string | undefined): Invariant['start'] {
  return ({ healedAtSeconds, settleSeconds }): Monitor => {
    let last: StrategyState | undefined
    let isStale = false
    return {
      next: (now) => {
        const { staleSeconds, repeatSeconds, lostEventSeconds } = now.event ?? {}
        isStale ||= (staleSeconds ?? repeatSeconds ?? lostEventSeconds) !== undefined
        last = now
        return undefined
      },
      end: (atSeconds) =>
        last?.rollout && atSeconds >= healedAtSeconds + settleSeconds ? problem(last, isStale) : undefined,
    }
  }
}

export const supersedeConverges: Invariant = {
  id: 'L5',
  sentence: 'the newest revision becomes stable, and revisions between lose their pods',
  threads: ['AR#3331', 'AR#1690', 'AR#1372', 'AR#1677'],
  start: atTheEnd(({ revisions, stableHash, newestHash, phase, rollout }) => {
    const { blueGreen, canary } = rollout?.spec.strategy ?? {}
    const keepsOld = (blueGreen?.scaleDownDelaySeconds ?? canary?.scaleDownDelaySeconds) !== undefined
    const between = revisions.slice(0, -1).find(({ wanted, hash }) => wanted > 0 && hash !== newestHash)
    if (phase !== 'Healthy' || newestHash !== stableHash || !between || keepsOld) return undefined
    return `revision ${between.revision} still has ${between.wanted} pods`
  }),
}

export const staleReadConverges: Invariant = {
  id: 'L6',
  sentence: 'observations that came late, twice or never do not keep a good update from Healthy',
  threads: ['AR#3316', 'AR#4073', 'AR#2522', 'AR#3988'],
  start: atTheEnd((last, isStale) => {
    const { phase, message, updating } = last
    const isWell = (phase === 'Healthy' && !updating) || isRefusedSpec(last)
    return !isStale || isWell ? undefined : `it is ${phase}: ${message}`
  }),
}
