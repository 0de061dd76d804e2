import { type CodedFieldError, invalidValue } from '../../kube/fieldErrorBody'
import type { AntiAffinity, BlueGreenStrategy, Rollout } from '../../model/rollout'
import { revisionHistoryLimitOf } from '../defaults'
import { isSet, noteBroken, type Rule } from './rule'

interface Subject {
  readonly rollout: Rollout
  readonly blueGreen: BlueGreenStrategy
}

export function noteBlueGreenErrors(found: CodedFieldError[], rollout: Rollout, blueGreen: BlueGreenStrategy): void {
  noteBroken(found, blueGreenRules, { rollout, blueGreen })
  if (blueGreen.antiAffinity) noteBroken(found, antiAffinityRules, blueGreen.antiAffinity)
}

/** Two fields name the same Service. */
export const sameService = (one: string, other: string): string =>
  `This rollout uses the same service for the ${one} and ${other} services, but two different services are required.`

const blueGreenRules: readonly Rule<Subject>[] = [
  {
    code: 'same-service',
    path: 'spec.strategy.activeService',
    check: ({ blueGreen }) => {
      const activeService = blueGreen.activeService ?? ''
      const isSame = activeService === (blueGreen.previewService ?? '')
      return isSame ? invalidValue(activeService, sameService('active', 'preview')) : undefined
    },
  },
  {
    code: 'history-too-short',
    path: 'spec.strategy.scaleDownDelayRevisionLimit',
    check: ({ rollout, blueGreen }) => {
      const limit = blueGreen.scaleDownDelayRevisionLimit ?? undefined
      if (limit === undefined || revisionHistoryLimitOf(rollout) >= limit) return undefined
      const detail = "This rollout's revision history limit can not be smaller than the rollout's scale down limit"
      return invalidValue(limit, detail)
    },
  },
]

/** Of either strategy. */
export const antiAffinityRules: readonly Rule<AntiAffinity>[] = [
  {
    code: 'one-anti-affinity',
    path: 'spec.strategy.antiAffinity',
    check: (antiAffinity) => {
      const preferred = isSet(antiAffinity.preferredDuringSchedulingIgnoredDuringExecution)
      const required = isSet(antiAffinity.requiredDuringSchedulingIgnoredDuringExecution)
      if (preferred !== required) return undefined
      const value = `antiAffinity.PreferredDuringSchedulingIgnoredDuringExecution: ${preferred} antiAffinity.RequiredDuringSchedulingIgnoredDuringExecution: ${required}`
      return invalidValue(value, 'AntiAffinity must have exactly one strategy listed')
    },
  },
  {
    code: 'weight-range',
    path: 'spec.strategy.antiAffinity.weight',
    check: ({ preferredDuringSchedulingIgnoredDuringExecution: preferred }) => {
      const weight = preferred ? (preferred.weight ?? 0) : undefined
      return weight !== undefined && (weight < 1 || weight > 100)
        ? invalidValue(weight, 'AntiAffinity weight must be between 1-100')
        : undefined
    },
  },
]
