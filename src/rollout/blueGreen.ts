import { reconcileAnalysis } from './analysis/reconcileAnalysis'
import type { Stage } from './canary'
import { progressIsHalted } from './facts/pauses'
import { isSaturated, podHash } from './facts/replicaSets'
import { podTemplateChanged } from './facts/templateChange'
import {
  isFastTracked,
  newPodsAreReady,
  pauseIsCompleted,
  prePromotionIsDone,
  reconcileBlueGreenPause,
} from './pause/blueGreenPause'
import { reconcileEphemeralMetadata } from './pods/ephemeralMetadata'
import { restartPods } from './pods/restart'
import { scaleBlueGreen } from './scale/blueGreenScale'
import { selectedHash, serviceNamed, serviceNotFound, switchService } from './services/serviceSwitch'
import { syncBlueGreenStatus } from './status/blueGreenStatus'
import { verifyTargetGroups } from './traffic/targetGroups'
import type { Flow } from './turn/flow'
import type { Turn } from './turn/turn'

/** One reconcile of a blue-green Rollout, stage by stage (behaviour 3.12). */
export const blueGreenStages: readonly Stage[] = [
  { name: 'services exist', run: servicesExist },
  { name: 'revision', run: (turn) => turn.semantics.syncNewReplicaSet(turn) },
  { name: 'preview service', run: go(reconcilePreviewService) },
  { name: 'new update', run: (turn) => (podTemplateChanged(turn.facts) ? syncBlueGreenStatus(turn) : 'continue') },
  { name: 'restart', run: go(restartPods) },
  { name: 'scale', run: scaleBlueGreen },
  { name: 'pause', run: go((turn) => withActive(turn, (active) => reconcileBlueGreenPause(turn, active))) },
  { name: 'active service', run: go(reconcileActiveService) },
  { name: 'target groups', run: (turn) => verifyTargetGroups(turn, activeService(turn)) },
  { name: 'analysis', run: reconcileAnalysis },
  { name: 'ephemeral metadata', run: reconcileEphemeralMetadata },
  { name: 'status', run: (turn) => (turn.ledger.asks.length > 0 ? 'done' : syncBlueGreenStatus(turn)) },
]

/** A stage that never ends the reconcile. */
function go(stage: (turn: Turn) => unknown): Stage['run'] {
  return (turn) => {
    stage(turn)
    return 'continue'
  }
}

const activeService = (turn: Turn) =>
  serviceNamed(turn.facts, turn.facts.rollout.spec.strategy?.blueGreen?.activeService)

function withActive(turn: Turn, act: (active: NonNullable<ReturnType<typeof activeService>>) => void): void {
  const active = activeService(turn)
  if (active) act(active)
}

function servicesExist(turn: Turn): Flow {
  const { previewService, activeService: active = '' } = turn.facts.rollout.spec.strategy?.blueGreen ?? {}
  if (previewService && !serviceNamed(turn.facts, previewService)) return serviceNotFound(previewService)
  return serviceNamed(turn.facts, active) ? 'continue' : serviceNotFound(active)
}

/** The preview shows the new pods at once, available or not. */
function reconcilePreviewService(turn: Turn): void {
  const preview = serviceNamed(turn.facts, turn.facts.rollout.spec.strategy?.blueGreen?.previewService)
  if (preview && !progressIsHalted(turn.facts)) switchService(turn, preview, podHash(turn.facts.newSet))
}

/** Promotion: the active Service follows once the new pods are complete and nothing holds it (AR#3534). */
function reconcileActiveService(turn: Turn): void {
  const active = activeService(turn)
  if (!active || progressIsHalted(turn.facts)) return
  if (!newPodsAreReady(turn.facts) || !isSaturated(turn.facts, turn.facts.newSet)) return
  let target = selectedHash(active)
  if (isFastTracked(turn.facts, active) || (pauseIsCompleted(turn) && prePromotionIsDone(turn)))
    target = podHash(turn.facts.newSet)
  if (turn.facts.before.abort) target = turn.facts.before.stableRS ?? ''
  switchService(turn, active, target)
}
