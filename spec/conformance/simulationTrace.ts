import type { KubeObject } from '../../src/model/meta'
import type { Series } from '../../src/model/series'
import {
  type RecordedFrame,
  recordedFrame,
  type SimulationInput,
  simulate,
  type WorldEvent,
} from '../../src/simulate/index'
import { firstDifferences, prune } from './compare'
import { controllerOf } from './controller'
import type { ConformanceCase, Unit } from './types'

interface Given {
  readonly name: string
  readonly rollout?: string
  readonly manifests: readonly KubeObject[]
  readonly readyAfterSeconds?: number
  readonly neverReadyImages?: readonly string[]
  readonly series?: Series
  readonly events?: readonly WorldEvent[]
  readonly untilSeconds?: number
}

const recorded = [
  'atSeconds',
  'phase',
  'message',
  'stepIndex',
  'weight',
  'pods',
  'active',
  'abort',
  'runs',
  'experiments',
] as const satisfies readonly (keyof RecordedFrame)[]

const hasWorkloads = ({ frames }: ConformanceCase['expect']): boolean =>
  (frames as readonly object[]).some((frame) => 'workload' in frame)

/** What was simulated when a case was recorded. */
export function recordedInput({ given }: Pick<ConformanceCase, 'given'>): SimulationInput {
  const { name, rollout, manifests, readyAfterSeconds, neverReadyImages, series, events, untilSeconds } = given as Given
  return {
    manifests,
    name: rollout ?? name,
    events: events?.map((event) => (event.image === undefined ? event : { ...event, container: name })),
    untilSeconds,
    series,
    pods: { readyAfterSeconds, neverReadyImages },
  }
}

/** Judges a recorded simulation: frames in the words of the vectors, written only when one of those changed. */
export function judgeSimulation(
  testCase: ConformanceCase,
  world: Pick<SimulationInput, 'wholeSeconds'>,
): readonly Unit[] {
  const { id, given, expect } = testCase
  const timeline = simulate({
    ...recordedInput(testCase),
    ...world,
    // The controller was recorded alone, without Kubernetes' garbage collector.
    keepsOrphans: true,
    missing: 'strict',
    options: { controller: controllerOf(testCase) },
  })
  const told = hasWorkloads(expect) ? [...recorded, 'workload' as const] : recorded
  const frames: object[] = []
  for (const whole of timeline.frames.map(recordedFrame)) {
    const frame = Object.fromEntries(told.map((field) => [field, whole[field]]))
    const last = frames.at(-1)
    if (!last || JSON.stringify({ ...last, atSeconds: 0 }) !== JSON.stringify({ ...frame, atSeconds: 0 }))
      frames.push(frame)
  }
  return [{ name: id, differences: firstDifferences(prune(expect.frames), prune(frames), 'frames'), inputs: given }]
}
