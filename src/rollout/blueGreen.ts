import { reconcileAnalysis } from './analysis/reconcileAnalysis'
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
import { always, type Stage } from './turn/stage'
import type { Turn } from './turn/turn'

/** One reconcile of a blue-green Rollout, stage by stage (behaviour 3.12). */
export const blueGreenStages: readonly Stage[] = [
  { name: 'services exist', run: servicesExist },
  { name: 'revision', run: (turn) => turn.semantics.syncNewReplicaSet(turn) },
  { name: 'preview service', run: always(reconcilePreviewService) },
  { name: 'new update', run: (turn) => (podTemplateChanged(turn.facts) ? syncBlueGreenStatus(turn) : 'continue') },
  { name: 'restart', gives: ['restartedAt'], run: always(restartPods) },
  { name: 'scale', run: scaleBlueGreen },
  { name: 'pause', run: always((turn) => withActive(turn, (active) => reconcileBlueGreenPause(turn, active))) },
  { name: 'active service', run: always(reconcileActiveService) },
  { name: 'target groups', gives: ['targetsUnverified'], run: verifyActiveTargets },
  { name: 'analysis', needs: ['targetsUnverified'], gives: ['currentRuns', 'runStatuses'], run: reconcileAnalysis },
  { name: 'ephemeral metadata', run: reconcileEphemeralMetadata },
  {
    name: 'status',
    needs: ['restartedAt', 'targetsUnverified', 'currentRuns', 'runStatuses'],
    run: (turn) => (turn.ledger.asks.length > 0 ? 'done' : syncBlueGreenStatus(turn)),
  },
]

const activeService = (turn: Turn) =>
  serviceNamed(turn.facts, turn.facts.rollout.spec.strategy?.blueGreen?.activeService)

function withActive(turn: Turn, act: (active: NonNullable<ReturnType<typeof activeService>>) => void): void {
  const active = activeService(turn)
  if (active) act(active)
}

function servicesExist(turn: Turn): Flow {
  const { previewService, activeService: active = '' } = turn.facts.rollout.spec.strategy?.blueGreen ?? {}
  if (previewService && !serviceNamed(turn.facts, previewService))
    return serviceNotFound(previewService, 'spec.strategy.blueGreen.previewService')
  return serviceNamed(turn.facts, active)
    ? 'continue'
    : serviceNotFound(active, 'spec.strategy.blueGreen.activeService')
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
  if (isFastTracked(turn.facts, active) || (pauseIsCompleted(turn) && prePromotionIsDone(turn.facts)))
    target = podHash(turn.facts.newSet)
  if (turn.facts.before.abort) target = turn.facts.before.stableRS ?? ''
  switchService(turn, active, target)
}

/** Unverified targets hold back post-promotion analysis and the promotion, not the reconcile. */
function verifyActiveTargets(turn: Turn): Flow {
  const flow = verifyTargetGroups(turn, activeService(turn))
  turn.draft.targetsUnverified = flow === 'unverified'
  return flow === 'unverified' ? 'continue' : flow
}
