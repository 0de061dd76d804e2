import type { Invariant, Monitor } from './invariant'
import type { StrategyState } from './state'

/** A question about one state. */
export type Predicate = (now: StrategyState) => boolean

const own = (sentence: string, start: Invariant['start']): Invariant => ({ id: sentence, sentence, threads: [], start })

/** The part of a state that is shown for a violation. */
export const shown = ({ phase, message, weight, pods, stepIndex }: StrategyState): string => {
  const step = stepIndex === null ? '' : `, step ${stepIndex}`
  const { stable, canary } = pods
  return `${phase || 'no status yet'}${message && ` (${message})`}${step}, canary weight ${weight.canary} %, stable ${stable.available}/${stable.wanted} and canary ${canary.available}/${canary.wanted} pods available`
}

/**
 * Must not be true in any state.
 *
 * @example
 * import { never } from 'rollout-engine/check'
 * never('unproven canary above 10 %', (now) => now.weight.canary > 10 && !now.analysisPassed).id // => 'unproven canary above 10 %'
 */
export const never = (sentence: string, happens: Predicate): Invariant =>
  own(sentence, () => ({ next: (now) => (happens(now) ? shown(now) : undefined) }))

/**
 * It is so in every state.
 *
 * @example
 * import { always } from 'rollout-engine/check'
 * always('some pod serves', (now) => now.pods.total.available > 0).sentence // => 'some pod serves'
 */
export const always = (sentence: string, holds: Predicate): Invariant => never(sentence, (now) => !holds(now))

/**
 * Is true in some state before the run ends. At the end of a run faults are over, and a good update had enough time.
 *
 * @example
 * import { eventually } from 'rollout-engine/check'
 * eventually('it gets there', (now) => now.phase === 'Healthy').sentence // => 'it gets there'
 */
export const eventually = (sentence: string, happens: Predicate): Invariant =>
  own(sentence, () => {
    let hasHappened = false
    return {
      next: (now) => {
        hasHappened ||= happens(now)
        return undefined
      },
      end: (atSeconds) => (hasHappened ? undefined : `it did not happen in ${atSeconds} s`),
    }
  })

/**
 * Whenever `trigger` becomes true, `response` is true at most so many seconds later. A run that ends earlier proves
 * nothing.
 *
 * @example
 * import { within } from 'rollout-engine/check'
 * within(60, 'abort takes traffic away', (now) => now.aborted, (then) => then.weight.canary === 0).threads // => []
 */
export const within = (seconds: number, sentence: string, trigger: Predicate, response: Predicate): Invariant =>
  own(sentence, () => awaiting(seconds, trigger, response))

function awaiting(seconds: number, trigger: Predicate, response: Predicate): Monitor {
  let since: number | undefined
  let wasTrue = false
  let last: StrategyState | undefined
  const lateAt = (atSeconds: number): string | undefined => {
    if (since === undefined || atSeconds <= since + seconds || !last) return undefined
    return `it began at ${since} s, and ${seconds} s later: ${shown(last)}`
  }
  return {
    next: (now) => {
      const late = lateAt(now.atSeconds)
      if (late !== undefined) return late
      const isTrue = trigger(now)
      if (isTrue && !wasTrue) since = now.atSeconds
      if (since !== undefined && (response(now) || !isTrue)) since = undefined
      wasTrue = isTrue
      last = now
      return undefined
    },
    end: lateAt,
  }
}

/**
 * `holds` is true in every state until `done` is; without `done`, to the end.
 *
 * @example
 * import { until } from 'rollout-engine/check'
 * until('stable keeps its pods', (now) => now.pods.stable.wanted >= now.replicas, (now) => !now.updating).threads // => []
 */
export const until = (sentence: string, holds: Predicate, done: Predicate): Invariant =>
  own(sentence, () => {
    let isDone = false
    return {
      next: (now) => {
        isDone ||= done(now)
        return isDone || holds(now) ? undefined : shown(now)
      },
    }
  })

/**
 * `second` is true only after `first` was, in the same state at the earliest.
 *
 * @example
 * import { before } from 'rollout-engine/check'
 * before('analysis before 50 %', (now) => now.analysisPassed, (now) => now.weight.canary >= 50).threads // => []
 */
export const before = (sentence: string, first: Predicate, second: Predicate): Invariant =>
  own(sentence, () => {
    let hasHappened = false
    return {
      next: (now) => {
        hasHappened ||= first(now)
        return hasHappened || !second(now) ? undefined : shown(now)
      },
    }
  })

/**
 * A number never falls (`up`) or never rises (`down`). If it is undefined, nothing is compared, and the next number
 * starts anew.
 *
 * @example
 * import { monotone } from 'rollout-engine/check'
 * monotone('up', 'weight only grows', (now) => (now.aborted ? undefined : now.weight.canary)).threads // => []
 */
export const monotone = (
  direction: 'up' | 'down',
  sentence: string,
  numberOf: (now: StrategyState) => number | undefined,
): Invariant =>
  own(sentence, () => {
    let last: number | undefined
    return {
      next: (now) => {
        const number = numberOf(now)
        const from = last
        last = number
        if (from === undefined || number === undefined) return undefined
        const isWrong = direction === 'up' ? number < from : number > from
        return isWrong ? `from ${from} to ${number}: ${shown(now)}` : undefined
      },
    }
  })
