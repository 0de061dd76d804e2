import { formatDuration } from '../../go/durationSeconds'
import type { Issue } from '../../model/issue'
import { isJsonObject, isWalkableList } from '../../model/json'
import { asKind } from '../../model/kinds'
import type { KubeObject } from '../../model/meta'
import type { Rollout } from '../../model/rollout'
import { formatTime, parseTime } from '../../model/time'
import { currentStepOf, pauseSecondsOf } from '../../rollout/facts/steps'

/**
 * Times that are in the future: annotations with deadlines, `resumeAt` of measurements, and deletions after their grace
 * period.
 */
const aheadFields: ReadonlySet<string> = new Set(['annotations', 'labels', 'resumeAt', 'deletionTimestamp'])

/** Deeper than any status of a known kind: hostile data ends here. */
const mostLevels = 30

/** The newest time in metadata and status: the objects were read from the cluster at that time or later. */
export function newestTime(manifests: readonly KubeObject[]): string | undefined {
  let newest: number | undefined
  const visit = (value: unknown, level: number): void => {
    if (typeof value === 'string') {
      const seconds = parseTime(value)
      if (seconds !== undefined && seconds > (newest ?? Number.NEGATIVE_INFINITY)) newest = seconds
    } else if (level > mostLevels) return
    else if (isWalkableList(value)) for (const item of value) visit(item, level + 1)
    else if (isJsonObject(value)) {
      for (const [key, field] of Object.entries(value)) if (!aheadFields.has(key)) visit(field, level + 1)
    }
  }
  for (const manifest of manifests) {
    visit(manifest?.metadata, 0)
    visit(manifest?.status, 0)
  }
  return newest === undefined ? undefined : formatTime(newest)
}

/**
 * Issues about the start time of a Rollout during an update: the manifests do not contain the time at which they were
 * read, so timers may be further than their newest time; and no time in them may be later than the start.
 */
export function startIssues(
  rollout: KubeObject,
  newest: string | undefined,
  startAt: string | undefined,
): readonly Issue[] {
  if (newest === undefined || !isJsonObject(rollout.status)) return []
  const about = { path: 'startAt', severity: 'warning' } as const
  if (startAt !== undefined) {
    if ((parseTime(startAt) ?? Number.POSITIVE_INFINITY) >= (parseTime(newest) ?? 0)) return []
    const message = `${startAt} is before ${newest}, the newest time among the manifests: timers that run are longer than they were`
    return [{ code: 'start-time', message, ...about }]
  }
  const { phase } = asKind('Rollout', rollout).status ?? {}
  if (phase === 'Healthy') return []
  const left = pauseLeft(asKind('Rollout', rollout), newest)
  const message = `the Rollout goes on from ${newest}, the newest time among the manifests${left}: if they were read later, say when (startAt, --start-at)`
  return [{ code: 'start-time', message, ...about }]
}

/** `, with at most 1h59m59.5s of its pause left`: the controllers' clock is half a second past the start. */
function pauseLeft(rollout: Rollout, newest: string): string {
  const pause = currentStepOf(rollout)?.step.pause
  const pauseSeconds = pause && pauseSecondsOf(pause)
  const conditions = rollout.status?.pauseConditions
  const began = isWalkableList(conditions)
    ? parseTime(conditions.find((one) => one?.reason === 'CanaryPauseStep')?.startTime)
    : undefined
  if (pauseSeconds === undefined || pauseSeconds === null || began === undefined) return ''
  const left = began + pauseSeconds - (parseTime(newest) ?? 0) - 0.5
  return left > 0 ? `, with at most ${formatDuration(left)} of its pause left` : ''
}
