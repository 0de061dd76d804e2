import type { AnalysisRun } from '../../model/analysis'
import type { Facts } from '../facts/facts'
import { pauseConditionOf } from '../facts/pauses'
import { addAbort, addPause } from '../turn/pauses'
import type { Turn } from '../turn/turn'

// What the phase of a run means for the update (behaviour 3.13).

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

/** Says what failed, and why. */
export const whatAndWhy = (what: string, why: string): string => (why === '' ? what : `${what}: ${why}`)

/** Until v1.8 only why, which may be nothing. */
export const onlyWhy = (_what: string, why: string): string => why

/** A person has to look at an inconclusive run first. */
export const waitsForPerson = (facts: Facts): boolean =>
  pauseConditionOf(facts, 'InconclusiveAnalysisRun') !== undefined

/**
 * Is a run to be started? Where there is one: after a person went on in spite of an inconclusive one, and on a retry. That
 * the controller has paused without one of the other two pauses standing tells that it was an inconclusive run.
 */
export function needsNewRun(facts: Facts, current: AnalysisRun | undefined): boolean {
  if (!current) return true
  const { before } = facts
  const isResumed =
    before.controllerPause === true &&
    !facts.semantics.pausesBesideAnalysis.some((reason) => pauseConditionOf(facts, reason))
  return isResumed ? current.status?.phase === 'Inconclusive' : before.abortedAt !== undefined
}
