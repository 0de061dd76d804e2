import type { Change } from '../model/change'
import { canonicalState } from './canonicalState'
import { changeText } from './report'
import type { StrategyState } from './state'

/** A circle of decisions: the controller comes back to where it was, again and again, and nobody else does anything. */
export interface Livelock {
  /** What happened before it, in order. */
  readonly actions: readonly string[]
  /** What the controller does in each round. */
  readonly cycle: readonly string[]
}

interface Decision {
  /** The objects, without times. */
  readonly key: string
  readonly changes: readonly string[]
}

/** A circle is gone round often, so it shows in the first decisions. */
const mostLooked = 80

/**
 * The changes of one round, where the same objects were reached three times by the same changes, without a user or a
 * fault between them. Calls of routers are no changes: the controller repeats them in every reconcile.
 */
export function cycleOf(states: readonly StrategyState[]): readonly string[] | undefined {
  let path: Decision[] = []
  let looked = 0
  for (const state of states) {
    if (state.event) path = []
    if (!state.by.startsWith('Rollout ')) continue
    if (++looked > mostLooked) return undefined
    const key = canonicalState(state.objects, '', 0, Number.NEGATIVE_INFINITY)
    const changes = state.changes.flatMap(whatChanged)
    if (changes.length === 0 && path.at(-1)?.key === key) continue
    path.push({ key, changes })
    const cycle = lastRound(path)
    if (cycle) return cycle
  }
  return undefined
}

/** The last round, if the one before it was the same. */
function lastRound(path: readonly Decision[]): readonly string[] | undefined {
  const last = path.length - 1
  const visits = path.flatMap(({ key }, index) => (key === path[last]?.key ? [index] : []))
  const [first = -1, second = -1] = visits.slice(-3, -1)
  if (visits.length < 3) return undefined
  const round = (from: number, to: number): readonly string[] =>
    path.slice(from + 1, to + 1).flatMap((one) => one.changes)
  const [before, now] = [round(first, second), round(second, last)]
  return now.length > 0 && now.join('\n') === before.join('\n') ? now : undefined
}

const whatChanged = (change: Change): readonly string[] => {
  if ('router' in change) return []
  const told = changeText(change)
  return told.length > 0 ? told : [`${change.kind}${'name' in change ? ` ${change.name}` : ''}`]
}
