import { type ControllerVersion, newestRelease, ofVersion } from '../model/controllerVersion'
import type { Rollout } from '../model/rollout'
import { parseTime } from '../model/time'
import { progressDeadlineSecondsOf } from './defaults'
import { conditionOf } from './facts/conditionList'
import { semantics } from './semantics'

/**
 * When a paused update times out in a reconcile that no requeue asks for: versions whose progress clock runs on during
 * pauses do so.
 */
export function pausedDeadlineOf(rollout: Rollout, controller: ControllerVersion = newestRelease): number | undefined {
  const progressing = conditionOf(rollout.status?.conditions ?? [], 'Progressing')
  if (progressing?.reason !== 'RolloutPaused') return undefined
  if (ofVersion(semantics, controller).standsStill(progressing.reason)) return undefined
  const lastUpdate = parseTime(progressing.lastUpdateTime)
  return lastUpdate === undefined ? undefined : lastUpdate + progressDeadlineSecondsOf(rollout)
}
