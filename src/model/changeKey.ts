import type { Answers } from './ask'
import type { Change } from './change'
import { ownValue } from './json'

/**
 * Names a change, so that a host can say in `answers.failures` that it could not be carried out, and events can say which change
 * they report. It is the only way to such a key.
 *
 * @example
 * import { changeKey } from 'rollout-engine'
 * changeKey({ kind: 'evictPod', namespace: 'shop', name: 'web-1' }) // => 'evictPod/shop/web-1'
 * changeKey({ kind: 'removeManagedRoutes', router: 'istio' }) // => 'removeManagedRoutes/istio'
 */
export function changeKey(change: Change): string {
  if ('router' in change) return `${change.kind}/${change.router}`
  if ('name' in change) return `${change.kind}/${change.namespace}/${change.name}`
  const { metadata } = createdObject(change)
  return `${change.kind}/${metadata.namespace ?? ''}/${metadata.name}`
}

type Creation = Exclude<Change, { readonly router: string } | { readonly name: string }>

function createdObject(change: Creation): {
  readonly metadata: { readonly namespace?: string; readonly name: string }
} {
  switch (change.kind) {
    case 'createReplicaSet':
      return change.replicaSet
    case 'createService':
      return change.service
    case 'createAnalysisRun':
      return change.analysisRun
    case 'createExperiment':
      return change.experiment
  }
}

/** Why the host could not carry the change out, where it said so. */
export const failureOf = (answers: Answers<unknown> | undefined, change: Change): ReportedFailure | undefined =>
  ownValue(answers?.failures, changeKey(change))

/** A failure as hosts report it in `answers.failures`. */
export type ReportedFailure = NonNullable<Answers<unknown>['failures']>[string]
