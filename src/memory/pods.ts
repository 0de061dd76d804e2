import type { HostClock, Sighting } from '../host/ports'
import type { ObjectRef } from '../model/decision'
import { asKind, asKubeObject } from '../model/kinds'
import type { ReplicaSet } from '../model/workload'
import { refOf } from './refs'

/** How many pods of a ReplicaSet there are. */
export interface PodCounts {
  readonly replicas: number
  /** Default: `replicas`. */
  readonly ready?: number
  /** Ready for `minReadySeconds`, so that the Rollout counts on them. Default: `ready`. */
  readonly available?: number
}

/** Starts and stops pods of a ReplicaSet, until there are so many. */
export type Scale = (replicaSet: ReplicaSet, replicas: number) => void

type Named = Pick<ObjectRef, 'namespace' | 'name'>

/** Calls `scale` whenever a ReplicaSet wants another number of pods than before; with 0 when it is gone. */
export function scaleOnSight(scale: Scale): (sighting: Sighting) => void {
  const wanted = new Map<string, { readonly set: ReplicaSet; readonly replicas: number }>()
  return ({ ref, object }) => {
    if (ref.kind !== 'ReplicaSet') return
    const key = `${ref.namespace}/${ref.name}`
    const before = wanted.get(key)
    const set = asKind('ReplicaSet', object) ?? before?.set
    const replicas = object ? countOf(set?.spec?.replicas) : 0
    if (!set || replicas === (before?.replicas ?? 0)) return
    if (object) wanted.set(key, { set, replicas })
    else wanted.delete(key)
    scale(set, replicas)
  }
}

/** Pods that are there at once. New ones become available together, `readyAfterSeconds` and `minReadySeconds` later. */
export function modelledPods(
  clock: HostClock,
  readyAfterSeconds: number,
  report: (ref: Named, counts: PodCounts) => void,
): Scale {
  const wanted = new Map<string, number>()
  return (set, replicas) => {
    const { namespace, name } = refOf(asKubeObject(set))
    const key = `${namespace}/${name}`
    wanted.set(key, replicas)
    const available = Math.min(replicas, countOf(set.status?.availableReplicas))
    const seconds = readyAfterSeconds + countOf(set.spec?.minReadySeconds)
    if (seconds <= 0 || available === replicas) {
      report({ namespace, name }, { replicas })
      return
    }
    report({ namespace, name }, { replicas, ready: available, available })
    clock.after(seconds * 1000, () => {
      if (wanted.get(key) === replicas) report({ namespace, name }, { replicas })
    })
  }
}

/** Nothing but a count of an API counts. */
const countOf = (value: unknown): number => (Number.isSafeInteger(value) ? Math.max(0, value as number) : 0)
