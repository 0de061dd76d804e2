import { givenObject } from '../model/given'
import type { JsonValue } from '../model/json'
import type { Rollout } from '../model/rollout'
import type { CommandRequest, CommandResult } from './plan'
import { mergeRequest, planFor } from './planFor'
import { takeRollout } from './wellFormed'

/** How far a promotion goes; by default to the next step. */
export interface PromoteOptions {
  /** Everything at once: steps, pauses, analysis. */
  readonly full?: boolean
  /** Deprecated upstream: only the current step, regardless of what it waits for. */
  readonly skipCurrentStep?: boolean
  /** Deprecated upstream: all steps; pods are still waited for. */
  readonly skipAllSteps?: boolean
}

type Patch = Readonly<Record<string, JsonValue>>

/** The patches; `unified` is sent to the object if its status is not a subresource. */
interface Patches {
  readonly spec?: Patch | undefined
  readonly status?: Patch | undefined
  readonly unified: Patch
}

/**
 * Continues from a pause, or skips the current step if there is no pause; with `full` to the end of the update. If
 * there is nothing to do, `requests` is empty. Refused, with upstream's text: both skips at once, skips of a blue-green
 * Rollout or of a canary without steps.
 *
 * Source: behaviour 8.1.
 *
 * @example
 * import { promote } from 'rollout-engine/commands'
 * const strategy = { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } }
 * const rollout = { metadata: { name: 'web', namespace: 'shop' }, spec: { strategy }, status: { currentStepIndex: 0 } }
 * promote(rollout)
 * // => {
 * //      requests: [
 * //        {
 * //          verb: 'patch', target: { resource: 'rollouts', namespace: 'shop', name: 'web' }, subresource: 'status',
 * //          patchType: 'merge', patch: { status: { pauseConditions: null, currentStepIndex: 1 } },
 * //        },
 * //      ],
 * //      withoutStatusSubresource: [
 * //        {
 * //          verb: 'patch', target: { resource: 'rollouts', namespace: 'shop', name: 'web' },
 * //          patchType: 'merge', patch: { spec: { paused: false }, status: { pauseConditions: null, currentStepIndex: 1 } },
 * //        },
 * //      ],
 * //      message: "rollout 'web' promoted\n",
 * //    }
 * promote(rollout, { skipAllSteps: true, skipCurrentStep: true }) // => { refused: 'Cannot use skip-current-step and skip-all-steps flags at the same time' }
 */
export function promote(given: Rollout, howFar: PromoteOptions = {}): CommandResult {
  const rollout = takeRollout(given)
  const options = givenObject<PromoteOptions>(howFar)
  const refused = refusalOf(rollout, options)
  if (refused !== undefined) return { refused }
  const { spec, status, unified } = patchesOf(rollout, options)
  return planFor('rollouts', rollout, (target) => {
    const specRequest: CommandRequest[] = spec ? [mergeRequest(target, spec)] : []
    const message = `rollout '${target.name}' ${options.full ? 'fully promoted' : 'promoted'}\n`
    if (!status) return { requests: specRequest, message }
    return {
      requests: [mergeRequest(target, status, 'status'), ...specRequest],
      withoutStatusSubresource: [mergeRequest(target, unified)],
      message,
    }
  })
}

function refusalOf({ spec }: Rollout, { skipCurrentStep, skipAllSteps }: PromoteOptions): string | undefined {
  if (skipCurrentStep && skipAllSteps) {
    return 'Cannot use skip-current-step and skip-all-steps flags at the same time'
  }
  if (!skipCurrentStep && !skipAllSteps) return undefined
  const { blueGreen, canary } = spec?.strategy ?? {}
  if (blueGreen) return 'Cannot skip steps of a bluegreen rollout. Run without a flags'
  if (canary && stepCount(spec) === 0) return 'Cannot skip steps of a rollout without steps'
  // Upstream's command ends with a nil pointer here.
  return skipAllSteps && !canary ? 'Cannot skip steps: spec.strategy has neither canary nor blueGreen' : undefined
}

const stepCount = (spec: Rollout['spec'] | undefined): number => spec?.strategy?.canary?.steps?.length ?? 0

/** The step after the current one; an index beyond the end stays unchanged. Undefined without steps. */
function nextIndex({ spec, status }: Rollout): number | undefined {
  const count = stepCount(spec)
  if (count === 0) return undefined
  const index = status?.currentStepIndex ?? 0
  return index < count ? index + 1 : index
}

const unpause: Patch = { paused: false }

function patchesOf(rollout: Rollout, { full, skipCurrentStep, skipAllSteps }: PromoteOptions): Patches {
  if (skipCurrentStep || skipAllSteps) {
    const index = skipCurrentStep ? nextIndex(rollout) : stepCount(rollout.spec)
    const patch = index === undefined ? undefined : { status: { currentStepIndex: index } }
    return { status: patch, unified: patch ?? {} }
  }
  const spec = rollout.spec?.paused ? { spec: unpause } : undefined
  if (!full) return { spec, ...goOn(rollout) }
  const { currentPodHash = '', stableRS = '' } = rollout.status ?? {}
  const status = { promoteFull: true }
  return { spec, status: currentPodHash === stableRS ? undefined : { status }, unified: { spec: unpause, status } }
}

/**
 * Pause conditions are cleared, or the index moves on: both only after an inconclusive analysis, which would pause at
 * once again.
 */
function goOn(rollout: Rollout): Omit<Patches, 'spec'> {
  const { status = {}, spec } = rollout
  const clear = { pauseConditions: null }
  const unified = { spec: unpause, status: clear }
  const index = nextIndex(rollout)
  const isPaused = (status.pauseConditions?.length ?? 0) > 0
  if (isPaused && isInconclusive(rollout)) {
    const next = index === undefined ? undefined : { ...clear, controllerPause: false, currentStepIndex: index }
    return { status: next && { status: next }, unified }
  }
  if (isPaused) return { status: { status: clear }, unified }
  if (!spec?.strategy?.canary || index === undefined) return { unified }
  const skipped = { ...clear, currentStepIndex: index }
  return { status: { status: skipped }, unified: { spec: unpause, status: skipped } }
}

const isInconclusive = ({ spec, status }: Rollout): boolean =>
  Boolean(spec?.strategy?.canary) &&
  status?.canary?.currentStepAnalysisRunStatus?.status === 'Inconclusive' &&
  status.controllerPause === true
