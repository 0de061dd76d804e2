import type { ControllerVersion } from '../model/controllerVersion'
import { runNotCached, runNotFound, tellNobody, tellRollout } from './analysis'
import { allLabels, onlyHash } from './replicaSet'
import { endEmptyService, keepService } from './service'
import type { ExperimentSemantics } from './turn'

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
