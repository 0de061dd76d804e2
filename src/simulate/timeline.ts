import { keysOf, listObjects } from '../cluster/objects'
import type { AnalysisRunStatus } from '../model/analysis'
import { podTemplateHashLabel, revisionAnnotation } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { WeightDestination } from '../model/rolloutStatus'
import { sameJson } from '../model/sameJson'
import type { WakeUpReason } from '../model/wakeUp'
import type { ReplicaSet } from '../model/workload'
import { waitsForPerson } from './waiting'
import { workloadReplicas } from './workloads'
import type { World } from './world'

/** The state of the simulated Rollout from a second until the next frame. */
export interface Frame {
  readonly atSeconds: number
  readonly phase: string
  readonly message: string
  /** `status.currentStepIndex`; null without steps. */
  readonly stepIndex: number | null
  /** The last weight that was set on the router; null before the first one, and without a router. */
  readonly weight: number | null
  /**
   * Wanted and available pods of every revision that has any. Under `null`: of the youngest ReplicaSet, the last by
   * name, of an Experiment.
   */
  readonly pods: Readonly<Record<string, PodCounts>>
  /** `set` once a blue-green Rollout has an active ReplicaSet. */
  readonly active: 'set' | null
  readonly abort: boolean
  /** Phase of every AnalysisRun. */
  readonly runs: Readonly<Record<string, string>>
  /** Phase of every Experiment. */
  readonly experiments: Readonly<Record<string, string>>
  /** Pods of every ReplicaSet of an Experiment that has any. */
  readonly experimentPods: Readonly<Record<string, PodCounts>>
  /** Weights of destinations other than canary and stable: Services of an Experiment. */
  readonly destinations: readonly WeightDestination[]
  /** `spec.replicas` of the Deployment that `workloadRef` names; null if there is none. */
  readonly workload: number | null
  /** Hash of the stable ReplicaSet. */
  readonly stable: string | null
  /**
   * Roles by revision: `stable`, then `canary`, or `active` and `preview` of blue-green, as `get rollout` says it (an
   * active preview is not listed). A revision without a role has no entry.
   */
  readonly roles: Readonly<Record<string, readonly Role[]>>
  /** The share of traffic that the canary really gets from the router. */
  readonly effectiveWeight: number | null
  /** `spec.replicas`, 1 by default. */
  readonly replicas: number
  /** The command that the Rollout waits for; null if it waits for time or for nothing. */
  readonly waitsFor: 'promote' | 'resume' | null
  /**
   * Why the controller will reconcile the Rollout again by itself, the earliest first; `wakeUpText` makes the texts.
   */
  readonly wakeUps: readonly FrameWakeUp[]
}

/** `{ atSeconds: 30, code: 'pauseStepEnds', data: { stepIndex: 2 } }`. */
export type FrameWakeUp = WakeUpReason & { readonly atSeconds: number }

export type Role = 'stable' | 'canary' | 'active' | 'preview'

type PodCounts = readonly [wanted: number, available: number]

export function frameOf(world: World): Frame {
  const { objects, router, second } = world
  const rollout = objects[world.key]
  const { status = {} } = (rollout ?? {}) as Partial<Rollout>
  const { pods, experimentPods } = podsOf(world)
  return {
    atSeconds: second,
    phase: status.phase ?? '',
    message: rollout ? messageOf(status, world) : 'the Rollout is deleted',
    stepIndex: status.currentStepIndex ?? null,
    weight: router.commanded,
    pods,
    active: status.blueGreen?.activeSelector ? 'set' : null,
    abort: status.abort === true,
    runs: phasesOf(world, 'AnalysisRun'),
    experiments: phasesOf(world, 'Experiment'),
    experimentPods,
    destinations: router.destinations,
    stable: status.stableRS ?? null,
    workload: workloadReplicas(objects, rollout),
    roles: rolesOf(world),
    effectiveWeight: router.commanded === null ? null : router.effective,
    replicas: wantedReplicas(rollout),
    waitsFor: isRollout(rollout) ? (waitsForPerson(rollout as unknown as Rollout) ?? null) : null,
    wakeUps: wakeUpsOf(world),
  }
}

function wakeUpsOf({ looks, key }: World): readonly FrameWakeUp[] {
  const look = looks.get(key)
  if (!look) return []
  return look.asked
    .map(({ afterSeconds, ...reason }) => ({ atSeconds: look.second + Math.ceil(afterSeconds), ...reason }))
    .sort((one, other) => one.atSeconds - other.atSeconds)
}

/** The controller's log message, if it never wrote a status. */
const messageOf = ({ phase, message = '' }: Partial<Rollout['status'] & object>, { looks, key }: World): string =>
  (phase ?? '') === '' && message === '' ? (looks.get(key)?.error?.message ?? '') : message

const isRollout = (object: KubeObject | undefined): object is KubeObject => object?.kind === 'Rollout'

function wantedReplicas(object: KubeObject | undefined): number {
  const replicas = isRollout(object) ? (object as unknown as Rollout).spec.replicas : 0
  return typeof replicas === 'number' ? replicas : 1
}

function phasesOf({ objects, namespace }: World, kind: 'AnalysisRun' | 'Experiment'): Frame['runs'] {
  const phases = keysOf(objects, kind, namespace).map((key) => {
    const status = objects[key]?.status as AnalysisRunStatus | undefined
    return [objects[key]?.metadata.name ?? '', status?.phase ?? ''] as const
  })
  return Object.fromEntries(phases)
}

function podsOf({ objects, key, namespace }: World): Pick<Frame, 'pods' | 'experimentPods'> {
  const uid = objects[key]?.metadata.uid
  const isAlone = objects[key]?.kind === 'Experiment'
  const own: [revision: string, counts: PodCounts][] = []
  const experiments: [name: string, counts: PodCounts][] = []
  let youngest: { readonly createdAt: string; readonly counts: PodCounts } | undefined
  for (const set of listObjects(objects, 'ReplicaSet', namespace) as unknown as ReplicaSet[]) {
    const counts = [set.spec.replicas ?? 0, set.status?.availableReplicas ?? 0] as const
    if (counts[0] === 0 && counts[1] === 0) continue
    const owners = set.metadata.ownerReferences ?? []
    if (!isAlone && owners.some((owner) => owner.uid === uid))
      own.push([set.metadata.annotations?.[revisionAnnotation] ?? '0', counts])
    else if (owners.some(({ kind }) => kind === 'Experiment')) {
      experiments.push([set.metadata.name, counts])
      const { creationTimestamp: createdAt = '' } = set.metadata
      if (!youngest || (createdAt ?? '') >= youngest.createdAt) youngest = { createdAt: createdAt ?? '', counts }
    }
  }
  own.sort(([left], [right]) => Number(left) - Number(right))
  const last = youngest?.counts
  return {
    pods: Object.fromEntries(last ? [...own, ['null', last] as const] : own),
    experimentPods: Object.fromEntries(experiments),
  }
}

function rolesOf({ objects, key, namespace }: World): Frame['roles'] {
  const rollout = objects[key] as unknown as Rollout | undefined
  if (!rollout) return {}
  const { metadata, spec, status = {} } = rollout
  const { activeSelector, previewSelector } = status.blueGreen ?? {}
  const roles: [revision: string, roles: Role[]][] = []
  for (const set of listObjects(objects, 'ReplicaSet', namespace) as unknown as ReplicaSet[]) {
    if (!set.metadata.ownerReferences?.some((owner) => owner.uid === metadata.uid)) continue
    const hash = set.metadata.labels?.[podTemplateHashLabel]
    const own: Role[] = hash !== undefined && hash === status.stableRS ? ['stable'] : []
    if (spec.strategy?.canary && hash === status.currentPodHash && hash !== status.stableRS) own.push('canary')
    if (spec.strategy?.blueGreen && hash === activeSelector) own.push('active')
    else if (spec.strategy?.blueGreen && hash === previewSelector) own.push('preview')
    if (own.length > 0) roles.push([set.metadata.annotations?.[revisionAnnotation] ?? '0', own])
  }
  return Object.fromEntries(roles)
}

/**
 * Nothing that starts a new frame differs. `stable`, `roles`, `experimentPods` and `destinations` start none, because
 * their causes show in other fields.
 */
export const sameFrame = (left: Frame, right: Frame): boolean =>
  told.every((field) => sameJson(left[field], right[field]))

const told = [
  'phase',
  'message',
  'stepIndex',
  'weight',
  'effectiveWeight',
  'active',
  'abort',
  'workload',
  'pods',
  'runs',
  'experiments',
] as const satisfies readonly (keyof Frame)[]
