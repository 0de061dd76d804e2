import { fieldDifferences } from '../cluster/fieldDifferences'
import type { ClusterObjects } from '../cluster/objects'
import { podTemplateHash } from '../kube/hash/podTemplateHash'
import { stepHash } from '../kube/hash/stepHash'
import { withPodTemplateDefaults } from '../kube/podTemplate/podTemplateDefaults'
import { throughTypes } from '../kube/types/throughTypes'
import { typeTablesOf } from '../kube/types/typeTables'
import type { ControllerVersion } from '../model/controllerVersion'
import { asKind } from '../model/kinds'
import { podTemplateHashLabel } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { ReplicaSet } from '../model/workload'
import { reconcileRollout } from '../reconcile'
import { withoutInjectedAntiAffinity } from '../rollout/facts/antiAffinity'
import { templateWithoutEphemeralMetadata } from '../rollout/facts/roleMetadata'
import { validateRollout } from '../rollout/validation/validateRollout'
import { observeRollout } from '../simulate/observe'
import { startObjects } from '../simulate/startObjects'

/** What the upgrade alone does to the pods of a Rollout that runs. */
export interface RevisionNote {
  readonly hashFrom: string
  readonly hashTo: string
  /**
   * `same`: one hash. `recognised`: the running ReplicaSet is found again. `new`: a new revision starts. `refused`: the
   * new controller refuses the spec, which the old one takes. `not-running`: no ReplicaSet of the template runs yet.
   * `unknown`: the dump does not hold the Rollout.
   */
  readonly verdict: 'same' | 'recognised' | 'new' | 'refused' | 'not-running' | 'unknown'
  /**
   * Fields in which the running template and the Rollout's differ, for `new`; the words of the refusal, for
   * `refused`.
   */
  readonly reasons: readonly string[]
  /** An update is under way, and its canary steps begin again, because their hash changes. */
  readonly restartsSteps: boolean
}

/** One Rollout of a dump. */
export interface WorkloadNote extends RevisionNote {
  /** `namespace/name`. */
  readonly workload: string
}

export interface VersionPair {
  readonly from: ControllerVersion
  readonly to: ControllerVersion
}

const now = '2030-01-01T00:00:00Z'
const mostReasons = 3

/** What the new controller makes of each Rollout of a dump, when it looks at them for the first time. */
export function liveWorkloads(live: readonly KubeObject[], versions: VersionPair): readonly WorkloadNote[] {
  const { objects } = startObjects(live, undefined, now)
  const keys = Object.keys(objects).filter((key) => key.startsWith('rollouts/'))
  return keys.sort().map((key) => ({ workload: key.slice('rollouts/'.length), ...noteOf(objects, key, versions) }))
}

function noteOf(objects: ClusterObjects, key: string, { from, to }: VersionPair): RevisionNote {
  const rollout = asKind('Rollout', objects[key] as KubeObject)
  const note = { ...hashesOf(rollout, { from, to }), reasons: [], restartsSteps: false }
  const refusals = refusedOnlyBy(rollout, { from, to })
  if (refusals.length > 0) return { ...note, verdict: 'refused', reasons: refusals.slice(0, mostReasons) }
  if (createsReplicaSet(objects, key, to)) {
    if (createsReplicaSet(objects, key, from)) return { ...note, verdict: 'not-running' }
    return { ...note, verdict: 'new', reasons: templateDifferences(objects, rollout, to).slice(0, mostReasons) }
  }
  const verdict = note.hashFrom === note.hashTo ? 'same' : 'recognised'
  return { ...note, verdict, restartsSteps: restartsSteps(rollout, { from, to }) }
}

export function hashesOf({ spec, status }: Rollout, { from, to }: VersionPair) {
  const hashOf = (version: ControllerVersion): string => podTemplateHash(spec.template, status?.collisionCount, version)
  return { hashFrom: hashOf(from), hashTo: hashOf(to) }
}

function refusedOnlyBy(rollout: Rollout, { from, to }: VersionPair): readonly string[] {
  const refusals = (version: ControllerVersion): readonly string[] =>
    validateRollout({ rollout }, version).map(({ message }) => message)
  return refusals(from).length > 0 ? [] : refusals(to)
}

function createsReplicaSet(objects: ClusterObjects, key: string, controller: ControllerVersion): boolean {
  const { changes } = reconcileRollout(observeRollout(objects, key, now, { controller }))
  return changes.some(({ kind }) => kind === 'createReplicaSet')
}

/** Where the template that runs is not the one that the controller compares it with. */
function templateDifferences(objects: ClusterObjects, rollout: Rollout, controller: ControllerVersion): string[] {
  const running = runningSet(objects, rollout)
  if (!running) return []
  const types = typeTablesOf(controller).podTemplate
  const bare = withoutInjectedAntiAffinity(templateWithoutEphemeralMetadata(running), rollout)
  const live = throughTypes(types, bare)
  const wanted = throughTypes(types, withPodTemplateDefaults(throughTypes(types, rollout.spec.template)))
  return fieldDifferences(live, wanted)
    .map(({ path }) => path)
    .filter((path) => !path.endsWith(podTemplateHashLabel) && path !== 'spec.serviceAccount')
}

function runningSet(objects: ClusterObjects, { metadata, status }: Rollout): ReplicaSet | undefined {
  const running = Object.values(objects).find(
    (object) =>
      object.kind === 'ReplicaSet' &&
      object.metadata.namespace === metadata.namespace &&
      object.metadata.labels?.[podTemplateHashLabel] === status?.currentPodHash &&
      object.metadata.name.startsWith(`${metadata.name}-`),
  )
  return running && asKind('ReplicaSet', running)
}

function restartsSteps({ spec, status }: Rollout, { from, to }: VersionPair): boolean {
  const steps = spec.strategy?.canary?.steps
  if (!steps || status?.stableRS === status?.currentPodHash || (status?.currentStepIndex ?? 0) === 0) return false
  return status?.currentStepHash === stepHash(steps, from) && stepHash(steps, from) !== stepHash(steps, to)
}
