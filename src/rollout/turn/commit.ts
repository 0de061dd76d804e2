import type { Change, SelectPods } from '../../model/change'
import { failureOf, type ReportedFailure } from '../../model/changeKey'
import { managedByAnnotation, podTemplateHashLabel } from '../../model/labelKeys'
import type { ObjectMeta } from '../../model/meta'
import type { Service } from '../../model/workload'
import { reread, type Turn } from './turn'

/**
 * Adds a change to the decision; later stages see its effect on runs, Experiments and Services. The caller applies its
 * effect on ReplicaSets (turn/sets.ts), because new sizes must not count before the pods exist. Returns the failure
 * that the host reported for this change, if any.
 */
export function commit(turn: Turn, change: Change): ReportedFailure | undefined {
  const { ledger, facts } = turn
  ledger.changes.push(change)
  switch (change.kind) {
    case 'createAnalysisRun':
      ledger.analysisRuns = [...ledger.analysisRuns, change.analysisRun]
      break
    case 'terminateAnalysisRun':
      ledger.analysisRuns = terminated(ledger.analysisRuns, change.name)
      break
    case 'deleteAnalysisRun':
      ledger.analysisRuns = without(ledger.analysisRuns, change.name)
      break
    case 'createExperiment':
      ledger.experiments = [...ledger.experiments, change.experiment]
      break
    case 'terminateExperiment':
      ledger.experiments = terminated(ledger.experiments, change.name)
      break
    case 'deleteExperiment':
      ledger.experiments = without(ledger.experiments, change.name)
      break
    case 'deleteReplicaSet':
      ledger.deletedNames.push(change.name)
      break
    case 'adoptReplicaSet':
      ledger.staleSets.add(change.name)
      break
    case 'selectPods':
      reread(turn, {
        services: facts.services.map((one) => (one.metadata.name === change.name ? switched(one, change) : one)),
      })
  }
  return failureOf(facts.observed.answers, change)
}

interface Terminable {
  readonly metadata: ObjectMeta
  readonly spec: { readonly terminate?: boolean }
}

const terminated = <T extends Terminable>(list: readonly T[], name: string): readonly T[] =>
  list.map((one) => (one.metadata.name === name ? { ...one, spec: { ...one.spec, terminate: true } } : one))

const without = <T extends Terminable>(list: readonly T[], name: string): readonly T[] =>
  list.filter(({ metadata }) => metadata.name !== name)

function switched(service: Service, { podTemplateHash, managedBy }: SelectPods): Service {
  const annotations = {
    ...service.metadata.annotations,
    [managedByAnnotation]: service.metadata.annotations?.[managedByAnnotation] ?? managedBy ?? '',
  }
  return {
    ...service,
    metadata: { ...service.metadata, annotations },
    spec: { ...service.spec, selector: { ...service.spec?.selector, [podTemplateHashLabel]: podTemplateHash ?? '' } },
  }
}
