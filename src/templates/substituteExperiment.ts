import { durationProblem, parseDurationSeconds } from '../go/durationSeconds'
import type { Experiment } from '../model/experiment'
import { ownValue } from '../model/json'
import { podTemplateHashLabel } from '../model/labelKeys'
import { formatTime, parseTime } from '../model/time'
import type { ReplicaSet } from '../model/workload'
import { type Substitution, substituteTags } from './substitute'

/** The ReplicaSets of an experiment by the names of its templates. */
export type TemplateReplicaSets = Readonly<Record<string, Pick<ReplicaSet, 'metadata'>>>

/**
 * Replaces what an experiment's analysis arguments may name: `{{templates.<t>.podTemplateHash}}`,
 * `{{templates.<t>.replicaset.name}}`, `{{experiment.availableAt}}`, `{{experiment.finishedAt}}` (behaviour 5.4). A
 * template without ReplicaSet, or an experiment that is not available yet, leaves its tags unknown, which is an error.
 */
export const substituteExperiment = (
  text: string,
  experiment: Pick<Experiment, 'spec' | 'status'>,
  replicaSets: TemplateReplicaSets,
): Substitution => substituteTags(text, () => experimentValues(experiment, replicaSets))

function experimentValues(
  { spec, status }: Pick<Experiment, 'spec' | 'status'>,
  replicaSets: TemplateReplicaSets,
): ReadonlyMap<string, string> | { readonly error: string } {
  const values = new Map<string, string>()
  const availableSeconds = parseTime(status?.availableAt)
  if (availableSeconds !== undefined) {
    values.set('experiment.availableAt', formatTime(availableSeconds))
    if (spec.duration) {
      const error = durationProblem(spec.duration)
      if (error !== undefined) return { error }
      values.set('experiment.finishedAt', formatTime(availableSeconds + (parseDurationSeconds(spec.duration) ?? 0)))
    }
  }
  for (const { name } of spec.templates ?? []) {
    const metadata = ownValue(replicaSets, name)?.metadata
    if (!metadata) continue
    values.set(`templates.${name}.podTemplateHash`, ownValue(metadata.labels, podTemplateHashLabel) ?? '')
    values.set(`templates.${name}.replicaset.name`, metadata.name)
  }
  return values
}
