import type { ControllerVersion } from '../model/controllerVersion'
import type { ExperimentTemplate } from '../model/experiment'
import type { StringMap } from '../model/meta'
import type { ReplicaSet, Service } from '../model/workload'
import { runNotCached, runNotFound, tellNobody, tellRollout } from './analysis'
import { allLabels, onlyHash } from './replicaSet'
import type { ServiceOutcome } from './service'
import { endEmptyService, keepService } from './service'
import type { Turn } from './turn'

/** All differences between controller versions in decisions about Experiments. */
export interface ExperimentSemantics {
  readonly replicaSetLabels: (labels: StringMap, hash: string) => StringMap
  /** The handling of the Service of a template that should have no pods. */
  readonly endService: (
    turn: Turn,
    template: ExperimentTemplate,
    set: ReplicaSet,
    service: Service | undefined,
  ) => ServiceOutcome
  /** The Service is deleted in the reconcile that scales its ReplicaSet to 0, while pods still exist. */
  readonly endsServiceWithScale: boolean
  readonly missingRun: (name: string) => string
  readonly tellOwner: typeof tellRollout
}

const main: ExperimentSemantics = {
  replicaSetLabels: allLabels,
  endService: endEmptyService,
  endsServiceWithScale: false,
  missingRun: runNotFound,
  tellOwner: tellRollout,
}

const release19: ExperimentSemantics = { ...main, missingRun: runNotCached }

const release18: ExperimentSemantics = {
  ...release19,
  replicaSetLabels: onlyHash,
  endService: keepService,
  endsServiceWithScale: true,
}

const release17: ExperimentSemantics = { ...release18, tellOwner: tellNobody }

export const semantics: Readonly<Record<ControllerVersion, ExperimentSemantics>> = {
  main,
  'v1.10': main,
  'v1.9': release19,
  'v1.8': release18,
  'v1.7': release17,
}
