import { givenObject } from '../model/given'
import type { StrategyState } from './state'

/** What an invariant needs to know about the run, in addition to its states. */
export interface RunContext {
  /** From this second on there are no disturbances: no faults, pods start, metrics succeed, a user promotes. */
  readonly healedAtSeconds: number
  /** How long a controller may take without disturbances, based on the Rollout's own pauses, analyses and delays. */
  readonly settleSeconds: number
}

/** Watches one run. It gets each state in order, and returns the first violation. */
export interface Monitor {
  readonly next: (now: StrategyState) => string | undefined
  /** Called once, when the run is over, with its last second. */
  readonly end?: (atSeconds: number) => string | undefined
}

/** A statement that has to be true for every run of a strategy, and how to check it. */
export interface Invariant {
  /** Short and stable: `S3`, or the sentence of a user's own. */
  readonly id: string
  readonly sentence: string
  /** Public threads of users who were affected by a violation. */
  readonly threads: readonly string[]
  readonly start: (context: RunContext) => Monitor
}

/** The first violation in a run. */
export interface Violation {
  readonly invariant: Invariant
  readonly atSeconds: number
  /** The observed numbers and names. */
  readonly seen: string
  /** Index of the state among those of the run; the number of all states if it was found only at the end. */
  readonly stateIndex: number
}

/** Judges a run while it goes on. */
export interface Judge {
  /** The first violation so far; later states are ignored. */
  readonly next: (now: StrategyState) => Violation | undefined
  /** Of a run that is over. */
  readonly end: (atSeconds: number) => Violation | undefined
}

/** Judges a run to its end: the first violation of each invariant, in the order in which they were found. */
export interface WholeJudge {
  readonly next: (now: StrategyState) => void
  readonly end: (atSeconds: number) => readonly Violation[]
}

export function judgeAll(invariants: readonly Invariant[], context: RunContext): WholeJudge {
  const judges = invariants.map((invariant) => judge([invariant], context))
  const found = new Map<Judge, Violation>()
  const note = (one: Judge, violation: Violation | undefined): void => {
    if (violation && !found.has(one)) found.set(one, violation)
  }
  return {
    next: (now) => {
      for (const one of judges) if (!found.has(one)) note(one, one.next(now))
    },
    end: (atSeconds) => {
      for (const one of judges) if (!found.has(one)) note(one, one.end(atSeconds))
      return [...found.values()]
    },
  }
}

/** A sentence that nobody watches does not hold: it must not pass by mistake. */
const unwatched: Monitor = { next: () => 'nothing: its "start" returned no monitor, an object with a function "next"' }

function monitorOf(invariant: Invariant, context: RunContext): Monitor {
  const monitor = givenObject<Monitor>(invariant.start(context))
  const { next, end } = monitor as Partial<Monitor>
  return typeof next === 'function' && (end === undefined || typeof end === 'function') ? monitor : unwatched
}

/** Checks the invariants in order: if several are violated in the same state, the first is reported. */
export function judge(invariants: readonly Invariant[], context: RunContext): Judge {
  const monitors = invariants.map((invariant) => ({ invariant, monitor: monitorOf(invariant, context) }))
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
