import type { KeptRun } from './generate/mutants'
import type { Scenario } from './scenario'
import { eventfulSeconds, situationsIn } from './situations'
import type { StrategyState } from './state'

/** Runs that reached what no run before them had reached. */
export interface Corpus<Run extends KeptRun> {
  /** Keeps a run if it reached something new. */
  readonly note: (run: Omit<Run, 'moments'>, scenario: Scenario, states: readonly StrategyState[]) => boolean
  readonly kept: () => readonly Run[]
}

const mostKept = 200
const mostMoments = 200

/** Collects runs for changing them. The oldest ones go first. */
export function startCorpus<Run extends KeptRun>(): Corpus<Run> {
  const reached = new Set<string>()
  let kept: readonly Run[] = []
  return {
    note: (run, { healedAtSeconds }, states) => {
      const before = reached.size
      for (const situation of situationsIn(states)) reached.add(situation)
      if (reached.size === before) return false
      const moments = eventfulSeconds(states, healedAtSeconds).slice(0, mostMoments)
      kept = [...kept, { ...run, moments } as unknown as Run].slice(-mostKept)
      return true
    },
    kept: () => kept,
  }
}
