import type { ClusterObjects } from '../cluster/objects'
import { isJsonObject } from '../model/json'
import { podTemplateHashLabel, revisionAnnotation } from '../model/labelKeys'
import { sameJson } from '../model/sameJson'
import type { Frame } from '../simulate/frame'
import { recordedFrame } from '../simulate/recordedFrame'
import type { Timeline } from '../simulate/simulation'

/** What a Rollout looks like at a second of a story. */
export interface Moment {
  readonly atSeconds: number
  readonly phase: string
  readonly message: string
  readonly weight: number | null
  readonly stepIndex: number | null
  readonly pods: Frame['pods']
}

/** A simulation without hashes: revisions are called by their numbers, so that two of them can be compared. */
export interface Story {
  readonly frames: readonly Frame[]
  /** What the controller told, each text once. */
  readonly events: readonly string[]
  /** With hashes taken out of a text. */
  readonly plain: (text: string) => string
}

export function storyOf(timeline: Timeline): Story {
  const plain = withoutHashes(timeline.objects)
  const told = new Set(timeline.events.map(({ reason, message }) => plain(`${reason}: ${message}`)))
  return { frames: timeline.frames.map((frame) => withTexts(frame, plain) as Frame), events: [...told], plain }
}

/** The value with every text and key of it changed. */
function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), withTexts(item, change)]))
}

function withoutHashes(objects: ClusterObjects): (text: string) => string {
  const sets = Object.values(objects).filter(({ kind }) => kind === 'ReplicaSet')
  const names = sets.flatMap(({ metadata }) => {
    const hash = metadata.labels?.[podTemplateHashLabel]
    const revision = metadata.annotations?.[revisionAnnotation]
    return hash && revision ? [[hash, `r${revision}`] as const] : []
  })
  return (text) => names.reduce((plain, [hash, revision]) => plain.replaceAll(hash, revision), text)
}

/** The first moment at which two stories differ. */
export interface Parting {
  readonly atSeconds: number
  readonly left: Moment | undefined
  readonly right: Moment | undefined
}

/** Frames stand only where something changed; both stories are read second by second at the moments of either. */
export function firstDifference(left: readonly Frame[], right: readonly Frame[]): Parting | undefined {
  const moments = [...new Set([...left, ...right].map(({ atSeconds }) => atSeconds))].sort((a, b) => a - b)
  const [leftAt, rightAt] = [frameReader(left), frameReader(right)]
  for (const atSeconds of moments) {
    const [one, other] = [leftAt(atSeconds), rightAt(atSeconds)]
    if (!sameMoment(one, other)) return { atSeconds, left: momentOf(one, atSeconds), right: momentOf(other, atSeconds) }
  }
  return undefined
}

/** The last frame up to a second, for seconds that are asked in order. */
function frameReader(frames: readonly Frame[]): (second: number) => Frame | undefined {
  let next = 0
  return (second) => {
    while (next < frames.length && frames[next]!.atSeconds <= second) next++
    return frames[next - 1]
  }
}

function momentOf(frame: Frame | undefined, atSeconds: number): Moment | undefined {
  if (!frame) return undefined
  const { phase, message, weight, stepIndex, pods } = frame
  return { atSeconds, phase, message, weight, stepIndex, pods }
}

export const sameMoment = (one: Frame | undefined, other: Frame | undefined): boolean =>
  sameJson({ ...momentOf(one, 0), ...comparedOf(one) }, { ...momentOf(other, 0), ...comparedOf(other) })

/** Pods without their roles, which follow from the rest a moment later. */
const comparedOf = (frame: Frame | undefined): object => {
  if (!frame) return {}
  const { pods, active, abort } = recordedFrame(frame)
  return { pods, active, abort }
}

/** A moment in words. */
export function momentText(moment: Moment | undefined): string {
  if (!moment) return 'nothing yet'
  const { atSeconds, phase, message, weight, stepIndex, pods } = moment
  const places = [`${phase}${message ? ` (${message})` : ''}`]
  if (stepIndex !== null) places.push(`step ${stepIndex}`)
  if (weight !== null) places.push(`weight ${weight}`)
  for (const { revision, wanted, available } of pods) places.push(`r${revision} ${available}/${wanted} pods`)
  return `at ${atSeconds} s ${places.join(', ')}`
}
