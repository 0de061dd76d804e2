import type { FieldError } from '../../kube/fieldErrorBody'
import { podTemplateErrors } from '../../kube/podTemplate/podTemplateErrors'
import type { Rollout } from '../../model/rollout'

/** Cached by template, which is an immutable value: it is validated once, not in every reconcile. */
const judged = new WeakMap<object, readonly FieldError[]>()

/** Kubernetes' errors about the pod template (behaviour 2.1, rule 7). */
export function templateErrors({ spec }: Rollout): readonly FieldError[] {
  const template = spec.template ?? {}
  const known = judged.get(template) ?? judge(template)
  judged.set(template, known)
  return known
}

const judge = (template: object): readonly FieldError[] =>
  podTemplateErrors(template, 'spec.template').map(({ path, body }) => ({ code: 'pod-template', path, body }))
