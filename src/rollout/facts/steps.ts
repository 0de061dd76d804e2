import { parseDurationSeconds } from '../../go/durationSeconds'
import { integerOf } from '../../model/integerText'
import type { CanaryStep, Rollout } from '../../model/rollout'

export const stepsOf = (rollout: Rollout): readonly CanaryStep[] => rollout.spec.strategy?.canary?.steps ?? []

export interface CurrentStep {
  readonly step: CanaryStep
  readonly index: number
}

/** The current step of the canary; undefined without steps or once all are done. */
export function currentStepOf(rollout: Rollout, index = rollout.status?.currentStepIndex): CurrentStep | undefined {
  const steps = stepsOf(rollout)
  const at = index ?? 0
  const step = at < steps.length ? steps[at] : undefined
  return step && { step, index: at }
}

const isDigit = (letter: number): boolean => letter >= 0x30 && letter <= 0x39

/** Whole seconds of a pause; undefined means forever; -1 if the text is not a duration (behaviour 1.3). */
export function pauseSecondsOf(pause: NonNullable<CanaryStep['pause']>): number | undefined {
  const { duration } = pause
  if (duration === undefined || duration === null) return undefined
  if (typeof duration === 'number') return duration
  // Durations end with a unit, so most need no test.
  const whole = isDigit(duration.charCodeAt(duration.length - 1)) ? integerOf(duration) : undefined
  if (whole !== undefined && whole >= -(2 ** 31) && whole < 2 ** 31) return whole
  const seconds = parseDurationSeconds(duration)
  return seconds === undefined ? -1 : Math.trunc(seconds)
}

type Describe = (step: CanaryStep) => string | undefined

/** The text of each kind of step in events; the first kind that a step has wins. */
const descriptions: readonly Describe[] = [
  (step) => (step.setWeight === undefined ? undefined : `setWeight: ${step.setWeight}`),
  ({ pause }) =>
    pause && (pause.duration === undefined || pause.duration === null ? 'pause' : `pause: ${pause.duration}`),
  (step) => step.experiment && 'experiment',
  (step) => step.analysis && 'analysis',
  (step) => step.setCanaryScale && describeScale(step.setCanaryScale),
  (step) => step.plugin && `plugin: ${step.plugin.name}`,
]

const routeDescriptions: readonly Describe[] = [
  ...descriptions,
  (step) => step.setHeaderRoute && `setHeaderRoute: ${step.setHeaderRoute.name ?? ''}`,
  (step) => step.setMirrorRoute && `setMirrorRoute: ${step.setMirrorRoute.name ?? ''}`,
]

/** A step as the RolloutStepCompleted event describes it. */
export const describeStep = (step: CanaryStep): string => described(step, routeDescriptions)

/** Up to v1.8 steps that set routes are described as `invalid`. */
export const describeStepWithoutRoutes = (step: CanaryStep): string => described(step, descriptions)

function described(step: CanaryStep, list: readonly Describe[]): string {
  for (const describe of list) {
    const text = describe(step)
    if (text !== undefined) return text
  }
  return 'invalid'
}

function describeScale(scale: NonNullable<CanaryStep['setCanaryScale']>): string | undefined {
  if (scale.weight !== undefined) return `setCanaryScale{weight: ${scale.weight}}`
  if (scale.matchTrafficWeight) return 'setCanaryScale{matchTrafficWeight: true}'
  if (scale.replicas !== undefined) return `setCanaryScale{replicas: ${scale.replicas}}`
  return undefined
}
