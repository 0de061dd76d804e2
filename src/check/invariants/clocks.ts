import type { Invariant, Monitor } from '../invariant'
import type { RevisionState, StrategyState } from '../state'
import { isDecision, type Step, watching } from './steps'

export const isPastDeadline = ({ rollout }: StrategyState): boolean =>
  rollout?.status?.conditions?.some(
    ({ type, status, reason }) => type === 'Progressing' && status === 'False' && reason === 'ProgressDeadlineExceeded',
  ) === true

function deadlineInPause(step: Step): string | undefined {
  const { before, now } = step
  if (!isDecision(step) || !before?.paused || !now.paused) return undefined
  return isPastDeadline(now) && !isPastDeadline(before) ? `${now.phase}: ${now.message}` : undefined
}

/** Much longer than a controller needs to scale down at once. */
const atOnceSeconds = 60

/** The previous revisions are scaled down after 0 s, and at rest they still have pods. */
function delayWithoutEnd(): Monitor {
  let since: number | undefined
  let old: RevisionState | undefined
  const late = (atSeconds: number): string | undefined =>
    since === undefined || atSeconds <= since + atOnceSeconds
      ? undefined
      : `scaleDownDelaySeconds is 0, and revision ${old?.revision} still has ${old?.wanted} pods ${atSeconds - since} s later`
  return {
    next: (now) => {
      const seen = late(now.atSeconds)
      if (seen !== undefined) return seen
      const { blueGreen, canary } = now.rollout?.spec.strategy ?? {}
      const delaySeconds = blueGreen?.scaleDownDelaySeconds ?? canary?.scaleDownDelaySeconds
      old = now.revisions.find(({ hash, wanted }) => wanted > 0 && hash !== now.stableHash)
      if (delaySeconds !== 0 || !old || now.updating || now.event || now.phase !== 'Healthy') since = undefined
      else since ??= now.atSeconds
      return undefined
    },
    end: late,
  }
}

export const clockDiscipline: Invariant = {
  id: 'T1',
  sentence: 'the progress deadline does not run out in a pause, and a scale-down delay of 0 s means at once',
  threads: ['AR#3534', 'AR#3843', 'AR#3414', 'AR#939', 'AR#1992', 'AR#1639', 'AR#1841'],
  start: () => {
    const [pauses, delays] = [watching(deadlineInPause)(), delayWithoutEnd()]
    return { next: (now) => pauses.next(now) ?? delays.next(now), end: (atSeconds) => delays.end?.(atSeconds) }
  },
}
