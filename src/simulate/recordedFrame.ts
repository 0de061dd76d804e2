import { wellFormedFrame } from './answers/wellFormed'
import type { Frame, PodCounts } from './frame'

type RecordedPods = readonly [wanted: number, available: number]

/** A frame in the names of recorded simulations, those of the conformance vectors. */
export interface RecordedFrame
  extends Omit<
    Frame,
    'pods' | 'active' | 'experiments' | 'runs' | 'blockers' | 'wakeUps' | 'verifiedWeight' | 'room' | 'routes'
  > {
  /** By revision; under `null` those of the youngest ReplicaSet, the last by name, of an Experiment. */
  readonly pods: Readonly<Record<string, RecordedPods>>
  readonly active: 'set' | null
  /** Phase of every AnalysisRun. */
  readonly runs: Readonly<Record<string, string>>
  /** Phase of every Experiment. */
  readonly experiments: Readonly<Record<string, string>>
  /** Pods of every ReplicaSet of an Experiment that has any. */
  readonly experimentPods: Readonly<Record<string, RecordedPods>>
}

const recordedPods = ({ wanted, available }: PodCounts): RecordedPods => [wanted, available]

/**
 * A frame as recordings of the controller have it: `pods: { 2: [wanted, available] }`, `active: 'set'`.
 *
 * @example
 * import { recordedFrame, simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const { frames } = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec }] })
 * frames.map((frame) => recordedFrame(frame).pods).at(-1) // => { 1: [2, 2] }
 */
export const recordedFrame = (given: Frame): RecordedFrame => inRecordedNames(wellFormedFrame(given))

/** The same of a frame that is ours. */
export function inRecordedNames(given: Frame): RecordedFrame {
  const {
    wakeUps: _wakeUps,
    blockers: _blockers,
    verifiedWeight: _verified,
    room: _room,
    routes: _routes,
    ...frame
  } = given
  const own = frame.pods.map((pods) => [String(pods.revision), recordedPods(pods)] as const)
  const states = Object.entries(frame.experiments)
  const ofExperiments = states
    .flatMap(([, { pods }]) => pods)
    .sort((left, right) => (left.replicaSet < right.replicaSet ? -1 : 1))
  let youngest = ofExperiments[0]
  for (const one of ofExperiments) if (youngest && one.createdAt >= youngest.createdAt) youngest = one
  return {
    ...frame,
    pods: Object.fromEntries(youngest ? [...own, ['null', recordedPods(youngest)] as const] : own),
    active: (frame.active ?? null) === null ? null : 'set',
    runs: Object.fromEntries(frame.runs.map(({ name, phase }) => [name, phase])),
    experiments: Object.fromEntries(
      states.flatMap(([name, { phase }]) => (typeof phase === 'string' ? [[name, phase]] : [])),
    ),
    experimentPods: Object.fromEntries(ofExperiments.map((one) => [one.replicaSet, recordedPods(one)])),
  }
}
