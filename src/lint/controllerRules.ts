import { pathOfText } from '../input/lineOfField'
import type { FieldPath } from '../input/places'
import { fieldErrorText } from '../kube/fieldErrorBody'
import type { AnalysisTemplate } from '../model/analysis'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { Service } from '../model/workload'
import { referenceErrors, referencesOf } from '../rollout/validation/references/referenceErrors'
import { specErrors } from '../rollout/validation/specRules'
import { isBeside } from './facts'
import type { LintObject, LintTarget, Rule, RuleText } from './rule'

const text: RuleText = {
  id: 'invalid-spec',
  severity: 'error',
  summary: 'a Rollout that the controller refuses',
  why: 'An invalid Rollout is not reconciled at all: no update, no scaling, no abort, until its spec is right.',
  thread: 'https://github.com/argoproj/argo-rollouts/issues/1052',
}

/** Everything that the controller refuses, in its words. Of what a Rollout refers to only that which is among the files is judged. */
export const invalidSpec: Rule = {
  ...text,
  *check(target) {
    for (const at of target) {
      if (at.object.kind !== 'Rollout' || !at.object.spec) continue
      const rollout = at.object as unknown as Rollout
      for (const error of errorsOf(rollout, at, target)) {
        yield { at, path: wholePath(rollout, error.path), message: fieldErrorText(error) }
      }
    }
  },
}

function* errorsOf(rollout: Rollout, at: LintObject, target: LintTarget) {
  yield* specErrors(rollout, { isTemplateResolved: false })
  const beside = <T>(kind: string): readonly T[] =>
    target
      .filter((one) => one.object.kind === kind && isBeside(one, at))
      .map(({ object }) => inNamespace(object, rollout.metadata.namespace) as unknown as T)
  const references = referencesOf(rollout, {
    namespace: rollout.metadata.namespace ?? '',
    services: beside<Service>('Service'),
    analysisTemplates: beside<AnalysisTemplate>('AnalysisTemplate'),
    clusterAnalysisTemplates: beside<AnalysisTemplate>('ClusterAnalysisTemplate'),
    ingresses: beside<KubeObject>('Ingress'),
    virtualServices: beside<KubeObject>('VirtualService'),
  })
  yield* referenceErrors(rollout, references)
}

const inNamespace = (object: KubeObject, namespace: string | undefined): KubeObject =>
  object.metadata.namespace === undefined && namespace !== undefined && object.kind !== 'ClusterAnalysisTemplate'
    ? { ...object, metadata: { ...object.metadata, namespace } }
    : object

/** The controller's path leaves the strategy's name out where it judges the spec alone. */
function wholePath({ spec }: Rollout, path: string): FieldPath {
  const strategy = spec.strategy?.blueGreen ? 'blueGreen' : 'canary'
  return pathOfText(path.replace(/^spec\.strategy\.(?!canary\b|blueGreen\b)/, `spec.strategy.${strategy}.`))
}
