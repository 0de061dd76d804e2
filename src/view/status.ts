import type { RolloutView } from './rolloutView'
import { wellFormedView } from './wellFormedViews'

/** The output of `status` for a Rollout, and whether it is done. */
export interface StatusReport {
  /** `Healthy`, `Degraded`, or `Paused - CanaryPauseStep`. */
  readonly text: string
  /** Healthy or Degraded: waiting for more makes no sense. */
  readonly done: boolean
  /** Why the command fails: a Degraded Rollout. */
  readonly error?: string
}

/**
 * The output of `kubectl argo rollouts status --watch=false` for a Rollout.
 *
 * Source: behaviour 8, `status`.
 *
 * @example
 * ```ts
 * import { describeRollout, statusReport } from 'rollout-engine/view'
 *
 * const rollout = { metadata: { name: 'web' }, spec: { paused: true }, status: { phase: 'Paused', message: 'manually paused' } } as const
 * statusReport(describeRollout({ rollout, replicaSets: [] })).text // 'Paused - manually paused'
 * ```
 */
export function statusReport(view: RolloutView): StatusReport {
  const { status, message } = wellFormedView(view)
  if (status === 'Healthy') return { text: status, done: true }
  if (status !== 'Degraded') return { text: `${status} - ${message}`, done: false }
  const error = `The rollout is in a degraded state with message: ${message}`
  return { text: status, done: true, error }
}
