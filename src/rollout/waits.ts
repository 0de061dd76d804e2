import { isCompletedPhase } from '../model/analysisPhases'
import type { Blocker } from '../model/blocker'
import type { RolloutStatus, RunReference } from '../model/rolloutStatus'
import { formatTime } from '../model/time'
import type { ReplicaSet } from '../model/workload'
import { replicasOf } from './defaults'
import { thresholdReached } from './desired/atDesiredCounts'
import { secondsNow } from './facts/clock'
import type { Facts } from './facts/facts'
import { restartIsPending } from './facts/phase'
import { availablePods, createdPods, secondsUntilDeadline, wantedPods } from './facts/replicaSets'

/**
 * What an updating Rollout waits for when nothing holds it on purpose: runs, Experiments, plugins, the router, pods,
 * timers.
 */
export function progressWaits(facts: Facts, status: RolloutStatus): readonly Blocker[] {
  const waits: Blocker[] = []
  noteRuns(waits, status)
  noteExperiment(waits, status)
  notePlugins(waits, status)
  noteWeight(waits, status)
  notePods(waits, facts)
  noteThreshold(waits, facts)
  noteRestart(waits, facts, status)
  if (waits.length > 0) return waits
  const preview = previewWaits(facts)
  return preview.length > 0 ? preview : delayWaits(facts)
}

function noteRuns(waits: Blocker[], { canary, blueGreen }: RolloutStatus): void {
  noteRun(waits, canary?.currentStepAnalysisRunStatus)
  noteRun(waits, blueGreen?.prePromotionAnalysisRunStatus)
  noteRun(waits, blueGreen?.postPromotionAnalysisRunStatus)
}

function noteRun(waits: Blocker[], run: RunReference | undefined): void {
  if (run && !isCompletedPhase(run.status)) waits.push({ code: 'analysis', data: { analysisRun: run.name } })
}

function noteExperiment(waits: Blocker[], { canary }: RolloutStatus): void {
  const experiment = canary?.currentExperiment
  if (experiment) waits.push({ code: 'experiment', data: { experiment } })
}

function notePlugins(waits: Blocker[], { canary, currentStepIndex }: RolloutStatus): void {
  for (const { name, index, operation, phase, message = '', startedAt } of canary?.stepPluginStatuses ?? []) {
    if (index !== currentStepIndex || operation !== 'Run') continue
    const since = startedAt ? { since: startedAt } : {}
    const data = { plugin: name, stepIndex: index }
    if (phase === 'Running') waits.push({ code: 'plugin', data, ...since })
    else if (phase === 'Error') waits.push({ code: 'pluginRetry', data: { ...data, message }, ...since })
  }
}

function noteWeight(waits: Blocker[], { canary }: RolloutStatus): void {
  const { weights } = canary ?? {}
  if (weights?.verified === false) waits.push({ code: 'weight', data: { weight: weights.canary?.weight ?? 0 } })
}

/** Notes pods that are missing, and pods that are too many; the new ReplicaSet first. */
export function notePods(waits: Blocker[], { replicaSets, newSet }: Facts): void {
  if (newSet) notePodsOf(waits, newSet)
  for (const set of replicaSets) if (set.metadata.name !== newSet?.metadata.name) notePodsOf(waits, set)
}

function notePodsOf(waits: Blocker[], set: ReplicaSet): void {
  const replicaSet = set.metadata.name
  const [wanted, available, present] = [wantedPods(set), availablePods(set), createdPods(set)]
  if (available < wanted) waits.push({ code: 'pods', data: { replicaSet, available, wanted } })
  else if (present > wanted) waits.push({ code: 'podsLeaving', data: { replicaSet, present, wanted } })
}

/** A threshold beyond the pods that the step makes is never reached. */
function noteThreshold(waits: Blocker[], facts: Facts): void {
  const { newSet: set, rollout } = facts
  const threshold = rollout.spec.strategy?.canary?.replicaProgressThreshold
  const wanted = wantedPods(set)
  const available = availablePods(set)
  if (!set || !threshold || available < wanted || thresholdReached(facts, set, wanted)) return
  const unit = threshold.type === 'Percent' ? 'percent' : 'pods'
  const data = { replicaSet: set.metadata.name, available, value: threshold.value, unit } as const
  waits.push({ code: 'threshold', data })
}

/**
 * A preview of another size than the Rollout is not switched to; who skips the pause (a rollback) never gives it the
 * rest.
 */
function previewWaits({ newSet: set, rollout }: Facts): readonly Blocker[] {
  const preview = rollout.spec.strategy?.blueGreen?.previewReplicaCount
  const [pods, replicas] = [wantedPods(set), replicasOf(rollout)]
  if (!set || preview === undefined || pods !== preview || pods === replicas) return []
  return [{ code: 'previewSize', data: { replicaSet: set.metadata.name, pods, replicas } }]
}

function noteRestart(waits: Blocker[], { rollout }: Facts, status: RolloutStatus): void {
  const { restartAt } = rollout.spec
  if (restartAt !== undefined && restartIsPending(rollout, status)) waits.push({ code: 'restart', data: { restartAt } })
}

/** Old ReplicaSets that keep their pods until their deadline, which nothing else waits for. */
function delayWaits(facts: Facts): readonly Blocker[] {
  const waits: Blocker[] = []
  for (const set of facts.olderSets) {
    const seconds = wantedPods(set) > 0 ? secondsUntilDeadline(facts, set) : undefined
    if (seconds === undefined || !(seconds > 0)) continue
    const data = { replicaSet: set.metadata.name, seconds }
    waits.push({ code: 'scaleDownDelay', data, until: formatTime(secondsNow(facts) + seconds) })
  }
  return waits
}
