import { isCompletedPhase } from '../model/analysisPhases'
import type { Blocker } from '../model/blocker'
import type { Rollout } from '../model/rollout'
import type { PauseCondition, RolloutStatus, RunReference } from '../model/rolloutStatus'
import { formatTime, parseTime } from '../model/time'
import type { Facts } from './facts/facts'
import { availablePods, wantedPods } from './facts/replicaSets'
import { currentStepOf, pauseSecondsOf } from './facts/steps'

/**
 * What an updating Rollout waits for when nothing holds it on purpose: runs, Experiments, plugins, the router, pods.
 */
export function progressWaits(facts: Facts, status: RolloutStatus): readonly Blocker[] {
  return [
    ...runWaits(status),
    ...experimentWaits(status),
    ...pluginWaits(status),
    ...weightWaits(status),
    ...podWaits(facts),
  ]
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
    .filter(({ index, phase, operation }) => index === currentStepIndex && operation === 'Run' && phase === 'Running')
    .map(({ name, index, startedAt }) => ({
      code: 'plugin',
      data: { plugin: name, stepIndex: index },
      ...(startedAt ? { since: startedAt } : {}),
    }))
}

function weightWaits({ canary }: RolloutStatus): readonly Blocker[] {
  const { weights } = canary ?? {}
  if (weights?.verified !== false) return []
  return [{ code: 'weight', data: { weight: weights.canary?.weight ?? 0 } }]
}

function podWaits({ newSet: set }: Facts): readonly Blocker[] {
  if (!set) return []
  const [wanted, available] = [wantedPods(set), availablePods(set)]
  if (available >= wanted) return []
  return [{ code: 'pods', data: { replicaSet: set.metadata.name, available, wanted } }]
}

/** When a pause ends by itself, in seconds after its start; undefined if only a user can end it. */
export function pauseLasts(rollout: Rollout, status: RolloutStatus, { reason }: PauseCondition): number | undefined {
  if (reason === 'CanaryPauseStep') {
    const pause = currentStepOf(rollout, status.currentStepIndex)?.step.pause
    return pause ? pauseSecondsOf(pause) : undefined
  }
  const { autoPromotionEnabled, autoPromotionSeconds } = rollout.spec.strategy?.blueGreen ?? {}
  const isAutomatic = reason === 'BlueGreenPause' && autoPromotionEnabled !== false && Boolean(autoPromotionSeconds)
  return isAutomatic ? autoPromotionSeconds : undefined
}

/** RFC 3339; absent if the start cannot be parsed. */
export function endOfPause(startTime: string | undefined, seconds: number): { readonly until?: string } {
  const start = parseTime(startTime)
  return start === undefined ? {} : { until: formatTime(start + Math.max(0, seconds)) }
}
