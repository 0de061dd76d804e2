import type { Blocker } from '../model/blocker'
import type { RolloutStatus } from '../model/rolloutStatus'
import { conditionOf } from './facts/conditionList'
import type { Facts } from './facts/facts'
import { pauseWaits } from './pauseWaits'
import { growthCode } from './revision/growthFence'
import type { Problem } from './turn/flow'
import type { Turn } from './turn/turn'
import { refusedField } from './validation/fieldPath'
import { progressWaits } from './waits'

/** Why the Rollout makes no progress. Every Rollout that is not healthy has at least one (AR#1052). */
export function blockersOf(turn: Turn, status: RolloutStatus, problem: Problem | undefined): Blocker[] {
  const blockers: Blocker[] = []
  if (problem) blockers.push(problemBlocker(problem))
  for (const ask of turn.ledger.asks) blockers.push({ code: 'ask', data: { ask: ask.kind, key: ask.key } })
  if (turn.facts.rollout.spec.paused) {
    blockers.push({ code: 'paused', data: {}, since: status.duration?.manualPauseStartedAt })
  }
  for (const wait of pauseWaits(turn.facts, status, problem !== undefined)) blockers.push(wait)
  noteState(blockers, turn.facts, status)
  if (blockers.length > 0 || status.phase === 'Healthy') return blockers
  const waits = progressWaits(turn.facts, status)
  if (waits.length > 0) return [...waits]
  return [{ code: 'progress', data: { message: status.message ?? '' } }]
}

function problemBlocker({ error, code, path }: Problem): Blocker {
  if (code === growthCode) return { code: 'growth', data: { message: error } }
  return { code: 'error', data: { path, message: error } }
}

function noteState(blockers: Blocker[], { rollout }: Facts, status: RolloutStatus): void {
  if (status.abort) blockers.push({ code: 'aborted', data: {}, since: status.abortedAt })
  const progressing = conditionOf(status.conditions, 'Progressing')
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    const { message = '', lastUpdateTime } = progressing
    blockers.push({ code: 'deadline', data: { message }, since: lastUpdateTime })
  }
  const invalid = conditionOf(status.conditions, 'InvalidSpec')
  if (invalid) {
    const { message = '', lastUpdateTime } = invalid
    blockers.push({
      code: 'invalidSpec',
      data: { path: refusedField(message, rollout.spec), message },
      since: lastUpdateTime,
    })
  }
  const failure = conditionOf(status.conditions, 'ReplicaFailure')
  if (failure) {
    const { message = '', lastTransitionTime } = failure
    blockers.push({ code: 'replicaFailure', data: { message }, since: lastTransitionTime })
  }
}
