import type { Rollout } from '../../model/rollout'
import type { RolloutPhase, RolloutStatus } from '../../model/rolloutStatus'
import { parseTime } from '../../model/time'
import { replicasOf } from '../defaults'
import { isFullyPromoted } from './health'

export interface PhaseAndMessage {
  readonly phase: RolloutPhase
  readonly message: string
}

const progressing = (message: string): PhaseAndMessage => ({ phase: 'Progressing', message })

/** The phase that users see: the first rule that applies (behaviour 3.21). */
export function phaseOf(rollout: Rollout, status: RolloutStatus): PhaseAndMessage {
  return degraded(status) ?? paused(rollout, status) ?? waiting(rollout, status) ?? { phase: 'Healthy', message: '' }
}

function degraded(status: RolloutStatus): PhaseAndMessage | undefined {
  for (const { type, reason, message } of status.conditions ?? []) {
    if (type === 'InvalidSpec') return { phase: 'Degraded', message: `InvalidSpec: ${message ?? ''}` }
    if (reason === 'RolloutAborted' || reason === 'ProgressDeadlineExceeded') {
      return { phase: 'Degraded', message: `${reason}: ${message ?? ''}` }
    }
  }
  return undefined
}

function paused(rollout: Rollout, status: RolloutStatus): PhaseAndMessage | undefined {
  if (rollout.spec.paused) return { phase: 'Paused', message: 'manually paused' }
  const first = status.pauseConditions?.[0]
  return first && { phase: 'Paused', message: first.reason }
}

function waiting(rollout: Rollout, status: RolloutStatus): PhaseAndMessage | undefined {
  const updated = status.updatedReplicas ?? 0
  if (restartIsPending(rollout, status)) return progressing('rollout is restarting')
  if (updated < replicasOf(rollout)) return progressing('more replicas need to be updated')
  if ((status.availableReplicas ?? 0) < updated) return progressing('updated replicas are still becoming available')
  const promoted = !!status.stableRS && isFullyPromoted(status)
  if (rollout.spec.strategy?.blueGreen) return waitingBlueGreen(rollout, status, promoted)
  const { canary } = rollout.spec.strategy ?? {}
  if (!canary) return undefined
  if (!canary.trafficRouting && (status.replicas ?? 0) > updated)
    return progressing('old replicas are pending termination')
  return promoted ? undefined : progressing('waiting for all steps to complete')
}

function waitingBlueGreen(rollout: Rollout, status: RolloutStatus, promoted: boolean): PhaseAndMessage | undefined {
  const active = status.blueGreen?.activeSelector
  if (!active || active !== status.currentPodHash) return progressing('active service cutover pending')
  if (promoted) return undefined
  const run = status.blueGreen?.postPromotionAnalysisRunStatus
  const analysisPending = rollout.spec.strategy?.blueGreen?.postPromotionAnalysis && !isFinal(run?.status)
  return progressing(
    analysisPending ? 'waiting for analysis to complete' : 'waiting for post-promotion verification to complete',
  )
}

const isFinal = (phase: string | undefined): boolean =>
  phase === 'Successful' || phase === 'Failed' || phase === 'Error' || phase === 'Inconclusive'

export function restartIsPending(rollout: Rollout, status: RolloutStatus): boolean {
  const restartAt = parseTime(rollout.spec.restartAt)
  return restartAt !== undefined && restartAt !== parseTime(status.restartedAt)
}
