import type { TrafficWeights } from '../../model/rolloutStatus'
import { sameJson } from '../../model/sameJson'
import { clearPauses, isAborted, pauseStepIsOver, removeAbort, removePause } from '../pause/pauseLedger'
import { availablePods, createdPods, newSet, podHash, readyPods, sumOf, wantedPods } from '../pods/replicaSets'
import { formatSelector } from '../pods/selector'
import { isRollbackWithinWindow } from '../revision/rollback'
import { podTemplateOrStepsChanged, wantedPodHash, wantedStepHash } from '../revision/templateChange'
import { isAtDesiredCounts } from '../scale/atDesiredCounts'
import { pluginStatusesOf, stepPluginIsDone } from '../steps/stepPlugin'
import type { CurrentStep } from '../steps/steps'
import { currentStepOf, stepsOf } from '../steps/steps'
import { emit, type Flow, isProblem, type NextStatus, type Turn } from '../turn'
import { firstInvalidity } from '../validation/invalidSpec'
import { conditionOf, withoutCondition } from './conditionList'
import { persistStatus } from './persist'
import { promoteStable, promotionReason } from './promote'

/** What every status starts from, whatever the strategy (behaviour 3.11). */
export function baseStatus(turn: Turn): NextStatus {
  const { before, next } = turn
  const fresh = newSet(turn)
  next.currentPodHash = fresh ? podHash(fresh) : wantedPodHash(turn)
  next.replicas = sumOf(turn.replicaSets, createdPods)
  next.updatedReplicas = createdPods(fresh)
  next.readyReplicas = sumOf(turn.replicaSets, readyPods)
  next.collisionCount = before.collisionCount
  next.conditions = conditionsOnceValid(turn)
  next.promoteFull = before.promoteFull
  return next
}

/** That the spec was invalid is forgotten once it is found valid again, here as at the beginning of the reconcile. */
function conditionsOnceValid(turn: Turn): NextStatus['conditions'] {
  const { conditions } = turn.before
  if (!conditionOf(conditions, 'InvalidSpec') || firstInvalidity(turn)) return conditions
  return withoutCondition(conditions, 'InvalidSpec')
}

/** A new update begins: everything that belongs to the former one is forgotten. */
export function resetForNewUpdate(turn: Turn, next: NextStatus): void {
  clearPauses(turn)
  removeAbort(turn)
  next.promoteFull = undefined
  next.canary = {
    ...next.canary,
    currentStepAnalysisRunStatus: undefined,
    currentBackgroundAnalysisRunStatus: undefined,
    stepPluginStatuses: undefined,
  }
  next.blueGreen = {
    ...next.blueGreen,
    prePromotionAnalysisRunStatus: undefined,
    postPromotionAnalysisRunStatus: undefined,
    scaleUpPreviewCheckPoint: undefined,
  }
  next.currentStepIndex = stepsOf(turn.rollout).length > 0 ? 0 : undefined
}

/** Works out and persists the status of a canary. */
export function syncCanaryStatus(turn: Turn): Flow {
  const next = baseStatus(turn)
  const { before, rollout } = turn
  next.availableReplicas = sumOf(turn.replicaSets, availablePods)
  next.HPAReplicas = sumOf(turn.replicaSets, createdPods)
  next.selector = formatSelector(rollout.spec.selector)
  next.canary = {
    ...next.canary,
    stablePingPong: before.canary?.stablePingPong,
    stepPluginStatuses: pluginStatusesOf(turn),
  }
  next.stableRS = before.stableRS
  next.currentStepHash = wantedStepHash(turn)
  const flow = advance(turn, next)
  if (isProblem(flow)) return flow
  next.canary = { ...next.canary, weights: weightsToPersist(turn, next) }
  turn.semantics.concludeStatus(turn, next)
  persistStatus(turn, next)
  return 'done'
}

/**
 * Quirk kept for fidelity (behaviour 10, item 8): that a router confirmed or refused a weight is only written down together
 * with a change of the weights themselves, or where the Rollout was written earlier in the same reconcile.
 * `desired.traffic` of the decision always shows it.
 */
function weightsToPersist(turn: Turn, next: NextStatus): TrafficWeights | undefined {
  const [recorded, decided] = [turn.before.canary?.weights, next.canary?.weights]
  if (turn.rewritten) return decided
  const withoutVerdict = (weights: TrafficWeights | undefined): unknown => ({ ...weights, verified: undefined })
  return recorded && decided && sameJson(withoutVerdict(recorded), withoutVerdict(decided)) ? recorded : decided
}

function advance(turn: Turn, next: NextStatus): Flow {
  const steps = stepsOf(turn.rollout).length
  if (podTemplateOrStepsChanged(turn)) {
    resetForNewUpdate(turn, next)
    skipStepsOnRollback(turn, next, steps)
    return 'continue'
  }
  const hurried = turn.before.promoteFull === true || isRollbackWithinWindow(turn)
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
  const fresh = newSet(turn)
  if (!fresh || steps === 0) return
  if (turn.before.stableRS === podHash(fresh)) {
    emit(turn, 'SkipSteps', 'Rollback to stable ReplicaSets')
    next.currentStepIndex = steps
  } else if (isRollbackWithinWindow(turn) && wantedPods(fresh) > 0) {
    emit(turn, 'SkipSteps', 'Rollback to active ReplicaSets within RollbackWindow')
    next.currentStepIndex = steps
  }
}

/** At most one step per reconcile. */
function nextStepIndex(turn: Turn, next: NextStatus, hurriedTo: number | undefined): number | undefined {
  const steps = stepsOf(turn.rollout).length
  if (steps === 0) return undefined
  const from = stepCountedFrom(turn, hurriedTo)
  const current = currentStepOf(turn.rollout, turn.before.currentStepIndex)
  if (!current || turn.rollout.spec.paused || !stepIsDone(turn, next, current)) return from
  const to = from + 1
  next.canary = { ...next.canary, currentStepAnalysisRunStatus: undefined }
  const count = hurriedTo === undefined ? steps : to
  emit(
    turn,
    'RolloutStepCompleted',
    `Rollout step ${to}/${count} completed (${turn.semantics.describeStep(current.step)})`,
  )
  removePause(turn, 'CanaryPauseStep')
  return to
}

/**
 * Quirk kept for fidelity: a step that completes while the update is being hurried to its end counts from the end, one
 * beyond the last.
 */
const stepCountedFrom = (turn: Turn, hurriedTo: number | undefined): number =>
  hurriedTo ?? turn.before.currentStepIndex ?? 0

/** Is the current step done? Where somebody put several kinds into one step, the first that counts decides. */
function stepIsDone(turn: Turn, next: NextStatus, current: CurrentStep): boolean {
  const { step, index } = current
  const weights = next.canary?.weights
  if (step.pause) return pauseStepIsOver(turn, current)
  if (step.setCanaryScale) return isAtDesiredCounts(turn, weights)
  if (step.setWeight !== undefined) return isAtDesiredCounts(turn, weights) && weights?.verified !== false
  if (step.experiment) return turn.currentExperiment?.status?.phase === 'Successful'
  if (step.analysis) return turn.currentRuns.step?.status?.phase === 'Successful'
  if (step.setHeaderRoute || step.setMirrorRoute) return true
  return step.plugin !== undefined && stepPluginIsDone(turn, index)
}
