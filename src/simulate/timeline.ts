import { keysOf, listObjects } from '../cluster/objects'
import type { AnalysisRunStatus } from '../model/analysis'
import { podTemplateHashLabel, revisionAnnotation } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { WeightDestination } from '../model/rolloutStatus'
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
  /** Pods of every revision that has any, the oldest revision first. */
  readonly pods: readonly RevisionPods[]
  /**
   * The revision that a blue-green Rollout's active Service selects; null before the first, 0 if no ReplicaSet has its
   * hash.
   */
  readonly active: number | null
  readonly abort: boolean
  /** Phase of every AnalysisRun. */
  readonly runs: Readonly<Record<string, string>>
  /** Every Experiment, by name. */
  readonly experiments: Readonly<Record<string, ExperimentState>>
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

/** What a revision is: the words of `get rollout`. */
export type Role = 'stable' | 'canary' | 'active' | 'preview'

/** How many pods a ReplicaSet has. */
export interface PodCounts {
  readonly wanted: number
  readonly available: number
}

/** Pods of one revision: `{ revision: 2, role: 'canary', wanted: 1, available: 0 }`. */
export interface RevisionPods extends PodCounts {
  readonly revision: number
  /** What people call it: of several roles the one that says most. `old`: none. `roles` of the frame has all. */
  readonly role: Role | 'old'
}

/** An Experiment as a frame shows it. */
export interface ExperimentState {
  /** Empty before its first reconcile; null where the Experiment is gone and ReplicaSets of it are left. */
  readonly phase: string | null
  /** Its ReplicaSets that have pods, by name. */
  readonly pods: readonly ExperimentPods[]
}

/** Pods of one ReplicaSet of an Experiment. */
export interface ExperimentPods extends PodCounts {
  readonly replicaSet: string
  /** RFC 3339; empty where nobody knows. */
  readonly createdAt: string
}

export function frameOf(world: World): Frame {
  const { objects, router, second } = world
  const rollout = objects[world.key]
  const { status = {} } = (rollout ?? {}) as Partial<Rollout>
  const roles = rolesOf(world)
  return {
    atSeconds: second,
    phase: status.phase ?? '',
    message: rollout ? messageOf(status, world) : 'the Rollout is deleted',
    stepIndex: status.currentStepIndex ?? null,
    weight: router.commanded,
    pods: podsOf(world, roles),
    active: activeRevision(world, status.blueGreen?.activeSelector),
    abort: status.abort === true,
    runs: phasesOf(world, 'AnalysisRun'),
    experiments: experimentsOf(world),
    destinations: router.destinations,
    stable: status.stableRS ?? null,
    workload: workloadReplicas(objects, rollout),
    roles,
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

const countsOf = ({ spec, status }: ReplicaSet): PodCounts => ({
  wanted: spec.replicas ?? 0,
  available: status?.availableReplicas ?? 0,
})

const hasPods = ({ wanted, available }: PodCounts): boolean => wanted !== 0 || available !== 0

const revisionTextOf = ({ metadata }: ReplicaSet): string => metadata.annotations?.[revisionAnnotation] ?? '0'
const revisionOf = (set: ReplicaSet): number => Number(revisionTextOf(set)) || 0

/** The ReplicaSets of the Rollout; an Experiment alone has none that have a revision. */
const setsOfRollout = ({ objects, key, namespace }: World): readonly ReplicaSet[] => {
  const { kind, metadata } = objects[key] ?? {}
  if (kind === 'Experiment') return []
  return listObjects(objects, 'ReplicaSet', namespace).filter((set) =>
    set.metadata.ownerReferences?.some(({ uid }) => uid === metadata?.uid),
  )
}

const rolesThatSayMost: readonly Role[] = ['canary', 'active', 'preview', 'stable']

function podsOf(world: World, roles: Frame['roles']): readonly RevisionPods[] {
  return setsOfRollout(world)
    .filter((set) => hasPods(countsOf(set)))
    .map((set) => {
      const own = roles[revisionTextOf(set)] ?? []
      const role = rolesThatSayMost.find((one) => own.includes(one))
      return { revision: revisionOf(set), role: role ?? ('old' as const), ...countsOf(set) }
    })
    .sort((left, right) => left.revision - right.revision)
}

function activeRevision(world: World, activeHash: string | undefined): number | null {
  if (!activeHash) return null
  const active = setsOfRollout(world).find(({ metadata }) => metadata.labels?.[podTemplateHashLabel] === activeHash)
  return active ? revisionOf(active) : 0
}

function experimentsOf(world: World): Frame['experiments'] {
  const pods = new Map<string, ExperimentPods[]>()
  for (const set of listObjects(world.objects, 'ReplicaSet', world.namespace)) {
    const owner = set.metadata.ownerReferences?.find(({ kind }) => kind === 'Experiment')
    if (!owner || !hasPods(countsOf(set))) continue
    const { name, creationTimestamp } = set.metadata
    const entry = { replicaSet: name, ...countsOf(set), createdAt: creationTimestamp ?? '' }
    pods.set(owner.name, [...(pods.get(owner.name) ?? []), entry])
  }
  const phases: Readonly<Record<string, string | null>> = phasesOf(world, 'Experiment')
  const names = [...Object.keys(phases), ...[...pods.keys()].filter((name) => !Object.hasOwn(phases, name))]
  return Object.fromEntries(names.map((name) => [name, { phase: phases[name] ?? null, pods: pods.get(name) ?? [] }]))
}

function rolesOf(world: World): Frame['roles'] {
  const rollout = world.objects[world.key] as unknown as Rollout | undefined
  if (!rollout) return {}
  const { spec, status = {} } = rollout
  const { activeSelector, previewSelector } = status.blueGreen ?? {}
  const roles: [revision: string, roles: Role[]][] = []
  for (const set of setsOfRollout(world)) {
    const hash = set.metadata.labels?.[podTemplateHashLabel]
    const own: Role[] = hash !== undefined && hash === status.stableRS ? ['stable'] : []
    if (spec.strategy?.canary && hash === status.currentPodHash && hash !== status.stableRS) own.push('canary')
    if (spec.strategy?.blueGreen && hash === activeSelector) own.push('active')
    else if (spec.strategy?.blueGreen && hash === previewSelector) own.push('preview')
    if (own.length > 0) roles.push([revisionTextOf(set), own])
  }
  return Object.fromEntries(roles)
}
