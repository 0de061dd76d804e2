import { isPlainSelector } from '../../kube/plainLabels'
import type { AnalysisRunArgument } from '../../model/analysis'
import type { ObjectMeta } from '../../model/meta'
import type { CanaryStep, Rollout, RolloutExperimentStep, RolloutSpec } from '../../model/rollout'
import { metadataField } from '../../templates/metadataField'
import { selects } from '../facts/selector'
import { pauseSecondsOf } from '../facts/steps'
import { templateErrors } from './templateErrors'

// Nearly all specs have parts that no rule could refuse. Seeing that costs a fraction of asking every rule, and every
// reconcile of a changed Rollout asks. False says nothing. spec/rollout/plainParts.spec.ts compares both.

/** Nothing can be wrong with selector and template. */
export const hasPlainPods = ({ selector, template }: RolloutSpec): boolean =>
  isPlainSelector(selector) &&
  selects(selector, template?.metadata?.labels ?? undefined) &&
  templateErrors(template).length === 0

/** A step of one kind with values in range. Routes and plugins are left to the rules. */
export function isPlainStep({ metadata }: Rollout, step: CanaryStep, maxWeight: number, isRouted: boolean): boolean {
  let kind: string | undefined
  for (const field in step) {
    if (kind !== undefined) return false
    kind = field
  }
  switch (kind) {
    case 'setWeight':
      return typeof step.setWeight === 'number' && step.setWeight >= 0 && step.setWeight <= maxWeight
    case 'pause':
      return Boolean(step.pause) && (pauseSecondsOf(step.pause ?? {}) ?? 0) >= 0
    case 'analysis':
      return Boolean(step.analysis) && arePlainArguments(metadata, step.analysis?.args)
    case 'experiment':
      return Boolean(step.experiment) && isPlainExperiment(metadata, step.experiment ?? {})
    case 'setCanaryScale':
      return Boolean(step.setCanaryScale) && isRouted
    default:
      return false
  }
}

const isPlainExperiment = (metadata: ObjectMeta, { templates, analyses }: RolloutExperimentStep): boolean =>
  (templates ?? []).every(({ weight }) => weight === undefined) &&
  (analyses ?? []).every(({ args }) => arePlainArguments(metadata, args))

/** None is read from a field of the Rollout that is missing. */
function arePlainArguments(metadata: ObjectMeta, args: readonly AnalysisRunArgument[] | undefined | null): boolean {
  if (args) for (const argument of args) if (isUnreadable(metadata, argument)) return false
  return true
}

/** Only paths of the metadata are checked; others are read from the Rollout when the analysis starts. */
export function isUnreadable(metadata: ObjectMeta, { valueFrom }: AnalysisRunArgument): boolean {
  const path = valueFrom?.fieldRef?.fieldPath
  return path?.startsWith('metadata') === true && 'error' in metadataField(metadata, path)
}
