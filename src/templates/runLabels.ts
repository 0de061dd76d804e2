import { instanceIdLabel, podTemplateHashLabel, rolloutTypeLabel, stepIndexLabel } from '../model/labelKeys'
import type { StringMap } from '../model/meta'

/** The role of a run in a Rollout; step runs also have their step. */
export type RunRole =
  | { readonly kind: 'step'; readonly stepIndex: number }
  | { readonly kind: 'background' | 'prePromotion' | 'postPromotion' }

const rolloutTypes: Readonly<Record<RunRole['kind'], string>> = {
  step: 'Step',
  background: 'Background',
  prePromotion: 'PrePromotion',
  postPromotion: 'PostPromotion',
}

/** The labels of a run with this role (behaviour 1.2, 3.13). An empty instance id adds none. */
export const runLabels = (role: RunRole, podTemplateHash: string, instanceId = ''): StringMap => ({
  [podTemplateHashLabel]: podTemplateHash,
  [rolloutTypeLabel]: rolloutTypes[role.kind],
  ...(role.kind === 'step' ? { [stepIndexLabel]: String(role.stepIndex) } : {}),
  ...(instanceId === '' ? {} : { [instanceIdLabel]: instanceId }),
})
