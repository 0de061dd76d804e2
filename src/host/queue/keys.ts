import type { ObjectRef } from '../../model/decision'
import type { KubeObject } from '../../model/meta'

/** Kinds that the host reconciles. */
export const reconciledKinds = ['Rollout', 'AnalysisRun', 'Experiment', 'Service'] as const
export type ReconciledKind = (typeof reconciledKinds)[number]

export const isReconciledKind = (kind: string): kind is ReconciledKind =>
  (reconciledKinds as readonly string[]).includes(kind)

/** Names of objects hold no slash. */
export const keyOf = ({ namespace, name }: Omit<ObjectRef, 'kind'>): string => `${namespace}/${name}`

export function refOf(kind: string, key: string): ObjectRef {
  const slash = key.indexOf('/')
  return { kind, namespace: key.slice(0, slash), name: key.slice(slash + 1) }
}

export const refOfObject = (kind: string, { metadata }: KubeObject): ObjectRef => ({
  kind,
  namespace: metadata.namespace ?? '',
  name: metadata.name,
})
