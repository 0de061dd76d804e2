import { podTemplateErrors } from '../../kube/podTemplate/podTemplateErrors'
import type { Rollout } from '../../model/rollout'
import type { Problem } from '../turn'

/** By the template, which is an immutable value: it is judged once, not in every reconcile. */
const judged = new WeakMap<object, Problem | 'sound'>()

/** The first of Kubernetes' own rules that the pod template breaks (behaviour 2.1, rule 7). */
export function podTemplateProblem({ spec: { template = {} } }: Rollout): Problem | undefined {
  const known = judged.get(template) ?? firstProblem(template)
  judged.set(template, known)
  return known === 'sound' ? undefined : known
}

function firstProblem(template: object): Problem | 'sound' {
  const [first] = podTemplateErrors(template, 'spec.template')
  return first ? { error: `${first.path}: ${first.body}`, code: 'invalid-pod-template', path: first.path } : 'sound'
}
