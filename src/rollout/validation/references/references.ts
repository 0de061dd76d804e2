import type { KubeObject } from '../../../model/meta'
import type { RolloutAnalysis } from '../../../model/rollout'
import type { Service } from '../../../model/workload'
import type { MissingTemplate } from '../../../templates/collectTemplates'
import type { RunRole } from '../../../templates/runLabels'
import type { TemplateLists } from '../../../templates/uniqueTemplates'
import type { ValidationInput } from '../validationInput'

/** The lists in which a Rollout's references are looked up, and its namespace. An absent list is not checked. */
export type Surroundings = Omit<ValidationInput, 'rollout'> & { readonly namespace: string }

/** An analysis that a Rollout names. */
export interface AnalysisReference {
  readonly role: RunRole['kind']
  /** The path of the field that names its templates. */
  readonly path: string
  readonly analysis: RolloutAnalysis
  readonly found: FoundTemplates
}

/** The templates of an analysis, or the one that is missing. */
export type FoundTemplates = TemplateLists | { readonly missing: MissingTemplate }

export interface ServiceReference {
  /** The path of the field that names it. */
  readonly path: string
  readonly name: string
  /** Undefined: there is none of this name. */
  readonly service: Service | undefined
}

/** The references of a Rollout and the objects found, in the controller's order (behaviour 2.3). */
export interface References {
  readonly services: readonly ServiceReference[]
  readonly analyses: readonly AnalysisReference[]
  readonly ingresses: readonly KubeObject[]
  readonly virtualServices: readonly KubeObject[]
  readonly mappings: readonly KubeObject[]
  readonly virtualRouters: readonly KubeObject[]
}

/** The objects of these names, in their order. */
export function objectsNamed(
  list: readonly KubeObject[] | undefined,
  names: readonly string[] | undefined,
  namespace: string,
): readonly KubeObject[] {
  const found: KubeObject[] = []
  for (const name of names ?? none) {
    const object = objectNamed(list, name, namespace)
    if (object) found.push(object)
  }
  return found
}

const none: readonly never[] = []

/** The object of a list by name and namespace; an object without a namespace matches any. */
export const objectNamed = <T extends { readonly metadata: KubeObject['metadata'] }>(
  list: readonly T[] | undefined,
  name: string | undefined,
  namespace: string,
): T | undefined =>
  list?.find(({ metadata }) => metadata.name === name && (metadata.namespace ?? namespace) === namespace)
