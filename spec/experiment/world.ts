import { applied, applyStatus } from '../../src/cluster/applied'
import { type ClusterObjects, objectKey } from '../../src/cluster/objects'
import type { ExperimentDecision, ExperimentObservation } from '../../src/experiment/observation'
import { reconcileExperiment } from '../../src/experiment/reconcileExperiment'
import type { Experiment, ExperimentSpec, ExperimentStatus, ExperimentTemplate } from '../../src/model/experiment'
import type { KubeObject } from '../../src/model/meta'
import { formatTime, parseTime } from '../../src/model/time'
import { observeExperiment } from '../../src/simulate/observeExperiment'
import { deepFreeze } from '../properties/recorded'

/** A cluster with one Experiment in it, for stories: everything that happens is said in the story itself. */
export interface World {
  objects: ClusterObjects
  /** Seconds since 1970. */
  now: number
  created: number
}

export const experimentName = 'trial'
export const experimentKey = objectKey('Experiment', 'default', experimentName)
const start = parseTime('2030-01-01T00:00:00Z') ?? 0

export const template = (name: string, more: Partial<ExperimentTemplate> = {}): ExperimentTemplate => ({
  name,
  selector: { matchLabels: { app: 'web', arm: name } },
  template: {
    metadata: { labels: { app: 'web', arm: name } },
    spec: { containers: [{ name: 'web', image: 'web:1', ports: [{ name: 'http', containerPort: 8080 }] }] },
  },
  ...more,
})

export function worldWith(spec: ExperimentSpec, others: readonly KubeObject[] = [], owner?: string): World {
  const ownerReferences = owner ? [{ kind: 'Rollout', name: owner, uid: 'rollout-uid', controller: true }] : undefined
  const experiment: Experiment = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Experiment',
    metadata: {
      name: experimentName,
      namespace: 'default',
      uid: 'experiment-uid',
      ...(ownerReferences && { ownerReferences }),
    },
    spec,
  }
  const objects: Record<string, KubeObject> = { [experimentKey]: experiment as unknown as KubeObject }
  for (const object of others) {
    objects[objectKey(object.kind ?? '', object.metadata.namespace ?? '', object.metadata.name)] = object
  }
  return { objects, now: start, created: 0 }
}

export const object = (kind: string, name: string, more: object = {}): KubeObject => ({
  kind,
  metadata: { name, namespace: kind.startsWith('Cluster') ? '' : 'default', uid: `${name}-uid` },
  ...more,
})

export const observe = (world: World, answers?: ExperimentObservation['answers']): ExperimentObservation =>
  deepFreeze(observeExperiment(world.objects, experimentKey, formatTime(world.now), undefined, answers))

/** One reconcile: decides and applies. Failed changes are not applied. */
export function reconcile(world: World, failures: Readonly<Record<string, { message: string; reason?: string }>> = {}) {
  const decision: ExperimentDecision = reconcileExperiment(observe(world, { failures }))
  const context = { now: formatTime(world.now), uidOf: () => `created-${++world.created}` }
  for (const change of decision.changes) {
    const named = 'name' in change ? change.name : undefined
    if (Object.hasOwn(failures, `${change.kind}/default/${named ?? ''}`)) continue
    world.objects = applied(world.objects, change, context)
  }
  world.objects = applyStatus(world.objects, experimentKey, decision.status)
  return decision
}

/** Reconciles until nothing changes any more; all decisions on the way. */
export function settle(world: World, most = 12): ExperimentDecision[] {
  const decisions: ExperimentDecision[] = []
  for (let round = 0; round < most; round++) {
    const before = world.objects
    decisions.push(reconcile(world))
    if (world.objects === before) return decisions
  }
  throw new Error('it does not settle')
}

export const status = (world: World): ExperimentStatus =>
  (world.objects[experimentKey] as unknown as Experiment).status ?? {}

export function patch(world: World, kind: string, name: string, fields: object): void {
  const key = objectKey(kind, 'default', name)
  const old = world.objects[key]
  if (!old) throw new Error(`no ${key}`)
  world.objects = { ...world.objects, [key]: { ...old, ...fields } }
}

export function terminate(world: World): void {
  const experiment = world.objects[experimentKey]
  patch(world, 'Experiment', experimentName, { spec: { ...(experiment?.spec as object), terminate: true } })
}

export const replicasOf = (world: World, name: string): number | undefined =>
  (world.objects[objectKey('ReplicaSet', 'default', name)]?.spec as { replicas?: number } | undefined)?.replicas

export const exists = (world: World, kind: string, name: string): boolean =>
  Object.hasOwn(world.objects, objectKey(kind, 'default', name))

/** Every ReplicaSet gets or loses the pods that it asked for; `available` says whether they are. */
export function podsObey(world: World, available = true): void {
  for (const [key, set] of Object.entries(world.objects)) {
    if (!key.startsWith('replicasets/')) continue
    const replicas = Math.max(0, (set.spec as { replicas?: number }).replicas ?? 0)
    const ready = available ? replicas : 0
    const fields = { status: { replicas, readyReplicas: ready, availableReplicas: ready } }
    if (JSON.stringify(set.status) === JSON.stringify(fields.status)) continue
    world.objects = { ...world.objects, [key]: { ...set, ...fields } }
  }
}

/** What an AnalysisRun came to. */
export const runEnds = (world: World, name: string, phase: string, message = ''): void =>
  patch(world, 'AnalysisRun', name, { status: { phase, message } })

export const eventsOf = (decisions: readonly ExperimentDecision[]): string[] =>
  decisions.flatMap(({ events }) =>
    events.map((event) => `${event.object.kind} ${event.type} ${event.reason}: ${event.message}`),
  )
