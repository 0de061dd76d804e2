import { mostRoundsPerSecond } from '../simulate/settle'
import type { Turn } from '../simulate/tracedTurn'

/** A Rollout that changes in almost all rounds of a second does not settle. */
const mostOwnTurns = mostRoundsPerSecond - 2
/** Fifty steps without a pause need five such seconds. */
const mostRestlessSeconds = 10

/** Stops a simulation that does not settle: what comes later would be the same again, at the same cost. */
export interface Patience {
  readonly watch: (turn: Turn) => 'stop' | undefined
  /** Where it was stopped. */
  readonly endedAtSeconds: () => number | undefined
}

export function patience(): Patience {
  const seen = { second: -1, turns: 0, restless: 0 }
  return {
    watch({ atSeconds, by }) {
      if (atSeconds !== seen.second) Object.assign(seen, { second: atSeconds, turns: 0 })
      if (by.startsWith('Rollout ') && ++seen.turns === mostOwnTurns) seen.restless++
      return seen.restless >= mostRestlessSeconds ? 'stop' : undefined
    },
    endedAtSeconds: () => (seen.restless >= mostRestlessSeconds ? seen.second : undefined),
  }
}
