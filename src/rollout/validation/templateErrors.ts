import type { CodedFieldError } from '../../kube/fieldErrorBody'
import { isPlainTemplate } from '../../kube/podTemplate/plainTemplate'
import { judgedTemplate } from '../../kube/podTemplate/podTemplateErrors'
import type { PodTemplate } from '../../model/workload'

const none: readonly CodedFieldError[] = []

/** Cached by template, which is an immutable value: it is validated once, not in every reconcile. */
const judged = new WeakMap<object, readonly CodedFieldError[]>()

/** Kubernetes' errors about the pod template (behaviour 2.1, rule 7). */
export function templateErrors(given: PodTemplate | undefined): readonly CodedFieldError[] {
  const template = given ?? {}
  // Seeing that a template is plain costs no more than looking it up.
  if (isPlainTemplate(template)) return none
  const known = judged.get(template) ?? judge(template)
  judged.set(template, known)
  return known
}

const judge = (template: object): readonly CodedFieldError[] =>
  judgedTemplate(template, 'spec.template').map(({ path, body }) => ({ code: 'pod-template', path, body }))
