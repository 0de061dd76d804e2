import type { KubeObject } from '../model/meta'
import { revisionAnnotation } from '../model/names'
import type { Rollout } from '../model/rollout'
import type { ReplicaSet } from '../model/workload'
import { type ClusterObjects, listObjects } from './cluster/state'
import type { RouterState } from './router'

/** What the simulated Rollout looks like from a second on, until the next frame. */
export interface Frame {
  readonly atSeconds: number
  readonly phase: string
  readonly message: string
  /** `status.currentStepIndex`; null without steps. */
  readonly stepIndex: number | null
  /** The last weight that the router was told; null before the first, and without a router. */
  readonly weight: number | null
  /** Wanted and available pods of every revision that has any. */
  readonly pods: Readonly<Record<string, readonly [wanted: number, available: number]>>
  /** `set` once a blue-green Rollout has an active ReplicaSet. */
  readonly active: 'set' | null
  readonly abort: boolean
  /** Hash of the stable ReplicaSet. */
  readonly stable: string | null
  /** The share of traffic that the canary really gets from the router. */
  readonly effectiveWeight: number | null
}

export function frameOf(objects: ClusterObjects, key: string, router: RouterState, second: number): Frame {
  const rollout = objects[key] as unknown as Rollout
  const { status = {} } = rollout
  return {
    atSeconds: second,
    phase: status.phase ?? '',
    message: status.message ?? '',
    stepIndex: status.currentStepIndex ?? null,
    weight: router.commanded,
    pods: podsOf(objects, rollout),
    active: status.blueGreen?.activeSelector ? 'set' : null,
    abort: status.abort === true,
    stable: status.stableRS ?? null,
    effectiveWeight: router.commanded === null ? null : router.effective,
  }
}

function podsOf(objects: ClusterObjects, rollout: Rollout): Frame['pods'] {
  const sets = listObjects<KubeObject>(
    objects,
    'ReplicaSet',
    rollout.metadata.namespace ?? '',
  ) as unknown as ReplicaSet[]
  const counts = sets
    .filter((set) => set.metadata.ownerReferences?.some((owner) => owner.uid === rollout.metadata.uid))
    .map((set) => ({
      revision: set.metadata.annotations?.[revisionAnnotation] ?? '0',
      wanted: set.spec.replicas ?? 0,
      available: set.status?.availableReplicas ?? 0,
    }))
    .filter(({ wanted, available }) => wanted !== 0 || available !== 0)
    .sort((left, right) => Number(left.revision) - Number(right.revision))
  return Object.fromEntries(counts.map(({ revision, wanted, available }) => [revision, [wanted, available] as const]))
}

/** Nothing that makes a new frame is different. `stable` alone makes none. */
export const sameFrame = (left: Frame, right: Frame): boolean => contentOf(left) === contentOf(right)

const contentOf = (frame: Frame): string => JSON.stringify({ ...frame, atSeconds: 0, stable: null })
