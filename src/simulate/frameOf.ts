import { keysOf, listObjects } from '../cluster/objects'
import { setOwn } from '../model/json'
import { asKind } from '../model/kinds'
import { podTemplateHashLabel, revisionAnnotation } from '../model/labelKeys'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { ReplicaSet } from '../model/workload'
import type { ExperimentPods, Frame, FrameWakeUp, PodCounts, RevisionPods, Role } from './frame'
import { phaseOf, runsOf } from './frameRuns'
import { checkedWaitsForPerson, waitsForPerson } from './waiting'
import { workloadReplicas } from './workloads'
import type { World } from './world'

export function frameOf(world: World): Frame {
  const { objects, router, second } = world
  const rollout = objects[world.key]
  const { status = {} } = (rollout ?? {}) as Partial<Rollout>
  const sets = setsOfRollout(world)
  const roles = rolesOf(world, sets)
  return {
    atSeconds: second,
    phase: status.phase ?? '',
    message: rollout ? messageOf(status, world) : 'the Rollout is deleted',
    stepIndex: status.currentStepIndex ?? null,
    weight: router.commanded,
    pods: podsOf(sets, roles),
    active: activeRevision(sets, status.blueGreen?.activeSelector),
    abort: status.abort === true,
    runs: runsOf(world),
    experiments: experimentsOf(world),
    destinations: router.destinations,
    routes: router.routes,
    stable: status.stableRS ?? null,
    workload: workloadReplicas(objects, rollout),
    roles,
    effectiveWeight: router.commanded === null ? null : router.effective,
    verifiedWeight: world.verifiedWeight,
    replicas: wantedReplicas(rollout),
    waitsFor: isRollout(rollout) ? waitsFor(world, asKind('Rollout', rollout)) : null,
    blockers: world.looks.get(world.key)?.blockers ?? [],
    wakeUps: wakeUpsOf(world),
    room: world.pods.room ?? null,
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
  const replicas = isRollout(object) ? asKind('Rollout', object).spec.replicas : 0
  return typeof replicas === 'number' ? replicas : 1
}

const countsOf = ({ spec, status }: ReplicaSet): PodCounts => ({
  wanted: spec.replicas ?? 0,
  available: status?.availableReplicas ?? 0,
})

const hasPods = ({ wanted, available }: PodCounts): boolean => wanted !== 0 || available !== 0

const revisionTextOf = ({ metadata }: ReplicaSet): string => metadata.annotations?.[revisionAnnotation] ?? '0'
const revisionOf = (set: ReplicaSet): number => Number(revisionTextOf(set)) || 0

const waitsFor = ({ checked, objects }: World, rollout: Rollout): Frame['waitsFor'] =>
  (checked === objects ? checkedWaitsForPerson(rollout) : waitsForPerson(rollout)) ?? null

/** The ReplicaSets of the Rollout; an Experiment alone has none that have a revision. */
const setsOfRollout = ({ objects, key, namespace }: World): readonly ReplicaSet[] => {
  const { kind, metadata } = objects[key] ?? {}
  if (kind === 'Experiment') return []
  return listObjects(objects, 'ReplicaSet', namespace).filter((set) =>
    set.metadata.ownerReferences?.some(({ uid }) => uid === metadata?.uid),
  )
}

const rolesThatSayMost: readonly Role[] = ['canary', 'active', 'preview', 'stable']

function podsOf(sets: readonly ReplicaSet[], roles: Frame['roles']): readonly RevisionPods[] {
  return sets
    .filter((set) => hasPods(countsOf(set)))
    .map((set) => {
      const own = roles[revisionTextOf(set)] ?? []
      const role = rolesThatSayMost.find((one) => own.includes(one))
      return { revision: revisionOf(set), role: role ?? ('old' as const), ...countsOf(set) }
    })
    .sort((left, right) => left.revision - right.revision)
}

function activeRevision(sets: readonly ReplicaSet[], activeHash: string | undefined): number | null {
  if (!activeHash) return null
  const active = sets.find(({ metadata }) => metadata.labels?.[podTemplateHashLabel] === activeHash)
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
  const keys = keysOf(world.objects, 'Experiment', world.namespace)
  if (keys.length === 0 && pods.size === 0) return {}
  const phases: Readonly<Record<string, string | null>> = Object.fromEntries(
    keys.map((key) => [world.objects[key]?.metadata.name ?? '', phaseOf(world.objects[key])] as const),
  )
  const names = [...Object.keys(phases), ...[...pods.keys()].filter((name) => !Object.hasOwn(phases, name))]
  return Object.fromEntries(names.map((name) => [name, { phase: phases[name] ?? null, pods: pods.get(name) ?? [] }]))
}

function rolesOf(world: World, sets: readonly ReplicaSet[]): Frame['roles'] {
  const rollout = asKind('Rollout', world.objects[world.key])
  if (!rollout) return {}
  const { spec, status = {} } = rollout
  const { activeSelector, previewSelector } = status.blueGreen ?? {}
  const roles: Record<string, Role[]> = {}
  for (const set of sets) {
    const hash = set.metadata.labels?.[podTemplateHashLabel]
    const own: Role[] = hash !== undefined && hash === status.stableRS ? ['stable'] : []
    if (spec.strategy?.canary && hash === status.currentPodHash && hash !== status.stableRS) own.push('canary')
    if (spec.strategy?.blueGreen && hash === activeSelector) own.push('active')
    else if (spec.strategy?.blueGreen && hash === previewSelector) own.push('preview')
    if (own.length > 0) setOwn(roles, revisionTextOf(set), own)
  }
  return roles
}
