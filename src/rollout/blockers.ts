import type { Blocker } from '../model/decision'
import type { RolloutStatus } from '../model/rolloutStatus'
import { conditionOf } from './facts/conditionList'
import type { Facts } from './facts/facts'
import { growthCode } from './revision/growthFence'
import type { Problem } from './turn/flow'
import type { Turn } from './turn/turn'
import { endOfPause, pauseLasts, progressWaits } from './waits'

/** Why the Rollout is not further. Every Rollout that is not healthy has at least one (AR#1052). */
export function blockersOf(turn: Turn, status: RolloutStatus, problem: Problem | undefined): Blocker[] {
  const blockers: Blocker[] = []
  if (problem) blockers.push(problemBlocker(problem))
  for (const ask of turn.ledger.asks)
    blockers.push({ kind: 'ask', waitsFor: `an answer to ${ask.key}`, clearedBy: 'the host' })
  if (turn.facts.rollout.spec.paused) {
    blockers.push({
      kind: 'paused',
      waitsFor: 'a person to resume',
      since: status.duration?.manualPauseStartedAt,
      clearedBy: 'spec.paused: false',
    })
  }
  blockers.push(...pauseBlockers(turn.facts, status), ...stateBlockers(status))
  if (blockers.length > 0 || status.phase === 'Healthy') return blockers
  const waits = progressWaits(turn.facts, status)
  if (waits.length > 0) return [...waits]
  return [{ kind: 'progress', waitsFor: status.message || 'the next reconcile', clearedBy: 'pods becoming available' }]
}

function problemBlocker({ error, code }: Problem): Blocker {
  return code === growthCode
    ? { kind: 'growth', waitsFor: error, clearedBy: 'finding out who makes them, and deleting those that nobody needs' }
    : { kind: 'error', waitsFor: error, clearedBy: 'mend what the error names; it is tried again' }
}

function pauseBlockers({ rollout }: Facts, status: RolloutStatus): Blocker[] {
  return (status.pauseConditions ?? []).map((condition) => {
    const { reason, startTime } = condition
    const seconds = pauseLasts(rollout, status, condition)
    return {
      kind: 'pause',
      waitsFor: seconds === undefined ? `${reason}: a person to promote` : `${reason}: ${seconds} s to pass`,
      since: startTime,
      // Paused by hand, time alone does not end it.
      ...(seconds === undefined || rollout.spec.paused ? {} : endOfPause(startTime, seconds)),
      clearedBy: seconds === undefined ? 'promote' : 'time, or promote',
    }
  })
}

function stateBlockers(status: RolloutStatus): Blocker[] {
  const blockers: Blocker[] = []
  if (status.abort) {
    blockers.push({
      kind: 'aborted',
      waitsFor: 'a retry or another template',
      since: status.abortedAt,
      clearedBy: 'retry, or set image',
    })
  }
  const progressing = conditionOf(status.conditions, 'Progressing')
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    blockers.push({
      kind: 'deadline',
      waitsFor: progressing.message ?? '',
      since: progressing.lastUpdateTime,
      clearedBy: 'pods becoming available, abort, or another template',
    })
  }
  const failure = conditionOf(status.conditions, 'ReplicaFailure')
  if (failure)
    blockers.push({
      kind: 'replicaFailure',
      waitsFor: failure.message ?? '',
      since: failure.lastTransitionTime,
      clearedBy: 'what the message names, e.g. quota',
    })
  return blockers
}
