import { instanceIdLabel, podTemplateHashLabel, rolloutTypeLabel, stepIndexLabel } from '../model/labelKeys'
import type { StringMap } from '../model/meta'

/** Where in a Rollout a run belongs; step runs also know their step. */
export type RunRole =
  | { readonly kind: 'step'; readonly stepIndex: number }
  | { readonly kind: 'background' | 'prePromotion' | 'postPromotion' }

const rolloutTypes: Readonly<Record<RunRole['kind'], string>> = {
  step: 'Step',
  background: 'Background',
  prePromotion: 'PrePromotion',
  postPromotion: 'PostPromotion',
}

/** The labels that a run carries because of its role (behaviour 1.2, 3.13). An empty instance id adds none. */
export const runLabels = (role: RunRole, podTemplateHash: string, instanceId = ''): StringMap => ({
  [podTemplateHashLabel]: podTemplateHash,
  [rolloutTypeLabel]: rolloutTypes[role.kind],
  ...(role.kind === 'step' ? { [stepIndexLabel]: String(role.stepIndex) } : {}),
  ...(instanceId === '' ? {} : { [instanceIdLabel]: instanceId }),
})
