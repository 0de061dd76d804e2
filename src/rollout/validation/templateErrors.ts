import type { CodedFieldError } from '../../kube/fieldErrorBody'
import { podTemplateErrors } from '../../kube/podTemplate/podTemplateErrors'
import type { Rollout } from '../../model/rollout'

/** Cached by template, which is an immutable value: it is validated once, not in every reconcile. */
const judged = new WeakMap<object, readonly CodedFieldError[]>()

/** Kubernetes' errors about the pod template (behaviour 2.1, rule 7). */
export function templateErrors({ spec }: Rollout): readonly CodedFieldError[] {
  const template = spec.template ?? {}
  const known = judged.get(template) ?? judge(template)
  judged.set(template, known)
  return known
}

const judge = (template: object): readonly CodedFieldError[] =>
  podTemplateErrors(template, 'spec.template').map(({ path, body }) => ({ code: 'pod-template', path, body }))
