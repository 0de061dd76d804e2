import { shown } from '../check/combinators'
import type { Monitor, RunContext } from '../check/invariant'
import { type StrategyState, stateOf } from '../check/state'
import type { NamedCondition, NamedValues } from '../expr/named'
import type { Timeline } from '../simulate/simulation'
import type { Turn } from '../simulate/tracedTurn'
import { numbersOfEnd, valuesOfEnd, valuesOfState } from './names'
import type { Sentence } from './sentences'

/** The state after a turn and its values, made once for all that judge it. */
export interface Judged {
  readonly now: StrategyState
  readonly values: NamedValues
}

/** Most turns of a run without expectations are judged by nobody: nothing is made before it is asked for. */
export function judgedOf(turn: Turn): Judged {
  let now: StrategyState | undefined
  let values: NamedValues | undefined
  return {
    get now() {
      now ??= stateOf(turn)
      return now
    },
    get values() {
      values ??= valuesOfState(this.now)
      return values
    },
  }
}

/** That a sentence does not hold: since when, and what was seen. */
export interface Seen {
  readonly atSeconds: number
  readonly seen: string
}

/** Watches one sentence. What it gives back is why it does not hold. */
export interface SentenceMonitor {
  readonly next: (judged: Judged) => Seen | undefined
  /** Of a run that is over. */
  readonly end: (untilSeconds: number, last: StrategyState | undefined, timeline: Timeline) => Seen | undefined
}

const seenAt = (atSeconds: number, seen: string | undefined): Seen | undefined =>
  seen === undefined ? undefined : { atSeconds, seen }

type MonitorOf<Kind extends Sentence['kind']> = (
  sentence: Extract<Sentence, { readonly kind: Kind }>,
) => SentenceMonitor

const nothing = (): undefined => undefined

const is = (condition: NamedCondition, values: NamedValues): boolean | string => {
  const judged = condition(values)
  return 'issue' in judged ? `it cannot be judged: ${judged.issue.message}` : judged.value
}

/** In every state the condition has to have the value `wanted`. */
const throughout =
  (wanted: boolean): MonitorOf<'never' | 'always'> =>
  ({ holds }) => ({
    next: ({ now, values }) => {
      const value = is(holds, values)
      if (value === wanted) return undefined
      return seenAt(now.atSeconds, typeof value === 'string' ? value : shown(now))
    },
    end: nothing,
  })

const eventually: MonitorOf<'eventually'> = ({ holds, withinSeconds = Number.POSITIVE_INFINITY }) => {
  let hasHappened = false
  let last: StrategyState | undefined
  const late = (atSeconds: number): Seen | undefined =>
    hasHappened || atSeconds <= withinSeconds || !last
      ? undefined
      : seenAt(withinSeconds, `it was not so within ${withinSeconds} s: ${shown(last)}`)
  return {
    next: ({ now, values }) => {
      const seen = late(now.atSeconds)
      if (seen || hasHappened) return seen
      const value = is(holds, values)
      if (typeof value === 'string') return seenAt(now.atSeconds, value)
      hasHappened = value
      last = now
      return undefined
    },
    end: (untilSeconds) => {
      if (hasHappened) return undefined
      const end = last ? `: at the end ${shown(last)}` : ''
      return late(untilSeconds) ?? seenAt(untilSeconds, `it was never so in ${untilSeconds} s${end}`)
    },
  }
}

/** Each second ends with its last state. */
const at: MonitorOf<'at'> = ({ holds, atSeconds }) => {
  let last: Judged | undefined
  let isJudged = false
  const judge = (): Seen | undefined => {
    isJudged = true
    if (!last) return seenAt(atSeconds, 'nothing had happened by then')
    const value = is(holds, last.values)
    if (value === true) return undefined
    return seenAt(atSeconds, typeof value === 'string' ? value : shown(last.now))
  }
  return {
    next: (judged) => {
      const seen = !isJudged && judged.now.atSeconds > atSeconds ? judge() : undefined
      last = judged
      return seen
    },
    end: (untilSeconds) => {
      if (isJudged) return undefined
      return untilSeconds < atSeconds ? seenAt(untilSeconds, `the run is over after ${untilSeconds} s`) : judge()
    },
  }
}

/**
 * A response that is due stays due, whatever becomes of the trigger. A trigger that never came would be a test of
 * nothing.
 */
const after: MonitorOf<'after'> = ({ holds, withinSeconds, trigger, triggerText }) => {
  let hasTriggered = false
  let wasTrue = false
  let since: number | undefined
  let last: StrategyState | undefined
  const late = (atSeconds: number): Seen | undefined => {
    if (since === undefined || atSeconds <= since + withinSeconds || !last) return undefined
    return seenAt(since + withinSeconds, `it was due from ${since} s on, and ${withinSeconds} s later: ${shown(last)}`)
  }
  return {
    next: ({ now, values }) => {
      const seen = late(now.atSeconds)
      if (seen) return seen
      const [isTrue, isAnswered] = [is(trigger, values), is(holds, values)]
      const problem = [isTrue, isAnswered].find((one) => typeof one === 'string')
      if (typeof problem === 'string') return seenAt(now.atSeconds, problem)
      if (isTrue && !wasTrue) since ??= now.atSeconds
      hasTriggered ||= isTrue === true
      if (isAnswered) since = undefined
      wasTrue = isTrue === true
      last = now
      return undefined
    },
    end: (untilSeconds) => {
      if (!hasTriggered) return seenAt(untilSeconds, `"${triggerText}" never came true, so this says nothing`)
      if (since === undefined) return undefined
      const open = `it was due from ${since} s on, and the run is over after ${untilSeconds} s`
      return late(untilSeconds) ?? seenAt(untilSeconds, open)
    },
  }
}

const atTheEnd: MonitorOf<'finally'> = ({ holds }) => ({
  next: nothing,
  end: (untilSeconds, last, timeline) => {
    if (!last) return seenAt(untilSeconds, 'nothing happened')
    const value = is(holds, valuesOfEnd(last, timeline))
    if (value === true) return undefined
    const numbers = Object.entries(numbersOfEnd(timeline)).map(([name, number]) => `${name} ${number}`)
    const end = `it ends ${timeline.outcome} (${numbers.join(', ')}): ${shown(last)}`
    return seenAt(untilSeconds, typeof value === 'string' ? value : end)
  },
})

/** Makes a monitor for one run. */
export function monitorOf(sentence: Sentence, context: RunContext): SentenceMonitor {
  switch (sentence.kind) {
    case 'never':
      return throughout(false)(sentence)
    case 'always':
      return throughout(true)(sentence)
    case 'eventually':
      return eventually(sentence)
    case 'at':
      return at(sentence)
    case 'after':
      return after(sentence)
    case 'finally':
      return atTheEnd(sentence)
    case 'invariant':
      return ofInvariant(sentence.invariant.start(context))
  }
}

const ofInvariant = ({ next, end }: Monitor): SentenceMonitor => ({
  next: ({ now }) => seenAt(now.atSeconds, next(now)),
  end: (untilSeconds) => seenAt(untilSeconds, end?.(untilSeconds)),
})
