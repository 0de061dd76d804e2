import type { Monitor } from '../invariant'
import type { StrategyState } from '../state'

/** Two states in a row. */
export interface Step {
  readonly before: StrategyState | undefined
  readonly now: StrategyState
  /** The revision lost serving pods and has not replaced them: caused by the environment, not by a decision. */
  readonly isDisturbed: (hash: string) => boolean
  /** The controller sees the pods of an earlier second: what it decides now cannot be right. */
  readonly isBlind: boolean
}

/** A turn of the Rollout's controller: the only one that an invariant of its decisions judges. */
export const isDecision = ({ now, isBlind }: Step): boolean => !isBlind && now.by.startsWith('Rollout ')

/** A monitor that compares each state with the one before it. */
export const watching =
  (judge: (step: Step) => string | undefined): (() => Monitor) =>
  () => {
    let before: StrategyState | undefined
    const disturbed = new Set<string>()
    const isDisturbed = (hash: string): boolean => disturbed.has(hash)
    let blindUntilSeconds = 0
    return {
      next: (now) => {
        noteDisturbed(disturbed, before, now)
        const { staleSeconds, repeatSeconds, lostEventSeconds } = now.event ?? {}
        const blindSeconds = staleSeconds ?? (repeatSeconds === undefined ? 0 : 1)
        blindUntilSeconds = Math.max(blindUntilSeconds, now.atSeconds + blindSeconds)
        // What is lost may be missing for good.
        if (lostEventSeconds !== undefined) blindUntilSeconds = Number.POSITIVE_INFINITY
        const isBlind = now.atSeconds < blindUntilSeconds
        const seen = judge({ before, now, isDisturbed, isBlind })
        before = now
        return seen
      },
    }
  }

function noteDisturbed(disturbed: Set<string>, before: StrategyState | undefined, now: StrategyState): void {
  for (const { hash, available, wanted } of now.revisions) {
    const was = before?.revisions.find((one) => one.hash === hash)
    if (available >= wanted) disturbed.delete(hash)
    else if (was && available < was.available && wanted >= was.wanted) disturbed.add(hash)
  }
}
