import { reconcileAnalysis } from './analysis/reconcileAnalysis'
import { reconcileExperiments } from './experiment/reconcileExperiments'
import { podTemplateOrStepsChanged } from './facts/templateChange'
import { pauseAtStep } from './pause/pauseStep'
import { reconcileEphemeralMetadata } from './pods/ephemeralMetadata'
import { restartPods } from './pods/restart'
import { trimHistory } from './revision/history'
import { syncRevision } from './revision/revision'
import { scaleCanary } from './scale/scaleCanary'
import { reconcileCanaryServices } from './services/canaryServices'
import { reconcilePingPongService } from './services/pingPong'
import { syncCanaryStatus } from './status/canaryStatus'
import { reconcileStepPlugin } from './steps/stepPlugin'
import { reconcileTraffic } from './traffic/reconcileTraffic'
import { type Flow, isProblem } from './turn/flow'
import { pauseWasAdded } from './turn/pauses'
import type { Turn } from './turn/turn'

export interface Stage {
  readonly name: string
  readonly run: (turn: Turn) => Flow
}

/** One reconcile of a canary, stage by stage; the first that does not say `continue` ends it (behaviour 3.7). */
export const canaryStages: readonly Stage[] = [
  { name: 'new update', run: beginNewUpdate },
  { name: 'revision', run: (turn) => turn.semantics.syncNewReplicaSet(turn) },
  { name: 'restart', run: (turn) => (restartPods(turn) > 0 ? turn.facts.semantics.afterRestart : 'continue') },
  { name: 'ephemeral metadata', run: reconcileEphemeralMetadata },
  { name: 'history', run: always(trimHistory) },
  { name: 'ping-pong service', run: reconcilePingPongService },
  { name: 'services', run: reconcileCanaryServices },
  { name: 'traffic', run: reconcileTraffic },
  { name: 'experiments', run: reconcileExperiments },
  { name: 'analysis', run: analyse },
  { name: 'scale', run: scale },
  { name: 'pause', run: (turn) => (pauseAtStep(turn) ? syncCanaryStatus(turn) : 'continue') },
  { name: 'step plugin', run: always(reconcileStepPlugin) },
  { name: 'status', run: (turn) => (turn.ledger.asks.length > 0 ? 'done' : syncCanaryStatus(turn)) },
]

/** A stage that never ends the reconcile. */
function always(stage: (turn: Turn) => void): Stage['run'] {
  return (turn) => {
    stage(turn)
    return 'continue'
  }
}

/** Another template or other steps: only the status is reset in this reconcile. */
function beginNewUpdate(turn: Turn): Flow {
  if (!podTemplateOrStepsChanged(turn.facts)) return 'continue'
  syncRevision(turn)
  return syncCanaryStatus(turn)
}

/**
 * Quirk kept for fidelity: when an experiment or a run ends inconclusive, other problems of the same reconcile are not
 * reported.
 */
function analyse(turn: Turn): Flow {
  const flow = reconcileAnalysis(turn)
  return pauseWasAdded(turn) ? syncCanaryStatus(turn) : flow
}

/** One ReplicaSet is scaled per reconcile, and nothing else happens in that reconcile. */
function scale(turn: Turn): Flow {
  const scaled = scaleCanary(turn)
  if (isProblem(scaled)) return scaled
  return scaled ? syncCanaryStatus(turn) : 'continue'
}
