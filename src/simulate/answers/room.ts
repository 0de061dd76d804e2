import type { Timeline } from '../simulation'
import { frameSpans } from './spans'
import { wantedPods } from './wantedPods'

/** What a quota, or the nodes, allowed, and whether that was enough. Pods that terminate are not counted. */
export interface RoomAnswer {
  /** The fewest pods that it allowed, and when that was first so. */
  readonly pods: number
  readonly atSeconds: number
  /** The most pods that were wanted beyond it at once; 0: there was always enough room. */
  readonly missing: number
  /** When these were first missing. */
  readonly missingAtSeconds?: number
  /** How long pods were missing, in all. */
  readonly missingSeconds: number
}

/** Undefined where nothing limited the pods in this way. */
export function roomAnswer(timeline: Timeline, limit: 'pods' | 'running'): RoomAnswer | undefined {
  let answer: RoomAnswer | undefined
  for (const { frame, fromSeconds, untilSeconds } of frameSpans(timeline)) {
    const allowed = frame.room?.[limit]
    if (allowed === undefined) continue
    const missing = Math.max(0, wantedPods(frame) - allowed)
    const before: RoomAnswer = answer ?? { pods: allowed, atSeconds: fromSeconds, missing: 0, missingSeconds: 0 }
    answer = {
      ...before,
      ...(allowed < before.pods && { pods: allowed, atSeconds: fromSeconds }),
      ...(missing > before.missing && { missing, missingAtSeconds: fromSeconds }),
      missingSeconds: before.missingSeconds + (missing > 0 ? untilSeconds - fromSeconds : 0),
    }
  }
  return answer
}
