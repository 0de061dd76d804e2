import { durationProblem, parseDurationSeconds } from '../go/durationSeconds'
import { givenText } from '../model/given'
import type { JsonValue } from '../model/json'
import { formatTime, parseTime } from '../model/time'
import type { CommandPlan, CommandResult, Named } from './plan'
import { mergeRequest, planFor } from './planFor'

const specPlan = (rollout: Named, spec: Readonly<Record<string, JsonValue>>, done: string): CommandPlan =>
  planFor('rollouts', rollout, (target) => ({
    requests: [mergeRequest(target, { spec })],
    message: `rollout '${target.name}' ${done}\n`,
  }))

/**
 * Pauses manually: an update stops, but scaling is still carried out.
 *
 * Source: behaviour 8, `pause`.
 *
 * @example
 * import { pause } from 'rollout-engine/commands'
 * pause({ metadata: { name: 'web' } }).message // => "rollout 'web' paused\n"
 */
export const pause = (rollout: Named): CommandPlan => specPlan(rollout, { paused: true }, 'paused')

/**
 * Reverts `pause`; pauses of steps stay. Upstream's command line has no such command; `kubectl patch`, Argo CD and
 * `promote` do it.
 *
 * @example
 * import { resume } from 'rollout-engine/commands'
 * resume({ metadata: { name: 'web' } }).message // => "rollout 'web' resumed\n"
 */
export const resume = (rollout: Named): CommandPlan => specPlan(rollout, { paused: false }, 'resumed')

/**
 * Changes the number of pods, as `kubectl scale` does.
 *
 * @example
 * import { scale } from 'rollout-engine/commands'
 * scale({ metadata: { name: 'web' } }, 5).requests[0]
 * // => { verb: 'patch', target: { resource: 'rollouts', namespace: 'default', name: 'web' }, patchType: 'merge', patch: { spec: { replicas: 5 } } }
 */
export const scale = (rollout: Named, replicas: number): CommandPlan =>
  Number.isSafeInteger(replicas)
    ? specPlan(rollout, { replicas }, 'scaled')
    : { requests: [], message: 'nothing is asked of the API server: the number of replicas is no whole number\n' }

/**
 * Recreates every pod, one after the other, `delay` (a Go duration, perhaps negative) after `now` (RFC 3339). Refused
 * if the delay is not a duration, for which upstream's command line panics.
 *
 * Source: behaviour 8, `restart`.
 *
 * @example
 * import { restart } from 'rollout-engine/commands'
 * const rollout = { metadata: { name: 'web' } }
 * const plan = restart(rollout, '2030-01-01T00:00:00Z', '90s')
 * 'message' in plan && plan.message // => "rollout 'web' restarts in 90s\n"
 * restart(rollout, '2030-01-01T00:00:00Z', '1d') // => { refused: 'time: unknown unit "d" in duration "1d"' }
 */
export function restart(rollout: Named, now: string, givenDelay = ''): CommandResult {
  const delay = givenText(givenDelay)
  const delaySeconds = delay === '' ? 0 : parseDurationSeconds(delay)
  const nowSeconds = parseTime(now)
  if (delaySeconds === undefined) return { refused: durationProblem(delay) ?? `invalid duration "${delay}"` }
  if (nowSeconds === undefined) return { refused: `now is no RFC 3339 time: "${givenText(now)}"` }
  const restartAt = formatTime(Math.floor(nowSeconds + delaySeconds))
  return specPlan(rollout, { restartAt }, `restarts in ${delay === '' ? '0s' : delay}`)
}
