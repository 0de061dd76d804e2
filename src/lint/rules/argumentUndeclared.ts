import { nearest } from '../../input/nearest'
import type { AnalysisTemplateSpec } from '../../model/analysis'
import { mentionedArgs } from '../facts'
import { ofTarget } from '../ofTarget'
import { isTemplate, templateRule } from '../rule'

const argumentsOf = (spec: unknown): readonly string[] =>
  ((spec as AnalysisTemplateSpec | undefined)?.args ?? []).map(({ name }) => name)

/** Templates of one analysis share their arguments. */
const declaredAnywhere = ofTarget(
  (target): ReadonlySet<string> => new Set(target.filter(isTemplate).flatMap(({ object }) => argumentsOf(object.spec))),
)

export const argumentUndeclared = templateRule(
  {
    id: 'argument-undeclared',
    severity: 'error',
    summary: 'an argument that is used but not declared',
    why: 'Only declared arguments are replaced. A metric that uses another one cannot be resolved: the Rollout is refused, or the run ends in an error.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1208',
  },
  function* (template, _at, target) {
    const declared = (template.spec.args ?? []).map(({ name }) => name)
    const anywhere = declaredAnywhere(target)
    for (const [index, metric] of (template.spec.metrics ?? []).entries()) {
      for (const name of mentionedArgs(metric)) {
        if (anywhere.has(name) || name.startsWith('metadata.')) continue
        const meant = nearest(name, declared)
        const hint = meant === undefined ? 'add it to spec.args' : `did you mean ${meant}?`
        yield { path: ['spec', 'metrics', index], message: `{{args.${name}}} is not declared: ${hint}` }
      }
    }
  },
)
