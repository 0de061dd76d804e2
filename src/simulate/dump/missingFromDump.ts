import { type ClusterObjects, listObjects } from '../../cluster/objects'
import type { Issue } from '../../model/issue'
import { podTemplateHashLabel } from '../../model/labelKeys'
import type { KubeObject } from '../../model/meta'
import { deepField, fieldOf, textOf } from '../assume/walk'

/** The kinds to read from a cluster: everything that a Rollout during an update depends on. */
export const dumpCommand =
  'kubectl get rollout,rs,pod,svc,ing,deploy,analysisrun,experiment,analysistemplate,clusteranalysistemplate -o yaml'

const hashFields: readonly (readonly string[])[] = [
  ['stableRS'],
  ['blueGreen', 'activeSelector'],
  ['blueGreen', 'previewSelector'],
  ['currentPodHash'],
]

const runFields: readonly { readonly kind: string; readonly at: readonly string[] }[] = [
  ...['currentStepAnalysisRunStatus', 'currentBackgroundAnalysisRunStatus'].map((slot) => ({
    kind: 'AnalysisRun',
    at: ['canary', slot, 'name'],
  })),
  ...['prePromotionAnalysisRunStatus', 'postPromotionAnalysisRunStatus'].map((slot) => ({
    kind: 'AnalysisRun',
    at: ['blueGreen', slot, 'name'],
  })),
  { kind: 'Experiment', at: ['canary', 'currentExperiment'] },
]

/**
 * Objects in the status of a Rollout that are not in the manifests. Only the controller creates them; without them the
 * simulation would start a new rollout.
 */
export function missingFromDump(objects: ClusterObjects, key: string): readonly Issue[] {
  const rollout = objects[key] as KubeObject
  const missing = [...missingSets(objects, rollout), ...missingRuns(objects, rollout)]
  const [first] = missing
  if (!first) return []
  const names = missing.map(({ name }) => name).join(', ')
  const message = `the status names ${names}, not among the manifests, so what is simulated is a cluster without: give all that ${dumpCommand} prints`
  return [{ code: 'dump-incomplete', path: first.path, message, severity: 'warning' }]
}

interface Missing {
  readonly path: string
  readonly name: string
}

function missingSets(objects: ClusterObjects, rollout: KubeObject): readonly Missing[] {
  const sets = listObjects(objects, 'ReplicaSet', rollout.metadata.namespace ?? '')
  const given = new Set(sets.map(({ metadata }) => metadata.labels?.[podTemplateHashLabel]))
  const missing = new Map<string, Missing>()
  for (const field of hashFields) {
    const hash = textOf(deepField(rollout.status, ...field))
    if (hash === '' || given.has(hash) || missing.has(hash)) continue
    // A Rollout that is paused in its spec may have a template without a ReplicaSet.
    const mayBeNone = field[0] === 'currentPodHash' && !((fieldOf(rollout.status, 'updatedReplicas') as number) > 0)
    if (mayBeNone) continue
    missing.set(hash, { path: `status.${field.join('.')}`, name: `ReplicaSet ${rollout.metadata.name}-${hash}` })
  }
  return [...missing.values()]
}

function missingRuns(objects: ClusterObjects, rollout: KubeObject): readonly Missing[] {
  return runFields.flatMap(({ kind, at }) => {
    const name = textOf(deepField(rollout.status, ...at))
    const given = listObjects(objects, kind, rollout.metadata.namespace ?? '')
    if (name === '' || given.some(({ metadata }) => metadata.name === name)) return []
    return [{ path: `status.${at.join('.')}`, name: `${kind} ${name}` }]
  })
}
