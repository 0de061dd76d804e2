import type { Condition } from '../../model/meta'

// Conditions as the controller keeps them: a list in the order of the last change (behaviour 3.21).

export function conditionOf(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  for (const condition of conditions ?? none) if (condition.type === type) return condition
  return undefined
}

const none: readonly Condition[] = []

export const withoutCondition = (conditions: readonly Condition[] | undefined, type: string): readonly Condition[] =>
  conditionOf(conditions, type)
    ? (conditions ?? none).filter((condition) => condition.type !== type)
    : (conditions ?? [])

export interface ConditionUpdate {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
}

/** The list with the condition set at its end. The transition time is kept while the status stays. */
export function withCondition(
  conditions: readonly Condition[] | undefined,
  update: Condition,
): { readonly conditions: readonly Condition[]; readonly changed: boolean } {
  const current = conditionOf(conditions, update.type)
  if (current && countsAsSame(current, update)) return { conditions: conditions ?? [], changed: false }
  const kept =
    current && current.status === update.status ? { ...update, lastTransitionTime: current.lastTransitionTime } : update
  const next: Condition[] = []
  for (const condition of conditions ?? none) if (condition.type !== update.type) next.push(condition)
  next.push(kept)
  return { conditions: next, changed: true }
}

/** Quirk kept for fidelity (behaviour 10.24): a change of only the message is dropped. */
export const countsAsSame = (current: Condition, update: ConditionUpdate | Condition): boolean =>
  current.status === update.status && (current.reason ?? '') === (update.reason ?? '')

export const conditionAt = ({ type, status, reason, message }: ConditionUpdate, nowText: string): Condition => ({
  type,
  status,
  reason,
  message,
  lastUpdateTime: nowText,
  lastTransitionTime: nowText,
})
