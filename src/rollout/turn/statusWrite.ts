import { copyToFill, fieldsThat } from '../../model/copies'
import { isJsonObject, isOwn, type JsonObject, setOwn } from '../../model/json'
import type { RolloutStatus } from '../../model/rolloutStatus'
import { sameJson } from '../../model/sameJson'
import { reread, type Turn } from './turn'

// The controller writes a status in two ways: whole, as its types print it (empty values vanish), or as a merge patch
// of the changes (unchanged fields keep their form, including `abort: false`).

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === 0 ||
  value === '' ||
  (Array.isArray(value) && value.length === 0)

/** Numbers that are pointers upstream: 0 is a value there, not absence. */
const zeroCounts: ReadonlySet<string> = new Set([
  'currentStepIndex',
  'collisionCount',
  'totalManualPauseDurationSeconds',
  'weight',
  'index',
  'lastUpdateTime',
])

/** Booleans that are pointers upstream: false is a value too. */
const falseCounts: ReadonlySet<string> = new Set(['verified'])

/** An empty text that is still printed: a run that has not started has the status ''. */
const emptyTexts: ReadonlySet<string> = new Set(['status'])

function means(key: string, value: unknown): boolean {
  if (value === '') return emptyTexts.has(key)
  if (value === 0) return zeroCounts.has(key)
  if (value === false) return falseCounts.has(key)
  return !isEmpty(value)
}

/** A status without empty values. */
export function withoutEmptyFields(status: RolloutStatus): RolloutStatus {
  return fieldsThat(status, means)
}

/** An UpdateStatus: the reconcile continues with the written status. Equal values stay the same object. */
export function writeStatusWhole(turn: Turn, status: RolloutStatus): void {
  const next = withoutEmptyFields(status)
  const { before, rollout } = turn.facts
  const written = sameJson(before, next) ? before : next
  reread(turn, { before: written, rollout: { ...rollout, status: written } })
  turn.ledger.decided = written
}

/**
 * A merge patch from one status to the next. Equal values stay the same objects, so an unchanged status is identical
 * (`===`) to the former one.
 */
export function patchedStatus(before: RolloutStatus, next: RolloutStatus): RolloutStatus {
  return patched(before, next) as RolloutStatus
}

/**
 * The difference between two statuses, as a patch on a third one that an earlier patch of the same reconcile produced.
 * Fields of that patch stay unless this one changes them.
 */
export function onto(base: RolloutStatus, before: RolloutStatus, after: RolloutStatus): RolloutStatus {
  return base === before ? after : (rebased(base, before, after) as RolloutStatus)
}

function rebased(base: unknown, before: unknown, after: unknown): unknown {
  if (before === after) return base
  if (!isJsonObject(base) || !isJsonObject(before) || !isJsonObject(after)) return after
  const result: Record<string, unknown> = copyToFill(base)
  for (const key of allKeys(before, after)) setOwn(result, key, rebased(base[key], before[key], after[key]))
  return fieldsThat(result, (_, value) => value !== undefined)
}

function patched(before: unknown, next: unknown): unknown {
  if (!isJsonObject(before) || !isJsonObject(next)) return sameJson(before, next) ? before : next
  let result: Record<string, unknown> | undefined
  for (const key in before) {
    if (!isOwn.call(before, key)) continue
    const old = before[key]
    const wanted = next[key]
    const value = wanted === old ? old : patchedField(key, old, wanted)
    if (value !== old) result ??= fieldsUntil(before, key)
    if (result && (value !== undefined || old === undefined)) setOwn(result, key, value)
  }
  for (const key in next) {
    const wanted = next[key]
    if (wanted === undefined || !isOwn.call(next, key) || isOwn.call(before, key)) continue
    const value = patchedField(key, undefined, wanted)
    if (value === undefined) continue
    result ??= fieldsUntil(before, undefined)
    setOwn(result, key, value)
  }
  return result ?? before
}

/**
 * A copy of the fields before `end`, or of all. Field by field, because a spread object of which fields are deleted, or
 * that gets more, is slow from then on.
 */
function fieldsUntil(object: JsonObject, end: string | undefined): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const key in object) {
    if (key === end) break
    if (isOwn.call(object, key)) setOwn(copy, key, object[key])
  }
  return copy
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

/** New values are written without their empty fields; the parts of the two strategies only if they are not empty. */
function whole(key: string, wanted: JsonObject): unknown {
  const value = patched({}, wanted)
  return (key === 'canary' || key === 'blueGreen') && isEmptyObject(value) ? undefined : value
}

const isEmptyObject = (value: unknown): boolean => isJsonObject(value) && Object.keys(value).length === 0
