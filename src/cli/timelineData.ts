import type { Issue } from '../model/issue'
import { answersOf } from '../simulate/answers/answers'
import { recordedFrame } from '../simulate/recordedFrame'
import type { Timeline } from '../simulate/simulation'

/** A timeline as `simulate --output json` prints it. */
export function timelineData(timeline: Timeline, issues: readonly Issue[], summary: boolean) {
  const { controller, frames, events, assumed, outcome, experimentEnd, deeds, trace } = timeline
  const answers = summary && { answers: answersOf(timeline) }
  const recorded = { frames: frames.map(recordedFrame) }
  return {
    controller,
    frames,
    events,
    deeds,
    issues,
    assumed,
    outcome,
    experimentEnd,
    ...answers,
    trace,
    recorded,
  }
}
