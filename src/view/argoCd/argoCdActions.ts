import type { JsonObject } from '../../model/json'
import type { KubeObject } from '../../model/meta'
import { luaNumber } from './luaNumber'
import { type JudgedObject, type JudgedStatus, judgedObject } from './object'

/** A button that Argo CD shows for an object. */
export interface ArgoCdAction {
  readonly name: string
  /** Where it differs from the name. */
  readonly displayName?: string
  /** Shown, but cannot be pressed. */
  readonly disabled: boolean
  /** JSON merge patch (RFC 7386) that the action applies; null where it needs a status and there is none. */
  readonly patch: JsonObject | null
}

/**
 * The actions that Argo CD offers for a Rollout (restart, resume, abort, retry, pause, promote-full, skip-current-step)
 * or an AnalysisRun (terminate): which of them are disabled, and what each would patch. Empty for other kinds,
 * Experiments among them, and where Argo CD's rule fails and it offers nothing: without a status, a strategy or a
 * generation. `now` (RFC 3339) is what a restart writes.
 *
 * Source: argoproj/argo-cd, resource_customizations/argoproj.io, main of 2026-08-22.
 *
 * @example
 * ```ts
 * import { argoCdActions } from 'rollout-engine/view'
 *
 * const web = {
 *   kind: 'Rollout',
 *   metadata: { name: 'web', generation: 3 },
 *   spec: { strategy: { canary: { steps: [{ pause: {} }] } } },
 *   status: { observedGeneration: '3', currentPodHash: 'b', stableRS: 'a', currentStepIndex: 0, pauseConditions: [{}] },
 * }
 * const offered = argoCdActions(web, '2030-01-01T00:00:00Z').filter(({ disabled }) => !disabled)
 * offered.map(({ name }) => name) // ['restart', 'resume', 'abort', 'pause', 'promote-full', 'skip-current-step']
 * ```
 */
export function argoCdActions(object: KubeObject, now: string): readonly ArgoCdAction[] {
  const judged = judgedObject(object)
  const { kind, spec, status, metadata } = judged
  if (kind === 'AnalysisRun') return status || spec.terminate ? [terminate(judged, status ?? {})] : []
  if (kind !== 'Rollout' || !spec.strategy || !status) return []
  const isJudged = isPromoted(status) || luaNumber(status.observedGeneration) === undefined
  return isJudged || metadata.generation !== undefined ? rolloutActions(judged, status, now) : []
}

/** Before the first status both are missing, which counts as promoted. */
const isPromoted = ({ currentPodHash, stableRS }: JudgedStatus): boolean => currentPodHash === stableRS

const finalPhases: ReadonlySet<string> = new Set(['Successful', 'Failed', 'Error', 'Inconclusive'])

const terminate = ({ spec }: JudgedObject, { phase = '' }: JudgedStatus): ArgoCdAction => ({
  name: 'terminate',
  disabled: spec.terminate === true || finalPhases.has(phase),
  patch: { spec: { terminate: true } },
})

function rolloutActions(object: JudgedObject, status: JudgedStatus, now: string): readonly ArgoCdAction[] {
  const { spec } = object
  const promoted = isPromoted(status)
  const aborted = status.abort === true
  return [
    { name: 'restart', displayName: 'Restart Pods', disabled: false, patch: { spec: { restartAt: now } } },
    { name: 'resume', disabled: !isPaused(object, status), patch: resumePatch(object, status) },
    { name: 'abort', disabled: promoted || aborted, patch: { status: { abort: true } } },
    { name: 'retry', disabled: promoted || !aborted, patch: { status: { abort: null } } },
    { name: 'pause', disabled: promoted || aborted || spec.paused === true, patch: { spec: { paused: true } } },
    promoteFull(object, status, promoted),
    skipCurrentStep(object, status),
  ]
}

/** A list of conditions that is there but empty hides `spec.paused`. */
const isPaused = ({ spec }: JudgedObject, { pauseConditions }: JudgedStatus): boolean =>
  pauseConditions ? pauseConditions.length > 0 : spec.paused === true

function resumePatch({ spec }: JudgedObject, { pauseConditions = [] }: JudgedStatus): JsonObject {
  return {
    ...(pauseConditions.length > 0 ? { status: { pauseConditions: null } } : {}),
    ...(spec.paused ? { spec: { paused: false } } : {}),
  }
}

const stepsOf = ({ spec }: JudgedObject): readonly unknown[] | undefined => spec.strategy?.canary?.steps

/** v0.9 and before wrote a hash where later versions write the generation, and knew no full promotion. */
function isBeforeV010({ metadata }: JudgedObject, { observedGeneration }: JudgedStatus): boolean {
  const observed = luaNumber(observedGeneration)
  return observed === undefined || observed > (metadata.generation ?? 0)
}

function promoteFull(object: JudgedObject, status: JudgedStatus, promoted: boolean): ArgoCdAction {
  const name = 'promote-full'
  const isOld = isBeforeV010(object, status)
  const disabled = promoted || (isOld && object.spec.strategy?.blueGreen !== undefined)
  if (!isOld) return { name, disabled, patch: { status: { promoteFull: true } } }
  const steps = stepsOf(object)
  return { name, disabled, patch: { status: { abort: null, ...(steps ? { currentStepIndex: steps.length } : {}) } } }
}

function skipCurrentStep(object: JudgedObject, status: JudgedStatus): ArgoCdAction {
  const name = 'skip-current-step'
  const steps = stepsOf(object)
  const { currentStepIndex: index, pauseConditions = [] } = status
  const disabled = steps === undefined || index === steps.length
  if (index === undefined) return { name, disabled, patch: steps ? null : {} }
  if (steps === undefined || index >= steps.length) return { name, disabled, patch: {} }
  const resumed = pauseConditions.length > 0 ? { pauseConditions: null } : {}
  return { name, disabled, patch: { status: { ...resumed, currentStepIndex: index + 1 } } }
}
