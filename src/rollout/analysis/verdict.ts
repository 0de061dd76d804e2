import type { AnalysisRun } from '../../model/analysis'
import type { Facts } from '../facts/facts'
import { pauseConditionOf } from '../facts/pauses'
import { addAbort, addPause } from '../turn/pauses'
import type { Turn } from '../turn/turn'

// The effect of a run's phase on the update (behaviour 3.13).

/** `what` begins the message of the abort: "Background analysis". */
export function obeyVerdict(turn: Turn, run: AnalysisRun | undefined, what: string): void {
  switch (run?.status?.phase) {
    case 'Inconclusive':
      addPause(turn, 'InconclusiveAnalysisRun')
      return
    case 'Error':
    case 'Failed': {
      const { message } = run.status
      addAbort(turn, turn.facts.semantics.abortText(`${what} phase error/failed`, message ?? ''))
    }
  }
}

/** What failed, and why. */
export const whatAndWhy = (what: string, why: string): string => (why === '' ? what : `${what}: ${why}`)

/** Up to v1.8 only why, which may be empty. */
export const onlyWhy = (_what: string, why: string): string => why

/** A user has to judge an inconclusive run first. */
export const waitsForPerson = (facts: Facts): boolean =>
  pauseConditionOf(facts, 'InconclusiveAnalysisRun') !== undefined

/**
 * Whether a run has to be started. If there already is one: only after a user resumed from an inconclusive run, and on
 * a retry. A controller pause without one of the other two pause reasons means that the run was inconclusive.
 */
export function needsNewRun(facts: Facts, current: AnalysisRun | undefined): boolean {
  if (!current) return true
  const { before } = facts
  const isResumed =
    before.controllerPause === true &&
    !facts.semantics.pausesBesideAnalysis.some((reason) => pauseConditionOf(facts, reason))
  return isResumed ? current.status?.phase === 'Inconclusive' : before.abortedAt !== undefined
}
