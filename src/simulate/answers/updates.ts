import type { Frame } from '../frame'
import type { Timeline } from '../simulation'
import { frameSpans } from './spans'

/** The result of one update. */
export interface UpdateAnswer {
  /** The new revision. */
  readonly revision: string
  readonly fromSeconds: number
  /**
   * `promoted`: it is stable. `replaced`: a newer update started, or it was taken back (undo, or the old template was
   * applied again). `open`: the simulation ended before.
   */
  readonly end: 'promoted' | 'aborted' | 'replaced' | 'open'
  /** When it was promoted, aborted or replaced; the last simulated second if it is open. */
  readonly untilSeconds: number
  /**
   * Share of requests on the new version times seconds, before it was promoted: 60 is a minute of all traffic, or two
   * of half of it. The share is the router's, or that of available pods where there is no router.
   */
  readonly exposureSeconds: number
  /** The part of it before a problem was detected. */
  readonly exposureBeforeDetectionSeconds?: number
  /** When an analysis failed, or the update was aborted. */
  readonly detectedAtSeconds?: number
  /** When the new version got no requests any more. */
  readonly rolledBackAtSeconds?: number
}

/** The share of requests that a revision gets, from 0 to 1. */
export function shareOf({ effectiveWeight, roles, pods, active }: Frame, revision: string): number {
  const own = roles[revision] ?? []
  if (active !== null) return own.includes('active') ? 1 : 0
  if (effectiveWeight !== null) return own.includes('canary') ? effectiveWeight / 100 : own.includes('stable') ? 1 : 0
  const total = pods.reduce((sum, { available }) => sum + available, 0)
  const ofRevision = pods.find((one) => String(one.revision) === revision)
  return total === 0 ? 0 : (ofRevision?.available ?? 0) / total
}

/** All updates of a simulation, in turn. A first install is none. */
export function updatesOf(timeline: Timeline): readonly UpdateAnswer[] {
  const spans = frameSpans(timeline)
  const starts: { readonly revision: string; readonly at: number }[] = []
  for (const [index, { frame }] of spans.entries()) {
    const newest =
      Object.entries(frame.roles).find(([, roles]) => !roles.includes('stable') && isNew(roles))?.[0] ?? unnamed(frame)
    if (newest !== undefined && starts.at(-1)?.revision !== newest) starts.push({ revision: newest, at: index })
  }
  return starts.map(({ revision, at }, index) => {
    const until = starts[index + 1]?.at ?? spans.length
    const before = new Set(at === 0 ? [] : badRuns(spans[at - 1]?.frame))
    return updateOf(timeline, revision, spans.slice(at, until), starts[index + 1] !== undefined, before)
  })
}

/** A blue-green update without a preview Service: its pods have no role until they are active. */
function unnamed({ active, roles, pods }: Frame): string | undefined {
  const stable = Object.keys(roles).find((revision) => roles[revision]?.includes('stable'))
  if (active === null || stable === undefined) return undefined
  const newer = pods.find(({ revision, wanted }) => wanted > 0 && revision > Number(stable))?.revision
  return newer !== undefined && roles[String(newer)] === undefined ? String(newer) : undefined
}

const isNew = (roles: readonly string[]): boolean => roles.some((role) => role !== 'stable')

function updateOf(
  timeline: Timeline,
  revision: string,
  spans: ReturnType<typeof frameSpans>,
  isReplaced: boolean,
  badBefore: ReadonlySet<string>,
): UpdateAnswer {
  const promoted = spans.find(({ frame }) => frame.roles[revision]?.includes('stable'))
  const takenBack = promoted
    ? undefined
    : spans[1 + spans.map(({ frame }) => isUpdateTo(frame, revision)).lastIndexOf(true)]
  const over = promoted ?? takenBack
  const lasting = spans.slice(0, over ? spans.indexOf(over) : spans.length)
  const bad = lasting.find(({ frame }) => frame.abort || badRuns(frame).some((run) => !badBefore.has(run)))
  const aborted = lasting.find(({ frame }) => frame.abort)
  const back = bad && lasting.slice(lasting.indexOf(bad)).find(({ frame }) => shareOf(frame, revision) === 0)
  const exposure = (part: typeof spans): number =>
    millionths(part.reduce((sum, one) => sum + shareOf(one.frame, revision) * (one.untilSeconds - one.fromSeconds), 0))
  const end = promoted ? 'promoted' : aborted ? 'aborted' : isReplaced || takenBack ? 'replaced' : 'open'
  return {
    revision,
    fromSeconds: spans[0]?.fromSeconds ?? 0,
    end,
    untilSeconds: (promoted ?? aborted)?.fromSeconds ?? lasting.at(-1)?.untilSeconds ?? timeline.untilSeconds,
    exposureSeconds: exposure(lasting),
    ...(bad && {
      exposureBeforeDetectionSeconds: exposure(lasting.slice(0, lasting.indexOf(bad))),
      detectedAtSeconds: bad.fromSeconds,
    }),
    ...(back && { rolledBackAtSeconds: back.fromSeconds }),
  }
}

const isUpdateTo = (frame: Frame, revision: string): boolean =>
  (frame.roles[revision] ?? []).length > 0 || unnamed(frame) === revision

/** Rounded, to remove errors of floating-point addition. */
const millionths = (value: number): number => Math.round(value * 1e6) / 1e6

const badPhases: readonly string[] = ['Failed', 'Error', 'Inconclusive']

const badRuns = (frame: Frame | undefined): readonly string[] =>
  (frame?.runs ?? []).flatMap(({ name, phase }) => (badPhases.includes(phase) ? [name] : []))
