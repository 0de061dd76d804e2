import type { Argument } from '../../model/analysis'
import type { Experiment, ExperimentAnalysis, ExperimentTemplate } from '../../model/experiment'
import { instanceIdLabel, podTemplateHashLabel, revisionAnnotation } from '../../model/labelKeys'
import type { ObjectMeta, StringMap } from '../../model/meta'
import type { RolloutExperimentStep, RolloutExperimentTemplate } from '../../model/rollout'
import type { ReplicaSet } from '../../model/workload'
import { buildArguments } from '../../templates/buildArguments'
import type { Facts } from '../facts/facts'
import { ownerReferenceTo } from '../facts/owner'
import { podHash } from '../facts/replicaSets'
import { wantedPodHash } from '../facts/templateChange'
import type { Problem } from '../turn/flow'

/** The step that asks for it. */
export const fieldOfExperiment = ({ before }: Facts): string =>
  `spec.strategy.canary.steps[${before.currentStepIndex ?? 0}].experiment`

/** The Experiment of a step, with its preferred name (behaviour 3.14). */
export function buildExperiment(facts: Facts, step: RolloutExperimentStep): Experiment | Problem {
  const { metadata, spec } = facts.rollout
  const hash = wantedPodHash(facts)
  const revision = metadata.annotations?.[revisionAnnotation] ?? ''
  const templates: ExperimentTemplate[] = []
  for (const template of step.templates ?? []) {
    const built = buildTemplate(facts, template)
    if ('error' in built) return built
    templates.push(built)
  }
  const analyses = buildAnalyses(facts, step)
  if ('error' in analyses) return analyses
  const instanceId = metadata.labels?.[instanceIdLabel]
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Experiment',
    metadata: {
      name: `${facts.name}-${hash}-${revision}-${facts.before.currentStepIndex ?? 0}`,
      namespace: facts.namespace,
      ownerReferences: [ownerReferenceTo(facts)],
      labels: {
        ...facts.semantics.inheritedLabels(metadata),
        [podTemplateHashLabel]: hash,
        ...(instanceId ? { [instanceIdLabel]: instanceId } : undefined),
      },
      annotations: { [revisionAnnotation]: revision },
    },
    spec: {
      templates,
      ...given('duration', step.duration || undefined),
      ...given('progressDeadlineSeconds', spec.progressDeadlineSeconds),
      ...given('analyses', analyses.length > 0 ? analyses : undefined),
      ...given('scaleDownDelaySeconds', facts.semantics.experimentDelaySeconds(step)),
      ...given('dryRun', step.dryRun?.length ? step.dryRun : undefined),
      ...given('analysisRunMetadata', step.analysisRunMetadata),
    },
    status: {},
  }
}

/** The Experiment has the labels of its Rollout. */
export const rolloutLabels = ({ labels }: ObjectMeta): StringMap | undefined => labels

export const noLabels = (): undefined => undefined

/** A field of that name, or none if there is no value. */
const given = <Name extends string, Value>(name: Name, value: Value | undefined | null) =>
  (value === undefined || value === null ? {} : { [name]: value }) as { readonly [Key in Name]?: Value }

/** The pods of the canary or of stable, with labels and annotations of their own. */
function buildTemplate(facts: Facts, wanted: RolloutExperimentTemplate): ExperimentTemplate | Problem {
  const set = replicaSetOf(facts, wanted.specRef)
  if (!set)
    return {
      error: 'Invalid template step SpecRef: must be canary or stable',
      path: `${fieldOfExperiment(facts)}.templates`,
    }
  const { labels, annotations } = wanted.metadata ?? {}
  const { template = {}, minReadySeconds, selector: ownSelector } = set.spec
  const selector = wanted.selector ?? ownSelector
  const withService = (wanted.weight !== undefined && wanted.weight !== null) || wanted.service
  return {
    name: wanted.name,
    ...given('replicas', wanted.replicas),
    ...given('minReadySeconds', minReadySeconds || undefined),
    ...given('selector', labels ? { ...selector, matchLabels: { ...selector?.matchLabels, ...labels } } : selector),
    template: {
      ...template,
      metadata: {
        ...template.metadata,
        ...given('labels', merged(template.metadata?.labels, labels)),
        ...given('annotations', merged(template.metadata?.annotations, annotations)),
      },
    },
    ...(withService ? { service: wanted.service?.name ? { name: wanted.service.name } : {} } : undefined),
  }
}

const merged = (own: StringMap | undefined, added: StringMap | undefined): StringMap | undefined =>
  added ? { ...own, ...added } : own

const replicaSetOf = (facts: Facts, specRef: string): ReplicaSet | undefined =>
  specRef === 'canary' ? facts.newSet : specRef === 'stable' ? facts.stableSet : undefined

function buildAnalyses(facts: Facts, step: RolloutExperimentStep): readonly ExperimentAnalysis[] | Problem {
  const hashes = { latest: podHash(facts.newSet), stable: podHash(facts.stableSet) }
  const analyses: ExperimentAnalysis[] = []
  for (const { name, templateName, clusterScope, args, requiredForCompletion } of step.analyses ?? []) {
    const built = buildArguments(args ?? [], facts.rollout, hashes)
    if (built.error !== undefined) return { error: built.error, path: `${fieldOfExperiment(facts)}.analyses` }
    const resolved: readonly Argument[] = built.args ?? []
    analyses.push({
      name,
      templateName,
      ...given('clusterScope', clusterScope),
      ...given('args', resolved.length > 0 ? resolved : undefined),
      ...(requiredForCompletion ? { requiredForCompletion } : undefined),
    })
  }
  return analyses
}
