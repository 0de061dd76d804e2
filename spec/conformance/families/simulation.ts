import type { KubeObject } from '../../../src/model/meta'
import type { Series } from '../../../src/model/series'
import { type Frame, simulate, type WorldEvent } from '../../../src/simulate/index'
import { firstDifferences, prune } from '../compare'
import { controllerOf } from '../controller'
import type { ConformanceCase, Unit } from '../types'

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

/** Frames in the words of the vectors, and written only when one of those changed. */
export function judge(testCase: ConformanceCase): readonly Unit[] {
  const { id, given, expect } = testCase
  const { name, rollout, manifests, readyAfterSeconds, neverReadyImages, series, events, untilSeconds } = given as Given
  const timeline = simulate({
    manifests,
    name: rollout ?? name,
    events: events?.map((event) => (event.image === undefined ? event : { ...event, container: name })),
    // What was recorded ran with exactly these objects.
    missing: 'strict',
    untilSeconds,
    series,
    pods: { readyAfterSeconds, neverReadyImages },
    options: { controller: controllerOf(testCase) },
  })
  const frames: object[] = []
  for (const frame of timeline.frames.map(recorded)) {
    const last = frames.at(-1)
    if (!last || JSON.stringify({ ...last, atSeconds: 0 }) !== JSON.stringify({ ...frame, atSeconds: 0 }))
      frames.push(frame)
  }
  return [{ name: id, differences: firstDifferences(prune(expect.frames), prune(frames), 'frames'), inputs: given }]
}

const recorded = ({ atSeconds, phase, message, stepIndex, weight, pods, active, abort, runs, experiments }: Frame) => ({
  atSeconds,
  phase,
  message,
  stepIndex,
  weight,
  pods,
  active,
  abort,
  runs,
  experiments,
})
