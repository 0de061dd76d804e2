import type { ClusterObjects } from '../../cluster/objects'
import { asKind } from '../../model/kinds'
import type { KubeObject } from '../../model/meta'
import { isOwned } from './worldOf'

// What may have happened between two observations though neither shows it: each is tried where the plain situation does
// not explain what the live controller did.

/** The same situation as it may have been when the controller looked, the likeliest first. */
export function unseenSituations(
  situation: ClusterObjects,
  before: ClusterObjects,
  after: ClusterObjects,
  key: string,
): readonly ClusterObjects[] {
  const sets = Object.entries(situation).filter(([, { kind }]) => kind === 'ReplicaSet')
  const own = sets.filter(([, set]) => isOwned(set, situation[key]))
  const gone = own.filter(([name]) => before[name] !== undefined && after[name] === undefined)
  const isMadeAnew = ([name]: readonly [string, KubeObject]): boolean =>
    after[name] !== undefined && before[name] !== undefined && after[name].metadata.uid !== before[name].metadata.uid
  // The controller deletes none that is to have pods.
  const deletedByOthers = [
    ...own.filter(isMadeAnew),
    ...gone.filter(([, set]) => (asKind('ReplicaSet', set).spec.replicas ?? 1) > 0),
  ]
  return [
    ...(gone.length > 0 ? [{ ...situation, ...Object.fromEntries(gone.map(withoutPods)) }] : []),
    ...(deletedByOthers.length > 0 ? [without(situation, deletedByOthers)] : []),
  ]
}

/** Before the controller deleted it, its pods had gone. */
const withoutPods = ([name, set]: readonly [string, KubeObject]): [string, KubeObject] => [
  name,
  { ...set, status: { replicas: 0, observedGeneration: set.metadata.generation } },
]

function without(situation: ClusterObjects, sets: readonly (readonly [string, KubeObject])[]): ClusterObjects {
  const names = new Set(sets.map(([name]) => name))
  return Object.fromEntries(Object.entries(situation).filter(([name]) => !names.has(name)))
}
