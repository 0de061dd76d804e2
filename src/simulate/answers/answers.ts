import { sameJson } from '../../model/sameJson'
import type { Timeline } from '../simulation'
import { type RoomAnswer, roomAnswer } from './room'
import { frameSpans, type OpenSpan, spansOf } from './spans'
import { type UpdateAnswer, updatesOf } from './updates'
import { wantedPods } from './wantedPods'
import { wellFormedTimeline, wellFormedUpdates } from './wellFormed'

/** A period in which the Rollout was in one phase. */
export interface PhaseSpan extends OpenSpan {
  readonly phase: string
}

/** A pause, and what ends it. */
export interface PauseAnswer extends OpenSpan {
  /** The step of a canary; null if the pause is not from a step. */
  readonly stepIndex: number | null
  readonly message: string
  /** The command that ends it; null if it ends by time. */
  readonly waitsFor: 'promote' | 'resume' | null
}

/** A summary of a simulation. */
export interface SimulationAnswers {
  readonly phases: readonly PhaseSpan[]
  /** Seconds in each phase, in all. */
  readonly secondsByPhase: Readonly<Record<string, number>>
  readonly pauses: readonly PauseAnswer[]
  readonly updates: readonly UpdateAnswer[]
  /**
   * The highest number of wanted pods of all ReplicaSets, and when it was first reached: the capacity that quotas and
   * nodes need.
   */
  readonly peakPods: { readonly pods: number; readonly atSeconds: number }
  /** What a quota allowed, and how many pods it kept away; undefined without one. */
  readonly quota?: RoomAnswer
  /** For how many pods the nodes had room; undefined where no model has nodes. */
  readonly nodes?: RoomAnswer
  /**
   * The fewest available pods in proportion to `spec.replicas`, from the first moment on at which all were available;
   * undefined if they never were.
   */
  readonly lowestAvailability?: {
    readonly available: number
    readonly replicas: number
    readonly atSeconds: number
  }
}

/**
 * Summarizes a simulation: the time in each phase, pauses and who ends them, peak pods, lowest availability, and for
 * each update its end, its exposure and when a problem was detected. A pure function of the timeline.
 *
 * @example
 * import { answersOf, simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const strategy = { canary: { steps: [{ setWeight: 50 }, { pause: { duration: 60 } }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy, template }
 * const manifests = [{ kind: 'Rollout', metadata: { name: 'web' }, spec }]
 * const { updates } = answersOf(simulate({ manifests, events: [{ atSeconds: 10, image: 'web:2' }] }))
 * updates[0]?.exposureSeconds // => 30
 */
export function answersOf(given: Timeline): SimulationAnswers {
  return answersOfRun(wellFormedTimeline(given))
}

/** The same about a timeline that comes from the simulator, which is well-formed. */
export function answersOfRun(timeline: Timeline): SimulationAnswers {
  const phases = spansOf(timeline, ({ phase }) => phase).map(({ value: phase, ...span }) => ({ phase, ...span }))
  const lowest = lowestAvailability(timeline)
  const [quota, nodes] = [roomAnswer(timeline, 'pods'), roomAnswer(timeline, 'running')]
  return {
    phases,
    secondsByPhase: secondsByPhase(phases),
    pauses: pausesOf(timeline),
    updates: updatesOf(timeline),
    peakPods: peakPods(timeline),
    ...(quota && { quota }),
    ...(nodes && { nodes }),
    ...(lowest && { lowestAvailability: lowest }),
  }
}

function secondsByPhase(phases: readonly PhaseSpan[]): Readonly<Record<string, number>> {
  const seconds = new Map<string, number>()
  for (const { phase, fromSeconds, untilSeconds } of phases) {
    seconds.set(phase, (seconds.get(phase) ?? 0) + untilSeconds - fromSeconds)
  }
  return Object.fromEntries(seconds)
}

const pausesOf = (timeline: Timeline): readonly PauseAnswer[] =>
  spansOf(
    timeline,
    ({ phase, stepIndex, message, waitsFor }) => (phase === 'Paused' ? { stepIndex, message, waitsFor } : undefined),
    sameJson,
  ).map(({ value, ...span }) => ({ ...value, ...span }))

function peakPods({ frames }: Timeline): SimulationAnswers['peakPods'] {
  let peak = { pods: 0, atSeconds: 0 }
  for (const frame of frames) {
    const pods = wantedPods(frame)
    if (pods > peak.pods) peak = { pods, atSeconds: frame.atSeconds }
  }
  return peak
}

function lowestAvailability(timeline: Timeline): SimulationAnswers['lowestAvailability'] {
  let lowest: SimulationAnswers['lowestAvailability']
  for (const { frame } of frameSpans(timeline)) {
    const { replicas, atSeconds } = frame
    const available = frame.pods.reduce((sum, pods) => sum + pods.available, 0)
    if (replicas === 0 || (lowest === undefined && available < replicas)) continue
    const share = Math.min(1, available / replicas)
    if (lowest === undefined || share < Math.min(1, lowest.available / lowest.replicas)) {
      lowest = { available, replicas, atSeconds }
    }
  }
  return lowest
}

/**
 * Seconds from a second of the simulation until the update that runs then is over; undefined if none runs, or it does
 * not end. Waits for users count as they happened in the simulation.
 *
 * @example
 * import { secondsLeft } from 'rollout-engine/simulate'
 * const update = { revision: '2', fromSeconds: 10, untilSeconds: 70, end: 'promoted', exposureSeconds: 30 } as const
 * secondsLeft([update], 40) // => 30
 */
export function secondsLeft(given: readonly UpdateAnswer[], second: number): number | undefined {
  const { updates } = wellFormedUpdates({ updates: given })
  if (typeof second !== 'number') return undefined
  const running = updates.find(({ fromSeconds, untilSeconds }) => fromSeconds <= second && second < untilSeconds)
  return running && running.end !== 'open' ? running.untilSeconds - second : undefined
}
