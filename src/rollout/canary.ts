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
import { always, type Stage } from './turn/stage'
import type { Turn } from './turn/turn'

/** Results that the status needs where a stage writes it and ends the reconcile. */
const untilAnalysis = ['restartedAt', 'weights', 'currentExperiment', 'experimentName'] as const
const untilScale = [...untilAnalysis, 'currentRuns', 'runStatuses'] as const
/** Whether a pause step is over depends on no Experiment and no run. */
const untilPause = ['restartedAt', 'weights', 'experimentName', 'runStatuses'] as const

/** One reconcile of a canary, stage by stage; the first that does not return `continue` ends it (behaviour 3.7). */
export const canaryStages: readonly Stage[] = [
  { name: 'new update', run: beginNewUpdate },
  { name: 'revision', run: (turn) => turn.semantics.syncNewReplicaSet(turn) },
  { name: 'restart', gives: ['restartedAt'], run: restart },
  { name: 'ephemeral metadata', run: reconcileEphemeralMetadata },
  { name: 'history', run: always(trimHistory) },
  { name: 'ping-pong service', run: reconcilePingPongService },
  { name: 'services', run: reconcileCanaryServices },
  { name: 'traffic', gives: ['weights'], run: reconcileTraffic },
  { name: 'experiments', gives: ['currentExperiment', 'experimentName'], run: reconcileExperiments },
  { name: 'analysis', needs: untilAnalysis, gives: ['currentRuns', 'runStatuses'], run: analyse },
  { name: 'scale', needs: untilScale, run: scale },
  { name: 'pause', needs: untilPause, run: (turn) => (pauseAtStep(turn) ? syncCanaryStatus(turn) : 'continue') },
  { name: 'step plugin', gives: ['pluginStatuses', 'pluginTrouble'], run: always(reconcileStepPlugin) },
  { name: 'status', needs: [...untilScale, 'pluginStatuses', 'pluginTrouble'], run: concludeStatus },
]

function restart(turn: Turn): Flow {
  return restartPods(turn) > 0 ? turn.facts.semantics.afterRestart : 'continue'
}

/** An answer is needed first. */
function concludeStatus(turn: Turn): Flow {
  return turn.ledger.asks.length > 0 ? 'done' : syncCanaryStatus(turn)
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
