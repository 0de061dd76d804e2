import { givenText } from './given'
import { ownValue } from './json'
import { plainFields } from './plainFields'
import type { WakeUpCode, WakeUpData, WakeUpReason } from './wakeUp'

type Texts = { readonly [Code in WakeUpCode]: (data: WakeUpData[Code]) => string }

const texts: Texts = {
  pauseStepEnds: ({ stepIndex }) => `pause of step ${stepIndex + 1} ends`,
  autoPromotion: () => 'auto-promotion',
  progressDeadline: () => 'progress deadline',
  scaleDownDelay: (data) => `scale-down delay of ${revisionOf(data)} ends`,
  abortScaleDownDelay: (data) => `scale-down delay after the abort ends for ${revisionOf(data)}`,
  restartAt: () => 'restart of the pods (restartAt)',
  restartGoesOn: ({ pods }) => `restart goes on: ${pods} pods are left`,
  invalidSpec: () => 'the spec is checked again',
  weightUnverified: ({ router, weight }) => `router ${router} is asked again for weight ${weight}`,
  targetsUnverified: ({ service }) => `target groups of Service ${service} are asked again`,
  stepPlugin: ({ stepIndex, plugin }) => `step plugin ${plugin} (step ${stepIndex + 1}) is called again`,
  stepPluginFailed: ({ text }) => `step plugin is tried again (${text})`,
  measurement: ({ metric }) => `next measurement of metric ${metric}`,
  experimentDuration: ({ duration }) => `duration of the Experiment (${duration}) ends`,
  templateDeadline: ({ template }) => `progress deadline of template ${template}`,
  staleObservation: ({ kind, name }) => `${kind} ${name} is observed anew`,
}

/** Every code of a wake-up. */
export const wakeUpCodes: readonly WakeUpCode[] = Object.keys(texts) as WakeUpCode[]

const revisionOf = ({ replicaSet, revision }: WakeUpData['scaleDownDelay']): string =>
  revision === undefined ? `ReplicaSet ${replicaSet}` : `revision ${revision}`

/**
 * The reason of a wake-up as text: `pause of step 3 ends`, `scale-down delay of revision 4 ends`. For an unknown code,
 * the code.
 *
 * @example
 * import { wakeUpText } from 'rollout-engine'
 * wakeUpText({ code: 'pauseStepEnds', data: { stepIndex: 2 } }) // => 'pause of step 3 ends'
 */
export function wakeUpText(reason: WakeUpReason): string {
  const code = givenText(reason?.code)
  const text = ownValue(texts as Readonly<Record<string, (data: unknown) => string>>, code)
  return text ? text(plainFields(reason.data)) : code
}
