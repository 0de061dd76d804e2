import type { Change } from './change'

/** Names a change, so that a host can say in `answers.failures` that it could not be carried out. */
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
