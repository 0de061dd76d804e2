import type { StrategyState } from './state'

/** What an invariant has to know of the run besides its states. */
export interface RunContext {
  /** From this second on nothing is disturbed any more: no faults, pods start, metrics succeed, a person promotes. */
  readonly healedAtSeconds: number
  /** How long a controller may take in a world that is in order, by the Rollout's own pauses, analyses and delays. */
  readonly settleSeconds: number
}

/** Watches one run. It is told of each state in order, and says what is wrong the first time that something is. */
export interface Monitor {
  readonly next: (now: StrategyState) => string | undefined
  /** Called once, when the run is over, with its last second. */
  readonly end?: (atSeconds: number) => string | undefined
}

/** A sentence about every run of a strategy that has to be true, and how to tell. */
export interface Invariant {
  /** Short and stable: `S3`, or the sentence of a user's own. */
  readonly id: string
  readonly sentence: string
  /** Public threads of people who were hit where it did not hold. */
  readonly threads: readonly string[]
  readonly start: (context: RunContext) => Monitor
}

/** The first thing that went wrong in a run. */
export interface Violation {
  readonly invariant: Invariant
  readonly atSeconds: number
  /** Numbers and names: what was seen. */
  readonly seen: string
  /** Index of the state among those of the run; the number of all states where it showed only at the end. */
  readonly stateIndex: number
}

/** Judges a run while it goes on. */
export interface Judge {
  /** The first violation so far; the state is not looked at once there is one. */
  readonly next: (now: StrategyState) => Violation | undefined
  /** Of a run that is over. */
  readonly end: (atSeconds: number) => Violation | undefined
}

/** Asks the invariants in their order: of several that break in the same state the first is told. */
export function judge(invariants: readonly Invariant[], context: RunContext): Judge {
  const monitors = invariants.map((invariant) => ({ invariant, monitor: invariant.start(context) }))
  let found: Violation | undefined
  let stateIndex = 0
  return {
    next: (now) => {
      for (const { invariant, monitor } of found ? [] : monitors) {
        const seen = monitor.next(now)
        if (seen !== undefined) found ??= { invariant, atSeconds: now.atSeconds, seen, stateIndex }
      }
      stateIndex++
      return found
    },
    end: (atSeconds) => {
      for (const { invariant, monitor } of found ? [] : monitors) {
        const seen = monitor.end?.(atSeconds)
        if (seen !== undefined) found ??= { invariant, atSeconds, seen, stateIndex }
      }
      return found
    },
  }
}
