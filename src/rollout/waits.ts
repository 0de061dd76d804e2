import { isCompletedPhase } from '../model/analysisPhases'
import type { Blocker } from '../model/blocker'
import type { RolloutStatus, RunReference } from '../model/rolloutStatus'
import { formatTime } from '../model/time'
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
  const waits = [
    ...runWaits(status),
    ...experimentWaits(status),
    ...pluginWaits(status),
    ...weightWaits(status),
    ...podWaits(facts),
    ...thresholdWaits(facts),
    ...restartWaits(facts, status),
  ]
  if (waits.length > 0) return waits
  const preview = previewWaits(facts)
  return preview.length > 0 ? preview : delayWaits(facts)
}

function runWaits({ canary, blueGreen }: RolloutStatus): readonly Blocker[] {
  const isWaitedFor = (run: RunReference | undefined): run is RunReference =>
    run !== undefined && run !== null && !isCompletedPhase(run.status)
  return [
    canary?.currentStepAnalysisRunStatus,
    blueGreen?.prePromotionAnalysisRunStatus,
    blueGreen?.postPromotionAnalysisRunStatus,
  ]
    .filter(isWaitedFor)
    .map(({ name }) => ({ code: 'analysis', data: { analysisRun: name } }))
}

function experimentWaits({ canary }: RolloutStatus): readonly Blocker[] {
  const experiment = canary?.currentExperiment
  return experiment ? [{ code: 'experiment', data: { experiment } }] : []
}

function pluginWaits({ canary, currentStepIndex }: RolloutStatus): readonly Blocker[] {
  return (canary?.stepPluginStatuses ?? [])
    .filter(({ index, operation }) => index === currentStepIndex && operation === 'Run')
    .flatMap(({ name, index, phase, message = '', startedAt }): readonly Blocker[] => {
      const since = startedAt ? { since: startedAt } : {}
      const data = { plugin: name, stepIndex: index }
      if (phase === 'Running') return [{ code: 'plugin', data, ...since }]
      return phase === 'Error' ? [{ code: 'pluginRetry', data: { ...data, message }, ...since }] : []
    })
}

function weightWaits({ canary }: RolloutStatus): readonly Blocker[] {
  const { weights } = canary ?? {}
  if (weights?.verified !== false) return []
  return [{ code: 'weight', data: { weight: weights.canary?.weight ?? 0 } }]
}

/** Pods that are missing, and pods that are too many; the new ReplicaSet first. */
export function podWaits({ replicaSets, newSet }: Facts): readonly Blocker[] {
  const sets = newSet
    ? [newSet, ...replicaSets.filter(({ metadata }) => metadata.name !== newSet.metadata.name)]
    : replicaSets
  return sets.flatMap((set): readonly Blocker[] => {
    const replicaSet = set.metadata.name
    const [wanted, available, present] = [wantedPods(set), availablePods(set), createdPods(set)]
    if (available < wanted) return [{ code: 'pods', data: { replicaSet, available, wanted } }]
    return present > wanted ? [{ code: 'podsLeaving', data: { replicaSet, present, wanted } }] : []
  })
}

/** A threshold beyond the pods that the step makes is never reached. */
function thresholdWaits(facts: Facts): readonly Blocker[] {
  const { newSet: set, rollout } = facts
  const threshold = rollout.spec.strategy?.canary?.replicaProgressThreshold
  const wanted = wantedPods(set)
  const available = availablePods(set)
  if (!set || !threshold || available < wanted || thresholdReached(facts, set, wanted)) return []
  const unit = threshold.type === 'Percent' ? 'percent' : 'pods'
  return [{ code: 'threshold', data: { replicaSet: set.metadata.name, available, value: threshold.value, unit } }]
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

function restartWaits({ rollout }: Facts, status: RolloutStatus): readonly Blocker[] {
  const { restartAt } = rollout.spec
  return restartAt !== undefined && restartIsPending(rollout, status) ? [{ code: 'restart', data: { restartAt } }] : []
}

/** Old ReplicaSets that keep their pods until their deadline, which nothing else waits for. */
function delayWaits(facts: Facts): readonly Blocker[] {
  return facts.olderSets.flatMap((set): readonly Blocker[] => {
    const seconds = wantedPods(set) > 0 ? secondsUntilDeadline(facts, set) : undefined
    if (seconds === undefined || !(seconds > 0)) return []
    const data = { replicaSet: set.metadata.name, seconds }
    return [{ code: 'scaleDownDelay', data, until: formatTime(secondsNow(facts) + seconds) }]
  })
}
