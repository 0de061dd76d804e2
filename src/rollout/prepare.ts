import type { Change } from '../model/change'
import type { Facts } from './facts/facts'
import { isFullyPromoted } from './facts/health'
import { findStable } from './resolve/roles'
import { createNewReplicaSet } from './revision/createReplicaSet'
import { syncRevision } from './revision/revision'
import { noteInvalidSpec } from './status/invalidSpec'
import { tellNobody } from './turn/events'
import { type Flow, isProblem, type Problem } from './turn/flow'
import { isAborted, removeAbort } from './turn/pauses'
import { requeueAfter } from './turn/requeue'
import { reread, type Turn } from './turn/turn'
import { validityOf } from './validation/invalidSpec'

// What happens before the strategy's stages: the order in which spec, workload and new ReplicaSet are checked.

const retrySeconds = 20

/** First a missing workload, then an invalid spec, then the new ReplicaSet. */
export function prepare(turn: Turn): Flow {
  const { unresolved } = turn
  if (unresolved) {
    noteInvalidSpec(turn, unresolved.error)
    requeueAfter(turn, retrySeconds, 'invalidSpec', {})
    return 'done'
  }
  const created = checkAndCreate(turn)
  if (created !== 'continue') return created
  endAbortOncePromoted(turn)
  return 'continue'
}

function checkAndCreate(turn: Turn): Flow {
  const invalid = validate(turn)
  if (invalid) return invalid
  if (turn.facts.newName) return 'continue'
  const flow = createNewReplicaSet(turn)
  if (flow === 'continue')
    reread(turn, { stableName: findStable(turn.facts.before, turn.facts.replicaSets)?.metadata.name })
  return flow
}

/** Records why the spec is invalid, if it is. */
function validate(turn: Turn): Problem | undefined {
  const { problem, templates } = validityOf(turn.facts)
  if (templates) reread(turn, templates)
  if (problem) noteInvalidSpec(turn, problem.error)
  return problem
}

function endAbortOncePromoted(turn: Turn): void {
  if (isFullyPromoted(turn.facts.before) && isAborted(turn)) removeAbort(turn)
}

/** v1.8: validation comes first; a workload that cannot be resolved is an error, tried again with back-off. */
export function prepareSpecFirst(turn: Turn): Flow {
  const { unresolved } = turn
  const isNew = turn.facts.newName === undefined
  const created = checkAndCreate(turn)
  if (created !== 'continue') return created
  if (unresolved && isNew && looksUpAgain(turn)) return stumbleOverWorkload(turn, unresolved)
  endAbortOncePromoted(turn)
  if (!unresolved) return 'continue'
  noteInvalidSpec(turn, unresolved.error)
  return {
    ...unresolved,
    error: `failed to resolve rollout: ${unresolved.error}`,
    forgotten: unresolved.code === 'not-found',
  }
}

const hasChange = ({ ledger }: Turn, kind: Change['kind']): boolean =>
  ledger.changes.some((change) => change.kind === kind)

/** The workload is looked up again after each write of the Rollout. */
const looksUpAgain = (turn: Turn): boolean => hasChange(turn, 'annotateRollout') || hasChange(turn, 'createReplicaSet')

/**
 * A revision that is new to the Rollout emits no event; a new ReplicaSet for a revision that the Rollout already has
 * does.
 */
function stumbleOverWorkload(turn: Turn, unresolved: Problem): Problem {
  if (hasChange(turn, 'annotateRollout')) tellNobody(turn)
  return { ...unresolved, forgotten: unresolved.code === 'not-found' }
}

/** v1.7: an invalid spec is only retried; the strategy's stages create the new ReplicaSet. */
export function prepareWithoutCreating(turn: Turn): Flow {
  const { unresolved } = turn
  endAbortOncePromoted(turn)
  if (unresolved) {
    noteInvalidSpec(turn, unresolved.error)
    return { ...unresolved, forgotten: unresolved.code === 'not-found' }
  }
  return 'continue'
}

/** v1.7 validates after the Rollout got its replicas. */
export function checkLate(turn: Turn): Flow {
  if (!validate(turn)) return 'continue'
  requeueAfter(turn, retrySeconds, 'invalidSpec', {})
  return 'done'
}

export const checkedBefore = (): Flow => 'continue'

export function syncFoundReplicaSet(turn: Turn): Flow {
  syncRevision(turn)
  return 'continue'
}

const whileCreating = ({ rollout }: Facts): string =>
  `failed to getAllReplicaSetsAndSyncRevision in rollout${rollout.spec.strategy?.blueGreen ? 'BlueGreen' : 'Canary'} create true`

/** v1.7 creates the new ReplicaSet only here, and continues without adding it to the list. */
export function syncOrCreateReplicaSet(turn: Turn): Flow {
  if (turn.facts.newName !== undefined) return syncFoundReplicaSet(turn)
  const listed = turn.facts.replicaSets
  const flow = createNewReplicaSet(turn)
  const unlisted = turn.facts.replicaSets.find((set) => !listed.includes(set))
  reread(turn, { replicaSets: listed, unlisted })
  return isProblem(flow) ? { ...flow, error: `${whileCreating(turn.facts)}: ${flow.error}` } : flow
}
