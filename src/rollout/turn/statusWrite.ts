import { isJsonObject, type JsonObject } from '../../model/json'
import type { RolloutStatus } from '../../model/rolloutStatus'
import { sameJson } from '../../model/sameJson'
import { reread, type Turn } from './turn'

// The controller writes a status in two ways: whole, as its types print it (empty values vanish), or as a merge patch of
// what changed (what did not change stays as it was written, `abort: false` included).

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === 0 ||
  value === '' ||
  (Array.isArray(value) && value.length === 0)

/** Numbers that stand behind a pointer upstream: 0 is a value there, not an absence. */
const zeroCounts: ReadonlySet<string> = new Set([
  'currentStepIndex',
  'collisionCount',
  'totalManualPauseDurationSeconds',
  'weight',
  'index',
  'lastUpdateTime',
])

/** False behind a pointer is a value as well. */
const falseCounts: ReadonlySet<string> = new Set(['verified'])

/** An empty text that is printed all the same: a run that has not begun has the status ''. */
const emptyTexts: ReadonlySet<string> = new Set(['status'])

function means(key: string, value: unknown): boolean {
  if (value === '') return emptyTexts.has(key)
  if (value === 0) return zeroCounts.has(key)
  if (value === false) return falseCounts.has(key)
  return !isEmpty(value)
}

/** A status without values that mean nothing. */
export function withoutEmptyFields(status: RolloutStatus): RolloutStatus {
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(status)) if (means(key, value)) kept[key] = value
  return kept as RolloutStatus
}

/** An UpdateStatus: the reconcile goes on from what was written. What says the same stays the very same object. */
export function writeStatusWhole(turn: Turn, status: RolloutStatus): void {
  const next = withoutEmptyFields(status)
  const { before, rollout } = turn.facts
  const written = sameJson(before, next) ? before : next
  reread(turn, { before: written, rollout: { ...rollout, status: written } })
  turn.ledger.decided = written
}

/**
 * A merge patch from one status to the next. Values that mean the same stay the very same objects, so a status in which
 * nothing changed is identical (`===`) to the one before.
 */
export function patchedStatus(before: RolloutStatus, next: RolloutStatus): RolloutStatus {
  return patched(before, next) as RolloutStatus
}

/**
 * The difference between two statuses as a patch onto a third, which an earlier patch of the same reconcile has left. What
 * that patch wrote stays where this one says nothing about it.
 */
export function onto(base: RolloutStatus, before: RolloutStatus, after: RolloutStatus): RolloutStatus {
  return base === before ? after : (rebased(base, before, after) as RolloutStatus)
}

function rebased(base: unknown, before: unknown, after: unknown): unknown {
  if (before === after) return base
  if (!isJsonObject(base) || !isJsonObject(before) || !isJsonObject(after)) return after
  const result: Record<string, unknown> = { ...base }
  for (const key of allKeys(before, after)) {
    const value = rebased(base[key], before[key], after[key])
    if (value === undefined) delete result[key]
    else result[key] = value
  }
  return result
}

function patched(before: unknown, next: unknown): unknown {
  if (!isJsonObject(before) || !isJsonObject(next)) return sameJson(before, next) ? before : next
  let result: Record<string, unknown> | undefined
  for (const key of allKeys(before, next)) {
    const old = before[key]
    const value = patchedField(key, old, next[key])
    if (value === old) continue
    result ??= { ...before }
    if (value === undefined) delete result[key]
    else result[key] = value
  }
  return result ?? before
}

function patchedField(key: string, old: unknown, wanted: unknown): unknown {
  if (means(key, wanted)) {
    return old === undefined && isJsonObject(wanted) ? whole(key, wanted) : patched(old, wanted)
  }
  if (!means(key, old) || isEmptyObject(old)) return old
  return key === 'canary' || key === 'blueGreen' ? patched(old, {}) : undefined
}

function allKeys(before: object, next: object): readonly string[] {
  const keys = Object.keys(before)
  for (const key of Object.keys(next)) if (!Object.hasOwn(before, key)) keys.push(key)
  return keys
}

/** What was not there before goes out without what means nothing; the two strategies' parts only if something is left. */
function whole(key: string, wanted: JsonObject): unknown {
  const value = patched({}, wanted)
  return (key === 'canary' || key === 'blueGreen') && isEmptyObject(value) ? undefined : value
}

const isEmptyObject = (value: unknown): boolean => isJsonObject(value) && Object.keys(value).length === 0
