import { goQuote } from '../go/goQuote'
import type { ExperimentStatus } from '../model/experiment'
import type { Condition } from '../model/meta'
import type { Turn } from './turn'

type Conditions = readonly Condition[]
type Update = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>

const conditionOf = (conditions: Conditions, type: string): Condition | undefined =>
  conditions.find((condition) => condition.type === type)

const without = (conditions: Conditions, type: string): Conditions =>
  conditionOf(conditions, type) ? conditions.filter((condition) => condition.type !== type) : conditions

/**
 * The list with the condition at its end; the transition time stays while the status is unchanged. Quirk kept for
 * fidelity: with the same status and reason nothing changes, not even the message.
 */
function withCondition(conditions: Conditions, update: Update, nowText: string): Conditions {
  const current = conditionOf(conditions, update.type)
  const sameStatus = current?.status === update.status
  if (current && sameStatus && (current.reason ?? '') === update.reason) return conditions
  const lastTransitionTime = (sameStatus ? current?.lastTransitionTime : undefined) ?? nowText
  return [...without(conditions, update.type), { ...update, lastUpdateTime: nowText, lastTransitionTime }]
}

/**
 * Conditions of an Experiment whose spec is invalid; another message makes another condition (behaviour 2.6). One with
 * the same message stays unchanged.
 */
export function invalidConditions(conditions: Conditions, message: string, nowText: string): Conditions {
  if (conditionOf(conditions, 'InvalidSpec')?.message === message) return conditions
  const update = { type: 'InvalidSpec', status: 'True', reason: 'InvalidSpec', message }
  return withCondition(without(conditions, 'InvalidSpec'), update, nowText)
}

/** Conditions after a reconcile that ended in `status` (behaviour 5.5). */
export function nextConditions(turn: Turn, status: ExperimentStatus): Conditions {
  const before = turn.before.conditions ?? []
  const conditions = without(before, 'InvalidSpec')
  const text = `Experiment ${goQuote(turn.name)}`
  if (status.phase === 'Successful') {
    const message = `${text} has successfully ran and completed.`
    return withCondition(conditions, progressing('False', 'ExperimentCompleted', message), turn.nowText)
  }
  if (madeProgress(turn.before, status)) {
    const update = progressing('True', 'ReplicaSetUpdated', `${text} is progressing.`)
    return refreshed(before, conditions, update, turn.nowText)
  }
  if (turn.before.availableAt && !turn.durationPassed) {
    const update = progressing('True', 'NewReplicaSetAvailable', `${text} is running.`)
    return withCondition(conditions, update, turn.nowText)
  }
  return conditions
}

const progressing = (status: string, reason: string, message: string): Update => ({
  type: 'Progressing',
  status,
  reason,
  message,
})

/** Progress renews the condition even if its status and reason are the same; within one second it stays the same. */
function refreshed(before: Conditions, conditions: Conditions, update: Update, nowText: string): Conditions {
  const renewed = withCondition(without(conditions, update.type), update, nowText)
  const current = conditionOf(conditions, update.type)
  const added = renewed[renewed.length - 1]
  if (!current || !added) return renewed
  const kept =
    current.status === 'True'
      ? [...renewed.slice(0, -1), { ...added, lastTransitionTime: current.lastTransitionTime ?? nowText }]
      : renewed
  return sameConditions(before, kept) ? before : kept
}

const fields = ['type', 'status', 'reason', 'message', 'lastUpdateTime', 'lastTransitionTime'] as const

const sameConditions = (left: Conditions, right: Conditions): boolean =>
  left.length === right.length &&
  left.every((condition, index) => fields.every((field) => (condition[field] ?? '') === (right[index]?.[field] ?? '')))

const counters = ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas'] as const

/**
 * The number of pods changed, or there is one more template. Of entries with the same name the last one counts here.
 */
function madeProgress(before: ExperimentStatus, after: ExperimentStatus): boolean {
  const [old, now] = [lastByName(before), lastByName(after)]
  if (old.size < now.size) return true
  for (const [name, entry] of old) {
    const next = now.get(name)
    if (next && counters.some((counter) => (entry[counter] ?? 0) !== (next[counter] ?? 0))) return true
  }
  return false
}

const lastByName = ({ templateStatuses }: ExperimentStatus) =>
  new Map((templateStatuses ?? []).map((entry) => [entry.name, entry]))
