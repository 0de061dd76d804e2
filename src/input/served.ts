import { withPodTemplateDefaults } from '../kube/podTemplate/podTemplateDefaults'
import { isJsonObject } from '../model/json'
import type { ModelKind } from '../model/kinds'
import { applyCrd } from './crd/applyCrd'
import type { Finding } from './places'

/** Kubernetes' own kinds whose pod template an API server completes; a Pod's defaults decide nothing here. */
const templateOwners: readonly ModelKind[] = ['Deployment', 'ReplicaSet']

/**
 * The object as an API server would give it back: kinds of ours after their custom resource definition, pod templates
 * of Deployments, ReplicaSets and PodTemplates after Kubernetes' defaults. Names of ReplicaSets depend on both: the
 * hash of a pod template is that of the stored one, and `workloadRef` takes it from the stored Deployment.
 */
export function asServed(
  kind: ModelKind | undefined,
  value: unknown,
): {
  readonly value: unknown
  readonly findings: readonly Finding[]
} {
  if (kind === undefined || !isJsonObject(value) || isStored(value)) return { value, findings: [] }
  if (kind === 'PodTemplate') return { value: withTemplate(value), findings: [] }
  if (!templateOwners.includes(kind)) return applyCrd(kind, value)
  const spec = isJsonObject(value.spec) ? withTemplate(value.spec) : value.spec
  return { value: spec === value.spec ? value : { ...value, spec }, findings: [] }
}

/** An object with a UID comes out of an API server, which has completed it already. */
const isStored = ({ metadata }: Readonly<Record<string, unknown>>): boolean =>
  isJsonObject(metadata) && typeof metadata.uid === 'string' && metadata.uid !== ''

function withTemplate(owner: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!isJsonObject(owner.template)) return owner
  const template = withPodTemplateDefaults(owner.template)
  return template === owner.template ? owner : { ...owner, template }
}
