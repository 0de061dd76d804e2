import { pathOfText } from '../input/lineOfField'
import type { FieldPath } from '../input/places'
import { fieldErrorText } from '../kube/fieldErrorBody'
import { type ControllerVersion, ofVersion } from '../model/controllerVersion'
import { asKind, type ObjectOf } from '../model/kinds'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { Workload } from '../model/workload'
import { dialects } from '../rollout/validation/dialect'
import { missingErrors, referenceErrors, referencesOf } from '../rollout/validation/references/referenceErrors'
import { specErrors } from '../rollout/validation/specRules'
import { neighbours } from './facts'
import { anyAudience, type LintObject, type LintTarget, type Rule, type RuleText } from './rule'

const text: RuleText = {
  id: 'invalid-spec',
  severity: 'error',
  summary: 'a Rollout that the controller refuses',
  why: 'An invalid Rollout is not reconciled at all: no update, no scaling, no abort, until its spec is right.',
  thread: 'https://github.com/argoproj/argo-rollouts/issues/1052',
}

/**
 * Everything that the controller refuses, in its words. Of what a Rollout refers to only that which is among the files
 * is judged.
 */
export const invalidSpec: Rule = {
  ...text,
  *check(target, { controller } = anyAudience) {
    for (const at of target) {
      if (at.object.kind !== 'Rollout' || !at.object.spec) continue
      const rollout = asKind('Rollout', at.object)
      for (const error of errorsOf(rollout, at, target, controller)) {
        yield { at, path: wholePath(rollout, error.path), message: fieldErrorText(error) }
      }
    }
  },
}

function* errorsOf(given: Rollout, at: LintObject, target: LintTarget, controller: ControllerVersion) {
  const { rollout, isTemplateResolved, isWhole } = withWorkload(given, at, target)
  yield* specErrors(rollout, { isTemplateResolved, dialect: ofVersion(dialects, controller) })
  const beside = <Kind extends string>(kind: Kind): readonly ObjectOf<Kind>[] =>
    neighbours(target, at, kind).map(({ object }) => asKind(kind, inNamespace(object, rollout.metadata.namespace)))
  const surroundings = {
    namespace: rollout.metadata.namespace ?? '',
    // Services are judged by the labels of the pods, which are those of the workload.
    services: isWhole ? beside('Service') : [],
    analysisTemplates: beside('AnalysisTemplate'),
    clusterAnalysisTemplates: beside('ClusterAnalysisTemplate'),
    ingresses: beside('Ingress'),
    virtualServices: beside('VirtualService'),
  }
  const references = referencesOf(rollout, surroundings)
  // What is in no file is taken to exist; how it has to be named is judged anyway.
  for (const error of missingErrors(rollout, surroundings, references)) if (error.code !== 'not-found') yield error
  yield* referenceErrors(rollout, references)
}

interface Resolved {
  readonly rollout: Rollout
  readonly isTemplateResolved: boolean
  /** The labels of its pods are known. */
  readonly isWhole: boolean
}

/** Template and selector of the workload that the Rollout names, if it is among the files. */
function withWorkload(rollout: Rollout, at: LintObject, target: LintTarget): Resolved {
  const ref = rollout.spec.workloadRef
  if (!ref) return { rollout, isTemplateResolved: false, isWhole: true }
  const workload = neighbours(target, at, ref.kind ?? '').find(({ object }) => object.metadata.name === ref.name)
    ?.object as Workload | undefined
  const template = ref.kind === 'PodTemplate' ? workload?.template : workload?.spec?.template
  if (!template) return { rollout, isTemplateResolved: false, isWhole: false }
  const selector = rollout.spec.selector ?? workload?.spec?.selector
  return {
    rollout: { ...rollout, spec: { ...rollout.spec, template, selector } },
    isTemplateResolved: true,
    isWhole: true,
  }
}

const inNamespace = (object: KubeObject, namespace: string | undefined): KubeObject =>
  object.metadata.namespace === undefined && namespace !== undefined && object.kind !== 'ClusterAnalysisTemplate'
    ? { ...object, metadata: { ...object.metadata, namespace } }
    : object

/** The controller's path leaves the strategy's name out where it judges the spec alone. */
function wholePath({ spec }: Rollout, path: string): FieldPath {
  const strategy = spec.strategy?.blueGreen ? 'blueGreen' : 'canary'
  return pathOfText(
    path
      .replace(/^spec\.strategy\.strategy$/, 'spec.strategy')
      .replace(/^spec\.strategy\.(?!canary\b|blueGreen\b)/, `spec.strategy.${strategy}.`),
  )
}
