import { fieldDifferences } from '../../cluster/fieldDifferences'
import type { ClusterObjects } from '../../cluster/objects'
import { decided } from '../../explain/decided'
import { blockerText } from '../../model/blockerText'
import { readControllerVersion } from '../../model/controllerVersion'
import { ownValue } from '../../model/json'
import { formatTime, parseTime } from '../../model/time'
import { historyStates } from '../../simulate/history'
import { observeRollout } from '../../simulate/observe'
import { clockText } from '../../view/clockText'
import { shownText } from '../story/shownText'
import type { Story } from '../story/story'
import { valueText } from './plainText'

/** A second in which something changed, as the page shows it. */
export interface ReportMoment {
  readonly at: number
  readonly clock: string
  readonly phase: string
  readonly message: string
  /** What users did, and what the controller reports. */
  readonly happens: readonly string[]
  /** Why the Rollout is not further. */
  readonly waits: readonly string[]
  readonly differences: readonly (readonly [object: string, field: string, before: string, after: string])[]
  /** Differences that are not among them. */
  readonly leftOut: number
}

/** A moment with all objects at its end; they are not part of the page as they are. */
export interface MomentWithObjects {
  readonly moment: ReportMoment
  readonly objects: ClusterObjects
}

const mostMoments = 240
const mostDifferences = 40
const mostHappenings = 12

/** Every second in which something changed; of very many the first ones. */
export function reportMoments(story: Story): {
  readonly moments: readonly MomentWithObjects[]
  readonly leftOut: number
} {
  const { timeline, deeds, moments } = story
  const states = historyStates(timeline)
  const seconds = new Set([0, ...states.keys(), ...moments.map(({ fromSeconds }) => fromSeconds)])
  for (const { atSeconds } of deeds) seconds.add(atSeconds)
  const all = [...seconds].filter((second) => Number.isFinite(second) && second >= 0).sort((a, b) => a - b)
  let objects = states.get(-1) ?? {}
  const shown = all.slice(0, mostMoments).map((at): MomentWithObjects => {
    const before = objects
    objects = states.get(at) ?? objects
    return { moment: momentAt(story, at, before, objects), objects }
  })
  return { moments: shown, leftOut: all.length - shown.length }
}

function momentAt(story: Story, at: number, before: ClusterObjects, after: ClusterObjects): ReportMoment {
  const frame = story.moments.filter(({ fromSeconds }) => fromSeconds <= at).at(-1)?.frame
  const found = differencesOf(before, after)
  return {
    at,
    clock: clockText(at),
    phase: shownText(frame?.phase ?? '', 40),
    message: shownText(frame?.message ?? '', 300),
    happens: happeningsAt(story, at),
    waits: frame === undefined || frame.phase === 'Healthy' ? [] : waitsAt(story, at, after),
    differences: found.slice(0, mostDifferences),
    leftOut: Math.max(0, found.length - mostDifferences),
  }
}

function happeningsAt({ deeds, timeline }: Story, at: number): readonly string[] {
  const done = deeds
    .filter(({ atSeconds }) => atSeconds === at)
    .map(({ text, isRefused }) => `done: ${text}${isRefused ? ' (refused)' : ''}`)
  const told = timeline.events
    .filter(({ atSeconds }) => atSeconds === at)
    .map(({ reason, message }) => `event: ${shownText(`${reason}: ${message}`, 240)}`)
  const all = [...done, ...told]
  return all.length <= mostHappenings
    ? all
    : [...all.slice(0, mostHappenings), `and ${all.length - mostHappenings} more`]
}

const shortKey = (key: string): string => shownText(key.replace(/^([^/]+)\/[^/]*\//, '$1/'), 90)

function differencesOf(before: ClusterObjects, after: ClusterObjects): ReportMoment['differences'] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const [old, now] = [ownValue(before, key), ownValue(after, key)]
    if (old === now) return []
    if (old === undefined) return [[shortKey(key), '', 'nothing', 'is created']] as const
    if (now === undefined) return [[shortKey(key), '', 'there', 'is deleted']] as const
    return fieldDifferences(old, now).map(
      (one) => [shortKey(key), shownText(one.path, 160), valueText(one.before), valueText(one.after)] as const,
    )
  })
}

/** The blockers of a reconcile at that second, in words. */
function waitsAt({ timeline, kind }: Story, at: number, objects: ClusterObjects): readonly string[] {
  if (kind !== 'Rollout' || ownValue(objects, timeline.key) === undefined) return []
  const now = formatTime((parseTime(timeline.startAt) ?? 0) + at)
  const controller = readControllerVersion(timeline.controller)
  const observation = observeRollout(objects, timeline.key, now, controller && { controller })
  return decided(observation)
    .blockers.slice(0, mostHappenings)
    .map((blocker) => {
      const { waitsFor, clearedBy } = blockerText(blocker)
      return shownText(`${waitsFor}; ended by ${clearedBy}`, 300)
    })
}
