import type { KeptRun } from './generate/mutants'
import type { Scenario } from './scenario'
import { eventfulSeconds, situationsIn } from './situations'
import type { StrategyState } from './state'

/** Runs that reached what no run before them had reached. */
export interface Corpus<Run extends KeptRun> {
  /** Keeps a run if it reached something new. */
  readonly note: (run: Omit<Run, 'moments'>, scenario: Scenario, states: readonly StrategyState[]) => boolean
  readonly kept: () => readonly Run[]
  /** Everything, to go on another day. */
  readonly saved: () => SavedCorpus<Run>
}

/** A corpus as plain data. */
export interface SavedCorpus<Run extends KeptRun> {
  /** Situations, and what happened in them. */
  readonly reached: readonly string[]
  readonly kept: readonly Run[]
}

const mostKept = 200
const mostMoments = 200

/** Collects runs for changing them; the oldest ones are dropped first. Begins with what was saved. */
export function startCorpus<Run extends KeptRun>(saved?: SavedCorpus<Run>): Corpus<Run> {
  const reached = new Set(saved?.reached)
  let kept: readonly Run[] = saved?.kept ?? []
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
    saved: () => ({ reached: [...reached], kept }),
  }
}
