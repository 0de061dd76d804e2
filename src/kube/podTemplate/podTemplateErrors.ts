import { type FieldError, forbidden, unsupported } from '../fieldError'
import { annotations, labels } from '../labels'
import { childOf, type Fields, fieldsAt, isSet, listAt, own, report, type Spot, textAt } from '../rule'
import { isPlainTemplate } from './plainTemplate'
import { podAnnotations, profilesAgree } from './podAnnotations'
import { podSpec } from './podSpec'
import { withPodTemplateDefaults } from './podTemplateDefaults'

/**
 * What Kubernetes finds wrong in the pod template of a ReplicaSet, in the order of its complaints, as the controller
 * asks it: after Kubernetes' defaults, and with `privileged: true` taken out of containers and init containers. Whether
 * the selector picks the labels is not asked here.
 *
 * Takes any values: what has another type than it should counts as missing. At most a thousand complaints. Source:
 * Kubernetes 1.34 as argo-rollouts v1.10 calls it; behaviour 2.1, rule 7.
 *
 * `podTemplateErrors({ spec: { containers: [] } }, 'spec.template')[0].body === 'Required value'`
 */
export const podTemplateErrors = (template: unknown, path: string): readonly FieldError[] =>
  isPlainTemplate(template) ? none : judgedTemplate(template, path)

const none: readonly FieldError[] = []

/** The same by asking every rule, also about templates that are plain. */
export function judgedTemplate(template: unknown, path: string): readonly FieldError[] {
  const defaulted = withPodTemplateDefaults(template)
  const value: Fields = { ...defaulted, spec: withoutPrivileges(fieldsAt(defaulted.spec)) }
  const root: Spot = { value, path, errors: [] }
  const metadata = fieldsAt(value.metadata)
  const spec = childOf(root, 'spec')
  const given: Spot = { ...root, value: metadata.annotations, path: `${path}.annotations` }
  labels({ ...root, value: metadata.labels, path: `${path}.labels` })
  annotations(given)
  podAnnotations(given, spec)
  podSpec(spec)
  profilesAgree(fieldsAt(metadata.annotations), spec)
  templateRules(spec)
  return root.errors
}

/** What a pod may do but not a template of a ReplicaSet. */
function templateRules(spec: Spot): void {
  const part = (name: string): unknown => own(spec.value, name)
  if (listAt(part('ephemeralContainers')).length > 0) {
    report(spec, forbidden(`${spec.path}.ephemeralContainers`, 'ephemeral containers not allowed in pod template'))
  }
  if (part('restartPolicy') !== 'Always') {
    report(spec, unsupported(`${spec.path}.restartPolicy`, textAt(part('restartPolicy')), ['Always']))
  }
  if (isSet(part('activeDeadlineSeconds'))) {
    const detail = 'activeDeadlineSeconds in ReplicaSet is not Supported'
    report(spec, forbidden(`${spec.path}.activeDeadlineSeconds`, detail))
  }
}

/** Whether a cluster allows privileged containers is not for the controller to say. */
const withoutPrivileges = (spec: Fields): Fields => ({
  ...spec,
  containers: listAt(spec.containers).map(unprivileged),
  initContainers: listAt(spec.initContainers).map(unprivileged),
})

function unprivileged(container: unknown): unknown {
  const security = fieldsAt(own(container, 'securityContext'))
  if (security.privileged !== true) return container
  const { privileged: _, ...rest } = security
  return { ...fieldsAt(container), securityContext: rest }
}
