import { ownValue } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import { wellFormedTimeline } from '../../simulate/answers/wellFormed'
import type { Frame, Role } from '../../simulate/frame'
import type { Timeline } from '../../simulate/simulation'
import { deedText } from './deedText'
import { shownText } from './shownText'

// What all pictures tell, read from a timeline once: bounded, in order, every text short enough to be shown.

/** The state of the Rollout from one second until another. */
export interface Moment {
  readonly frame: Frame
  readonly fromSeconds: number
  readonly untilSeconds: number
}

/** Something that a user or a fault did. */
export interface Deed {
  readonly atSeconds: number
  readonly text: string
  readonly isRefused: boolean
}

export interface Story {
  readonly timeline: Timeline
  readonly kind: 'Rollout' | 'Experiment'
  readonly name: string
  readonly namespace: string
  readonly strategy: 'canary' | 'blue-green' | undefined
  readonly stepCount: number
  /** What 100 % of the traffic is called on the router. */
  readonly maxWeight: number
  /** At most `mostMoments`, in order. */
  readonly moments: readonly Moment[]
  /** States that are not among the moments, because there are too many. */
  readonly leftOut: number
  readonly deeds: readonly Deed[]
  readonly deedsLeftOut: number
  /** The end of the time axis: a while after the last change. */
  readonly endSeconds: number
  readonly untilSeconds: number
  /** Every revision with pods or a role, the oldest first; at most `mostRevisions`, the newest. */
  readonly revisions: readonly number[]
  /** Older ones that are not among the revisions. */
  readonly olderRevisions: number
}

export const mostMoments = 400
const mostDeeds = 24
const mostRevisions = 8
const mostName = 60

export function storyOf(given: Timeline): Story {
  const mended = wellFormedTimeline(given)
  const frames = mended.frames.filter(({ atSeconds }) => isSecond(atSeconds)).sort((a, b) => a.atSeconds - b.atSeconds)
  const timeline = { ...mended, frames }
  const object = simulatedObject(timeline)
  const { canary, blueGreen } = strategyOf(object)
  const deeds = timeline.deeds.filter(({ atSeconds }) => isSecond(atSeconds))
  const lastChange = Math.max(0, ...[frames.at(-1), deeds.at(-1)].map((one) => one?.atSeconds ?? 0))
  const until = isSecond(timeline.untilSeconds) ? timeline.untilSeconds : 0
  const untilSeconds = Math.max(until, lastChange)
  const endSeconds = Math.max(1, Math.min(untilSeconds, Math.ceil(lastChange * 1.15 + 1)))
  const known = revisionsOf(frames)
  const revisions = known.slice(-mostRevisions)
  const kept = thinned(frames, endSeconds).map((frame) => boundedFrame(frame, revisions))
  return {
    timeline,
    kind: object?.kind === 'Experiment' ? 'Experiment' : 'Rollout',
    name: shownText(object?.metadata.name ?? '', mostName),
    namespace: shownText(object?.metadata.namespace ?? '', mostName),
    strategy: blueGreen ? 'blue-green' : canary ? 'canary' : undefined,
    stepCount: Array.isArray(canary?.steps) ? canary.steps.length : 0,
    maxWeight: maxWeightOf(canary),
    moments: kept.map((frame, index) => ({
      frame,
      fromSeconds: frame.atSeconds,
      untilSeconds: kept[index + 1]?.atSeconds ?? endSeconds,
    })),
    leftOut: frames.length - kept.length,
    deeds: deeds.slice(0, mostDeeds).map(({ atSeconds, event, isRefused }) => ({
      atSeconds,
      text: deedText(event),
      isRefused,
    })),
    deedsLeftOut: Math.max(0, deeds.length - mostDeeds),
    endSeconds,
    untilSeconds,
    revisions,
    olderRevisions: known.length - revisions.length,
  }
}

const isSecond = (value: number): boolean => Number.isFinite(value) && value >= 0

/** Too many states: the last one of each small part of the time stays. */
function thinned(frames: readonly Frame[], endSeconds: number): readonly Frame[] {
  if (frames.length <= mostMoments) return frames
  const partOf = ({ atSeconds }: Frame): number => Math.floor((atSeconds / endSeconds) * (mostMoments - 2))
  return frames.filter((frame, index) => {
    const next = frames[index + 1]
    return index === 0 || next === undefined || partOf(frame) !== partOf(next)
  })
}

const mostPods = 32
const mostDestinations = 16

const isRevision = (revision: number): boolean => Number.isFinite(revision) && revision > 0

/** A state with no more of anything than a real one has: revisions that are shown, and others that have pods. */
function boundedFrame(frame: Frame, revisions: readonly number[]): Frame {
  const { pods, roles, destinations } = frame
  const kept = pods.filter(({ revision }) => isRevision(revision)).slice(-mostPods)
  const withRoles = new Set([...kept.map(({ revision }) => revision), ...revisions])
  return {
    ...frame,
    pods: kept,
    roles: Object.fromEntries(
      [...withRoles].map(String).flatMap((revision) => {
        const own = ownValue(roles, revision)
        return own === undefined ? [] : [[revision, own.slice(0, 4).map((role) => shownText(role, 20) as Role)]]
      }),
    ),
    destinations: destinations.slice(0, mostDestinations),
  }
}

/** The Rollout, or the Experiment alone; as it ended, or as it was given if it is gone. */
function simulatedObject({ key, objects, history }: Timeline): KubeObject | undefined {
  const known = ownValue(objects, key) ?? ownValue(history.start, key)
  if (known) return known
  const all = [...Object.values(history.start), ...Object.values(objects)]
  return all.find((object) => object?.kind === 'Rollout') ?? all.find((object) => object?.kind === 'Experiment')
}

interface StrategyFields {
  readonly canary?: {
    readonly steps?: unknown
    readonly trafficRouting?: { readonly maxTrafficWeight?: unknown }
  } | null
  readonly blueGreen?: unknown
}

const strategyOf = (object: KubeObject | undefined): StrategyFields =>
  (object?.spec as { readonly strategy?: StrategyFields | null } | undefined)?.strategy ?? {}

function maxWeightOf(canary: StrategyFields['canary']): number {
  const most = canary?.trafficRouting?.maxTrafficWeight
  return typeof most === 'number' && most > 0 ? most : 100
}

function revisionsOf(frames: readonly Frame[]): readonly number[] {
  const found = new Set<number>()
  for (const { pods, roles } of frames) {
    for (const { revision } of pods) found.add(revision)
    for (const revision of Object.keys(roles)) found.add(Number(revision))
  }
  return [...found].filter(isRevision).sort((left, right) => left - right)
}
