import { createHash } from 'node:crypto'
import type { KubeObject, ObjectRef, Rollout } from 'rollout-engine'
import { type ClusterPort, changedObject, type Sighting, type TrafficPort } from 'rollout-engine/host'
import { type ObjectStore, objectStore } from 'rollout-engine/memory'
import { applied } from 'rollout-engine/simulate'
import { type RedisClient, type Reply, redisClient } from './redisClient'

// The objects of a shard are in Redis. Every write of a process carries the token of its hold, and is refused once another holds the
// lease, or where the object has changed since it was read. The effect is counted in the same step: there is no moment in which
// one is done and not the other.

export const keys = {
  lease: (shard: number): string => `lease:${shard}`,
  /** `Kind/namespace/name` -> `version JSON` */
  objects: (shard: number): string => `objects:${shard}`,
  /** What was done -> how often. */
  effects: 'effects',
  /** `namespace/name` -> weight of the canary, as the router has it. */
  weights: 'weights',
  /** `namespace/name` -> where its Rollout stands. */
  phases: 'phases',
  version: 'version',
  changes: (shard: number): string => `changes:${shard}`,
} as const

/** KEYS: lease, objects, effects, phases. ARGV: token, field, version that was read, JSON or nothing, effect, place, phase. */
const write = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {0, 'this process has lost its lease'} end
local known = redis.call('HGET', KEYS[2], ARGV[2])
if (known and string.match(known, '^%d+') or '') ~= ARGV[3] then return {0, 'conflict'} end
local version = redis.call('INCR', 'version')
if ARGV[4] == '' then redis.call('HDEL', KEYS[2], ARGV[2])
else redis.call('HSET', KEYS[2], ARGV[2], version .. ' ' .. ARGV[4]) end
if ARGV[5] ~= '' then redis.call('HINCRBY', KEYS[3], ARGV[5], 1) end
if ARGV[6] ~= '' then redis.call('HSET', KEYS[4], ARGV[6], ARGV[7]) end
return {1, tostring(version)}`

/** KEYS: lease, weights, effects. ARGV: token, place, weight, effect. A router that has the weight already does nothing. */
const weigh = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {0, 'this process has lost its lease'} end
if redis.call('HGET', KEYS[2], ARGV[2]) ~= ARGV[3] then
  redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
  redis.call('HINCRBY', KEYS[3], ARGV[4], 1)
end
return {1, ''}`

export interface ShardStore {
  readonly cluster: ClusterPort
  readonly traffic: TrafficPort
  /** Reads the shard as it is now. From then on writes carry this token. */
  readonly open: (token: string) => Promise<void>
  readonly close: () => void
}

const fieldOf = ({ kind, namespace, name }: ObjectRef): string => `${kind}/${namespace}/${name}`
const refOf = ({ kind, metadata }: KubeObject): ObjectRef => ({
  kind: kind ?? '',
  namespace: metadata.namespace ?? '',
  name: metadata.name,
})
const now = (): string => new Date().toISOString().replace(/\.\d+Z/, 'Z')

export function readObject(text: string): KubeObject {
  const space = text.indexOf(' ')
  const object = JSON.parse(text.slice(space + 1)) as KubeObject
  return { ...object, metadata: { ...object.metadata, resourceVersion: text.slice(0, space) } }
}

/** Pods are there so many milliseconds after they were wanted. */
const podMilliseconds = 50

export function shardStore(socket: string, redis: RedisClient, shard: number): ShardStore {
  const changes = redisClient(socket)
  const watchers = new Set<(sighting: Sighting) => void>()
  const state = { token: '', objects: objectStore() as ObjectStore }

  const see = (object: KubeObject): void => {
    const ref = refOf(object)
    const known = state.objects.get(ref)
    if (Number(known?.metadata.resourceVersion ?? 0) >= Number(object.metadata.resourceVersion)) return
    state.objects.put(ref, object)
    startPods(object)
    for (const tell of watchers) tell({ ref, object })
  }
  const put = async (ref: ObjectRef, object: KubeObject | undefined, effect = ''): Promise<string> => {
    const before = state.objects.get(ref)?.metadata.resourceVersion ?? ''
    const isRollout = ref.kind === 'Rollout' && object !== undefined
    const more = isRollout ? [`${ref.namespace}/${ref.name}`, phaseOf(object as unknown as Rollout)] : ['', '']
    const names = [keys.lease(shard), keys.objects(shard), keys.effects, keys.phases]
    const text = object ? JSON.stringify(object) : ''
    const version = answerOf(
      await redis.send('EVAL', write, 4, ...names, state.token, fieldOf(ref), before, text, effect, ...more),
    )
    if (object) see({ ...object, metadata: { ...object.metadata, resourceVersion: version } })
    else {
      state.objects.remove(ref)
      for (const tell of watchers) tell({ ref })
    }
    return version
  }
  /** The platform: a ReplicaSet has its pods a moment after it wants them. */
  const startPods = (seen: KubeObject): void => {
    const isSettled = ({ spec, status }: KubeObject): boolean =>
      (status as { replicas?: number } | undefined)?.replicas === (spec as { replicas?: number }).replicas
    if (seen.kind !== 'ReplicaSet' || isSettled(seen)) return
    setTimeout(() => {
      const set = state.objects.get(refOf(seen))
      if (!set || isSettled(set)) return
      const { replicas } = set.spec as { replicas: number }
      const status = { replicas, readyReplicas: replicas, availableReplicas: replicas }
      // Refused: whoever holds the shard now sees that they are missing, too; in a conflict what is there now is looked at.
      put(refOf(set), { ...set, status }).catch(() => undefined)
    }, podMilliseconds)
  }
  const load = async (): Promise<void> => {
    for (let cursor = ''; cursor !== '0'; ) {
      const [next, found] = (await redis.send('HSCAN', keys.objects(shard), cursor || '0', 'COUNT', 500)) as Reply[]
      for (const [at, text] of (found as string[]).entries()) if (at % 2 === 1) see(readObject(text))
      cursor = String(next)
    }
  }
  return {
    close: changes.close,
    async open(token) {
      state.token = token
      state.objects = objectStore()
      // First the ear, then the eye: nothing is missed in between.
      await changes.subscribe(keys.changes(shard), (message) => see(readObject(message)))
      await load()
    },
    cluster: {
      get: (kind, namespace, name) => state.objects.get({ kind, namespace, name }),
      list: (kind, namespace, wanted) => state.objects.list(kind, namespace, wanted),
      async apply(change) {
        const changed = changedObject(change)
        if (!changed) return { message: `the change ${change.kind} names no object` }
        const { ref, isCreated } = changed
        const known = state.objects.get(ref)
        if (isCreated && known) return { reason: 'alreadyExists', message: `${fieldOf(ref)} already exists` }
        if (!isCreated && !known) return { reason: 'notFound', message: `${fieldOf(ref)} not found` }
        const place = placeOf(ref)
        const uidOf = (): string => `uid-${fieldOf(ref)}`
        const after = applied(known ? { [place]: known } : {}, change, { now: now(), uidOf })[place]
        if (after !== known) await put(ref, after && { ...after, kind: ref.kind }, effectOf(change.kind, ref, change))
        return undefined
      },
      writeStatus: ({ ref, status }) => put(ref, { ...(state.objects.get(ref) as KubeObject), status } as KubeObject),
      watch(tell) {
        watchers.add(tell)
        for (const object of state.objects.all()) tell({ ref: refOf(object), object })
        return () => void watchers.delete(tell)
      },
    },
    traffic: {
      async apply(change, { metadata, status }) {
        if (change.kind !== 'setWeight') return undefined
        const place = `${metadata.namespace}/${metadata.name}`
        const effect = `setWeight ${place} ${status?.currentPodHash} ${change.weight}`
        const names = [keys.lease(shard), keys.weights, keys.effects]
        answerOf(await redis.send('EVAL', weigh, 3, ...names, state.token, place, change.weight, effect))
        return undefined
      },
    },
  }
}

const placeOf = ({ kind, namespace, name }: ObjectRef): string => `${kind.toLowerCase()}s/${namespace}/${name}`

/** The same text for the same change: done twice, it is counted twice. */
const effectOf = (kind: string, ref: ObjectRef, change: object): string =>
  `${kind} ${fieldOf(ref)} ${createHash('sha1').update(JSON.stringify(change)).digest('hex').slice(0, 12)}`

/** `Healthy 2 true`: how it is, at which revision, and whether it runs what it should. */
export const phaseOf = ({ metadata, status }: Rollout): string =>
  [
    status?.phase,
    metadata.annotations?.['rollout.argoproj.io/revision'],
    status?.stableRS === status?.currentPodHash && String(status?.observedGeneration) === String(metadata.generation),
  ].join(' ')

function answerOf(reply: Reply): string {
  const [isDone, text] = reply as readonly Reply[]
  if (isDone !== 1) throw new Error(String(text))
  return String(text)
}
