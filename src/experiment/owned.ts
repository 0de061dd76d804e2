import type { Experiment } from '../model/experiment'
import { experimentNameAnnotation, experimentTemplateNameAnnotation } from '../model/labelKeys'
import type { KubeObject, OwnerReference } from '../model/meta'

type Owned = Pick<KubeObject, 'metadata'>

const controllerOf = (object: Owned): OwnerReference | undefined =>
  object.metadata.ownerReferences?.find((owner) => owner.controller === true)

/** The owner reference that makes an object this Experiment's. */
export const ownerReferenceTo = ({ metadata }: Experiment): OwnerReference => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Experiment',
  name: metadata.name,
  uid: metadata.uid ?? '',
  controller: true,
  blockOwnerDeletion: true,
})

/** ReplicaSets and Services are identified by these annotations, never by name. */
export const templateAnnotations = ({ metadata }: Experiment, templateName: string): Record<string, string> => ({
  [experimentNameAnnotation]: metadata.name,
  [experimentTemplateNameAnnotation]: templateName,
})

/** The template that an object of this Experiment was made for, or undefined for foreign objects. */
export function templateNameOf({ metadata }: Experiment, object: Owned): string | undefined {
  const owner = controllerOf(object)
  if (!owner || owner.uid !== (metadata.uid ?? '')) return undefined
  const { annotations } = object.metadata
  if (annotations?.[experimentNameAnnotation] !== metadata.name) return undefined
  return annotations[experimentTemplateNameAnnotation] || undefined
}

/** The Experiment's objects by template, or the name of a template that has more than one. */
export function byTemplate<T extends Owned>(experiment: Experiment, objects: readonly T[]): Map<string, T> | string {
  const names = new Set((experiment.spec.templates ?? []).map((template) => template.name))
  const found = new Map<string, T>()
  for (const object of objects) {
    const name = templateNameOf(experiment, object)
    if (name === undefined || !names.has(name)) continue
    if (found.has(name)) return name
    found.set(name, object)
  }
  return found
}
