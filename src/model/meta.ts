import type { JsonValue } from './json'

/** Text to text: labels, annotations, selectors. */
export type StringMap = Readonly<Record<string, string>>

export interface OwnerReference {
  readonly apiVersion?: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
  readonly blockOwnerDeletion?: boolean
}

/** Kubernetes object metadata, as far as the engine reads it; other fields are kept unchanged. */
export interface ObjectMeta {
  readonly name: string
  readonly generateName?: string
  readonly namespace?: string
  readonly uid?: string
  readonly labels?: StringMap
  readonly annotations?: StringMap
  /** RFC 3339. */
  readonly creationTimestamp?: string | null
  readonly deletionTimestamp?: string | null
  readonly generation?: number
  readonly resourceVersion?: string
  readonly ownerReferences?: readonly OwnerReference[]
  readonly finalizers?: readonly string[]
}

export interface LabelSelectorRequirement {
  readonly key: string
  readonly operator: string
  readonly values?: readonly string[]
}

export interface LabelSelector {
  readonly matchLabels?: StringMap
  readonly matchExpressions?: readonly LabelSelectorRequirement[]
}

/** A condition of a status; times are RFC 3339. */
export interface Condition {
  readonly type: string
  readonly status: string
  readonly lastUpdateTime?: string
  readonly lastTransitionTime?: string
  readonly reason?: string
  readonly message?: string
}

/** Any object of the cluster, kept whole. */
export interface KubeObject {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly [field: string]: unknown
}

/** An absolute number, or a string, which is a percentage with or without `%` (behaviour 1.3). */
export type IntOrString = number | string

export type { JsonValue }
