import type { TrafficWeights } from '../../model/rolloutStatus'
import { isAtDesiredCounts } from '../desired/atDesiredCounts'
import { conditionOf, withoutCondition } from '../facts/conditionList'
import type { Facts } from '../facts/facts'
import { availablePods, createdPods, podHash, readyPods, sumOf, wantedPods } from '../facts/replicaSets'
import { isRollbackWithinWindow } from '../facts/rollback'
import { formatSelector } from '../facts/selector'
import { type CurrentStep, currentStepOf, stepsOf } from '../facts/steps'
import { podTemplateOrStepsChanged, wantedPodHash, wantedStepHash } from '../facts/templateChange'
import { areSameWeights } from '../facts/weights'
import { pauseStepIsOver } from '../pause/pauseStep'
import { pluginStatusesOf, stepPluginIsDone } from '../steps/stepPlugin'
import { emptyStatus, type NextStatus, type RunStatuses } from '../turn/draft'
import { emit } from '../turn/events'
import { type Flow, isProblem } from '../turn/flow'
import { clearPauses, isAborted, removeAbort, removePause } from '../turn/pauses'
import type { Turn } from '../turn/turn'
import { firstInvalidity } from '../validation/invalidSpec'
import { persistStatus } from './persist'
import { promoteStable, promotionReason } from './promote'

/** The start of the next status, for any strategy (behaviour 3.11). */
export function baseStatus(turn: Turn): NextStatus {
  const { before } = turn.facts
  const { restartedAt, experimentName, runStatuses } = turn.draft
  const next = emptyStatus(before)
  next.restartedAt = restartedAt
  noteParts(next, before.canary?.weights, experimentName, runStatuses)
  const fresh = turn.facts.newSet
  next.currentPodHash = fresh ? podHash(fresh) : wantedPodHash(turn.facts)
  next.replicas = sumOf(turn.facts.replicaSets, createdPods)
  next.updatedReplicas = createdPods(fresh)
  next.readyReplicas = sumOf(turn.facts.replicaSets, readyPods)
  next.collisionCount = before.collisionCount
  next.conditions = conditionsOnceValid(turn.facts)
  next.promoteFull = before.promoteFull
  return next
}

function noteParts(
  { canary, blueGreen }: NextStatus,
  weights: TrafficWeights | undefined,
  experimentName: string | undefined,
  runs: RunStatuses,
): void {
  canary.weights = weights
  canary.currentExperiment = experimentName
  canary.currentStepAnalysisRunStatus = runs.canary?.currentStepAnalysisRunStatus
  canary.currentBackgroundAnalysisRunStatus = runs.canary?.currentBackgroundAnalysisRunStatus
  blueGreen.prePromotionAnalysisRunStatus = runs.blueGreen?.prePromotionAnalysisRunStatus
  blueGreen.postPromotionAnalysisRunStatus = runs.blueGreen?.postPromotionAnalysisRunStatus
}

/** Removes the InvalidSpec condition once the spec is valid again. */
function conditionsOnceValid(facts: Facts): NextStatus['conditions'] {
  const { conditions } = facts.before
  if (!conditionOf(conditions, 'InvalidSpec') || firstInvalidity(facts)) return conditions
  return withoutCondition(conditions, 'InvalidSpec')
}

/** A new update begins: everything about the former one is reset. */
export function resetForNewUpdate(turn: Turn, next: NextStatus): void {
  clearPauses(turn)
  removeAbort(turn)
  next.promoteFull = undefined
  const { canary, blueGreen } = next
  canary.currentStepAnalysisRunStatus = undefined
  canary.currentBackgroundAnalysisRunStatus = undefined
  canary.stepPluginStatuses = undefined
  blueGreen.prePromotionAnalysisRunStatus = undefined
  blueGreen.postPromotionAnalysisRunStatus = undefined
  blueGreen.scaleUpPreviewCheckPoint = undefined
  next.currentStepIndex = stepsOf(turn.facts.rollout).length > 0 ? 0 : undefined
}

/** Computes and persists the status of a canary. */
export function syncCanaryStatus(turn: Turn): Flow {
  const next = baseStatus(turn)
  const { before, rollout } = turn.facts
  next.availableReplicas = sumOf(turn.facts.replicaSets, availablePods)
  next.HPAReplicas = sumOf(turn.facts.replicaSets, createdPods)
  next.selector = formatSelector(rollout.spec.selector)
  next.canary.stablePingPong = before.canary?.stablePingPong
  next.canary.stepPluginStatuses = pluginStatusesOf(turn)
  next.stableRS = before.stableRS
  next.currentStepHash = wantedStepHash(turn.facts)
  const flow = advance(turn, next)
  if (isProblem(flow)) return flow
  next.canary.weights = weightsToPersist(turn)
  turn.semantics.concludeStatus(turn, next)
  persistStatus(turn, next)
  return 'done'
}

/**
 * Quirk kept for fidelity (behaviour 10.8): whether a router confirmed a weight is only persisted together with a
 * change of the weights, or if the same reconcile wrote the Rollout earlier. `desired.traffic` of the decision always
 * shows it.
 */
function weightsToPersist({ facts, draft }: Turn): TrafficWeights | undefined {
  const [recorded, decided] = [facts.before.canary?.weights, draft.weights]
  if (facts.rewritten) return decided
  return recorded && decided && areSameWeights(recorded, decided) ? recorded : decided
}

function advance(turn: Turn, next: NextStatus): Flow {
  const steps = stepsOf(turn.facts.rollout).length
  if (podTemplateOrStepsChanged(turn.facts)) {
    resetForNewUpdate(turn, next)
    skipStepsOnRollback(turn, next, steps)
    return 'continue'
  }
  const hurried = turn.facts.before.promoteFull === true || isRollbackWithinWindow(turn.facts)
  if (hurried) {
    clearPauses(turn)
    removeAbort(turn)
  }
  const reason = promotionReason(turn, next)
  if (reason) return promoteStable(turn, next, reason)
  if (isAborted(turn)) {
    if (steps > 0) next.currentStepIndex = next.stableRS === next.currentPodHash ? steps : 0
    return 'continue'
  }
  next.currentStepIndex = nextStepIndex(turn, next, hurried ? steps : undefined)
  return 'continue'
}

/** A return to the stable template, or to a recent one that still has pods, needs no steps. */
function skipStepsOnRollback(turn: Turn, next: NextStatus, steps: number): void {
  const fresh = turn.facts.newSet
  if (!fresh || steps === 0) return
  if (turn.facts.before.stableRS === podHash(fresh)) {
    emit(turn, 'SkipSteps', 'Rollback to stable ReplicaSets')
    next.currentStepIndex = steps
  } else if (isRollbackWithinWindow(turn.facts) && wantedPods(fresh) > 0) {
    emit(turn, 'SkipSteps', 'Rollback to active ReplicaSets within RollbackWindow')
    next.currentStepIndex = steps
  }
}

/** At most one step per reconcile. */
function nextStepIndex(turn: Turn, next: NextStatus, hurriedTo: number | undefined): number | undefined {
  const steps = stepsOf(turn.facts.rollout).length
  if (steps === 0) return undefined
  const from = stepCountedFrom(turn.facts, hurriedTo)
  const current = currentStepOf(turn.facts.rollout, turn.facts.before.currentStepIndex)
  if (!current || turn.facts.rollout.spec.paused || !stepIsDone(turn, current)) return from
  const to = from + 1
  next.canary.currentStepAnalysisRunStatus = undefined
  const count = hurriedTo === undefined ? steps : to
  emit(
    turn,
    'RolloutStepCompleted',
    `Rollout step ${to}/${count} completed (${turn.facts.semantics.describeStep(current.step)})`,
  )
  removePause(turn, 'CanaryPauseStep')
  return to
}

/**
 * Quirk kept for fidelity: a step that completes while the update is fast-forwarded counts from the end: the index is
 * one beyond the last step.
 */
const stepCountedFrom = (facts: Facts, hurriedTo: number | undefined): number =>
  hurriedTo ?? facts.before.currentStepIndex ?? 0

/** Is the current step done? If a step has several kinds, the first one that counts decides. */
function stepIsDone(turn: Turn, current: CurrentStep): boolean {
  const { step, index } = current
  const { weights } = turn.draft
  if (step.pause) return pauseStepIsOver(turn.facts, current)
  if (step.setCanaryScale) return isAtDesiredCounts(turn.facts, weights)
  if (step.setWeight !== undefined) return isAtDesiredCounts(turn.facts, weights) && weights?.verified !== false
  if (step.experiment) return turn.draft.currentExperiment?.status?.phase === 'Successful'
  if (step.analysis) return turn.draft.currentRuns.step?.status?.phase === 'Successful'
  if (step.setHeaderRoute || step.setMirrorRoute) return true
  return step.plugin !== undefined && stepPluginIsDone(turn, index)
}
