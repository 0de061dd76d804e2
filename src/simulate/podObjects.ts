import { type ClusterObjects, objectKey } from '../cluster/objects'
import type { Change, StringMapPatch } from '../model/change'
import { ownValue } from '../model/json'
import { asKind } from '../model/kinds'
import { ephemeralMetadataAnnotation } from '../model/labelKeys'
import type { OwnerReference, StringMap } from '../model/meta'
import type { PodMetadata } from '../model/rollout'
import { formatTime } from '../model/time'
import type { Pod, ReplicaSet } from '../model/workload'
import { restartIsPending } from '../rollout/facts/phase'
import type { PodGroup } from './podGroup'
import { type Life, lifeOf, lifeOfGroup, luckyOf, readySince } from './podLife'
import { replicaSetsOf } from './pods'
import type { PodsState, World } from './world'

// Pods are counted. Objects are made of the counts where the Rollout looks at single pods, and its changes of pods are
// added to the counts: 5,000 replicas cost nothing until somebody restarts or dresses them.

/** The Rollout restarts its pods, or gives them ephemeral metadata. */
export function looksAtPods({ objects, key }: World): boolean {
  const rollout = asKind('Rollout', objects[key])
  if (!rollout) return false
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  if (restartIsPending(rollout, rollout.status ?? {})) return true
  if (canary?.canaryMetadata || canary?.stableMetadata) return true
  if (blueGreen?.previewMetadata || blueGreen?.activeMetadata) return true
  return replicaSetsOf(objects).some(([, set]) => set.metadata.annotations?.[ephemeralMetadataAnnotation] !== undefined)
}

const hasGivenPods = ({ pods }: World): boolean =>
  Object.values(pods.groups).some((groups) => groups.some(({ pod }) => pod !== undefined))

/** The cluster with its pods, where a restart was asked for, they have ephemeral metadata, or some were given. */
export function withPods(world: World): ClusterObjects {
  const rollout = asKind('Rollout', world.objects[world.key])
  if (rollout?.spec.restartAt === undefined && !looksAtPods(world) && !hasGivenPods(world)) return world.objects
  const pods = podObjects(world).map((pod) => [objectKey('Pod', pod.metadata.namespace ?? '', pod.metadata.name), pod])
  return { ...world.objects, ...(Object.fromEntries(pods) as ClusterObjects) }
}

/** More pods are not looked at one by one. The run is cut off then, and says so. */
export const mostPodObjects = 20_000

/**
 * Every modelled pod as an object, in the order of their names, as an API server lists them: that is the order of
 * restarts.
 */
export const podObjects = (world: World): readonly Pod[] => numberedPods(world).map(([, pod]) => pod)

function numberedPods(world: World): readonly (readonly [number: number, pod: Pod])[] {
  const pods: [number, Pod][] = []
  for (const [key, set] of [...replicaSetsOf(world.objects)].sort(byKey)) {
    const groups = world.pods.groups[key] ?? []
    const life = lifeOf(set, world.input.pods ?? {})
    const lucky = luckyOf(groups, life)
    groups.forEach((group, index) => {
      const common = commonOf(world, set, group, life)
      const count = Math.min(group.count, mostPodObjects - pods.length)
      for (let nth = 0; nth < count; nth++)
        pods.push([group.first + nth, podObject(world, common, group.first + nth, nth < (lucky[index] ?? 0))])
    })
  }
  // Modelled names are in order already.
  return hasGivenPods(world)
    ? pods.sort(([, left], [, right]) => (left.metadata.name < right.metadata.name ? -1 : 1))
    : pods
}

const byKey = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  left < right ? -1 : 1

/** What all pods of a group have in common. */
interface Common {
  readonly namespace: string
  readonly setName: string
  readonly metadata: PodMetadata
  readonly createdAt: string
  readonly ownerReferences: readonly OwnerReference[]
  readonly spec: Pod['spec']
  readonly ready: Pod['status']
  /** Of a pod that was given. */
  readonly podName: string | undefined
}

function commonOf(world: World, set: ReplicaSet, group: PodGroup, life: Life): Common {
  const { startedAtSeconds, isGiven, metadata, pod } = group
  const since = readySince(group, world.pods.second, lifeOfGroup(group, life))
  const { name, namespace = '', uid = '' } = set.metadata
  const createdAtSeconds = pod?.createdAtSeconds ?? (isGiven ? Math.min(startedAtSeconds, -1) : startedAtSeconds)
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name, uid, controller: true, blockOwnerDeletion: true }
  return {
    namespace,
    setName: name,
    podName: pod?.name,
    metadata: metadata ?? {},
    createdAt: formatTime(world.start + createdAtSeconds),
    ownerReferences: [owner],
    spec: set.spec.template?.spec,
    ready: since === undefined ? pending : running(formatTime(world.start + Math.ceil(startedAtSeconds + since))),
  }
}

const pending: Pod['status'] = { phase: 'Pending', conditions: [{ type: 'Ready', status: 'False' }] }
const running = (since: string): Pod['status'] => ({
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: since }],
})

function podObject({ pods }: World, common: Common, number: number, isLucky: boolean): Pod {
  const { namespace, createdAt, ownerReferences, spec, ready, setName } = common
  const name = common.podName ?? podName(setName, number)
  const { labels, annotations } = pods.ownMetadata[objectKey('Pod', namespace, name)] ?? common.metadata
  const uid = `pod-${number}`
  const metadata = { name, namespace, uid, creationTimestamp: createdAt, labels, annotations, ownerReferences }
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec, status: isLucky ? ready : pending }
}

const podName = (setName: string, number: number): string => `${setName}-${String(number).padStart(5, '0')}`

/** Carries evictions and labels out on the modelled pods: an evicted pod is gone at once. */
export function tellPods(world: World, changes: readonly Change[]): void {
  const told = changes.filter((change) => change.kind === 'evictPod' || change.kind === 'labelPod')
  if (told.length === 0) return
  const known = new Map(numberedPods(world).map((numbered) => [numbered[1].metadata.name, numbered]))
  const ownMetadata: Record<string, PodMetadata> = { ...world.pods.ownMetadata }
  const evicted = new Set<number>()
  for (const change of told) {
    const [number, pod] = known.get(change.name) ?? []
    const key = objectKey('Pod', change.namespace, change.name)
    if (number === undefined || !pod) continue
    if (change.kind === 'evictPod') {
      evicted.add(number)
      delete ownMetadata[key]
      continue
    }
    const { labels, annotations } = ownMetadata[key] ?? pod.metadata
    ownMetadata[key] = { labels: patched(labels, change.labels), annotations: patched(annotations, change.annotations) }
  }
  world.pods = {
    ...world.pods,
    ownMetadata,
    groups: evicted.size === 0 ? world.pods.groups : without(world.pods, evicted),
    seen: undefined,
  }
}

function patched(map: StringMap | undefined, patch: StringMapPatch | undefined): StringMap | undefined {
  if (!patch) return map
  const kept = Object.entries(map ?? {}).filter(([key]) => ownValue(patch, key) === undefined)
  const set = Object.entries(patch).filter((entry): entry is [string, string] => entry[1] !== null)
  return Object.fromEntries([...kept, ...set])
}

const without = ({ groups }: PodsState, evicted: ReadonlySet<number>): PodsState['groups'] =>
  Object.fromEntries(
    Object.entries(groups).map(([key, own]) => [key, own.flatMap((group) => remainder(group, evicted))]),
  )

/** The runs of numbers of a group that stay. */
function remainder(group: PodGroup, evicted: ReadonlySet<number>): readonly PodGroup[] {
  const runs: PodGroup[] = []
  let first = group.first
  const end = group.first + group.count
  const gone = [...evicted]
    .filter((number) => number >= group.first && number < end)
    .sort((left, right) => left - right)
  for (const number of [...gone, end]) {
    if (number > first) runs.push({ ...group, first, count: number - first })
    first = number + 1
  }
  return runs
}
