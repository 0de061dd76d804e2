import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { KubeObject, ObjectRef } from 'rollout-engine'
import { startRedis } from '../sweep-cluster/redis'
import { type RedisClient, type Reply, redisClient } from './redisClient'
import { objectsAt, rolloutAt } from './rollouts'
import { shardOf } from './shards'
import { keys, readObject } from './store'

export interface ShardedFleet {
  readonly rollouts: number
  readonly updating: number
  readonly shards: number
  readonly pauseSeconds: number
  readonly print: (line: string) => void
}

/** What became of a fleet that lost one of its processes. */
export interface ShardedResult {
  /** Rollouts that the shard of the killed process had. */
  readonly orphans: number
  /** From the kill until another process held the shard. */
  readonly takeoverSeconds: number
  /** From the update until every Rollout was promoted. */
  readonly updateSeconds: number
  /** How often each kind of effect was carried out. */
  readonly effects: Readonly<Record<string, number>>
  /** Effects that were carried out more than once. */
  readonly twice: readonly string[]
}

const mostMinutes = 20
const program = fileURLToPath(new URL('process.ts', import.meta.url))

/** One process for each shard, which know each other by Redis only. In the midst of an update the first one is killed. */
export async function runSharded({
  rollouts,
  updating,
  shards,
  pauseSeconds,
  print,
}: ShardedFleet): Promise<ShardedResult> {
  const server = await startRedis()
  const redis = redisClient(server.socket)
  const children: ChildProcess[] = []
  const took = new Map<number, number[]>()
  try {
    await Promise.all(Array.from({ length: rollouts }, (_, at) => install(redis, shards, at, pauseSeconds)))
    for (let number = 0; number < shards; number++) {
      const words = ['--import', 'tsx', program, server.socket, String(number), String(shards)]
      const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] })
      children.push(child)
      createInterface({ input: child.stdout }).on('line', (line) => {
        const { took: shard } = JSON.parse(line) as { readonly took: number }
        took.set(shard, [...(took.get(shard) ?? []), Date.now()])
      })
    }
    await untilPhases(redis, { 'Healthy 1 true': rollouts })
    print(`${rollouts} Rollouts run on ${shards} processes`)
    const updatedAt = Date.now()
    await Promise.all(Array.from({ length: updating }, (_, at) => update(redis, shards, at, pauseSeconds)))
    // Some have begun, and none is done.
    await wait(pauseSeconds * 500)
    const killedAt = Date.now()
    children[0]?.kill('SIGKILL')
    const orphans = Array.from({ length: rollouts }, (_, at) => shardOf(refAt(at), shards)).filter(
      (one) => one === 0,
    ).length
    print(`the process of shard 0 is killed, with ${orphans} Rollouts`)
    const takenAt = await takenOver(took, killedAt)
    const takeoverSeconds = (takenAt - killedAt) / 1000
    print(`another process holds the shard after ${takeoverSeconds.toFixed(1)} s`)
    await untilPhases(redis, { 'Healthy 1 true': rollouts - updating, 'Healthy 2 true': updating })
    const updateSeconds = (Date.now() - updatedAt) / 1000
    // Old pods go last.
    await untilQuiet(redis)
    return { orphans, takeoverSeconds, updateSeconds, ...(await effectsOf(redis)) }
  } finally {
    for (const child of children) child.kill('SIGKILL')
    redis.close()
    await server.stop()
  }
}

const refAt = (at: number): ObjectRef => {
  const { metadata } = rolloutAt(at, '', 0)
  return { kind: 'Rollout', namespace: metadata.namespace ?? '', name: metadata.name }
}

const fieldOf = ({ kind, metadata }: KubeObject): string => `${kind}/${metadata.namespace}/${metadata.name}`

async function install(redis: RedisClient, shards: number, at: number, pauseSeconds: number): Promise<void> {
  const shard = shardOf(refAt(at), shards)
  const creationTimestamp = new Date().toISOString().replace(/\.\d+Z/, 'Z')
  const made = objectsAt(at, 'web:1', pauseSeconds).map((object) => {
    const metadata = { ...object.metadata, uid: `uid-${fieldOf(object)}`, generation: 1, creationTimestamp }
    return [fieldOf(object), `1 ${JSON.stringify({ ...object, metadata })}`]
  })
  await redis.send('HSET', keys.objects(shard), ...made.flat())
}

const edit = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
local text = redis.call('INCR', 'version') .. ' ' .. ARGV[3]
redis.call('HSET', KEYS[1], ARGV[1], text)
redis.call('PUBLISH', KEYS[2], text)
return 1`

/** What a person does with kubectl: another image. */
async function update(redis: RedisClient, shards: number, at: number, pauseSeconds: number): Promise<void> {
  const shard = shardOf(refAt(at), shards)
  const wanted = rolloutAt(at, 'web:2', pauseSeconds)
  const field = fieldOf(wanted)
  for (let isDone: Reply = 0; isDone !== 1; ) {
    const text = String(await redis.send('HGET', keys.objects(shard), field))
    const known = readObject(text)
    const metadata = { ...known.metadata, generation: Number(known.metadata.generation) + 1 }
    const next = JSON.stringify({ ...known, metadata, spec: wanted.spec })
    isDone = await redis.send('EVAL', edit, 2, keys.objects(shard), keys.changes(shard), field, text, next)
  }
}

async function takenOver(took: ReadonlyMap<number, readonly number[]>, killedAt: number): Promise<number> {
  for (const deadline = killedAt + mostMinutes * 60_000; Date.now() < deadline; await wait(20)) {
    const at = took.get(0)?.find((time) => time > killedAt)
    if (at !== undefined) return at
  }
  throw new Error('nobody took the shard over')
}

async function untilPhases(redis: RedisClient, wanted: Readonly<Record<string, number>>): Promise<void> {
  const target = JSON.stringify(wanted)
  let seen = ''
  for (const deadline = Date.now() + mostMinutes * 60_000; seen !== target; await wait(100)) {
    const phases = (await redis.send('HVALS', keys.phases)) as readonly string[]
    const counts = Object.fromEntries(Object.keys(wanted).map((phase) => [phase, 0]))
    for (const phase of phases) counts[phase] = (counts[phase] ?? 0) + 1
    seen = JSON.stringify(counts)
    if (Date.now() > deadline) throw new Error(`wanted ${target}, there is ${seen}`)
  }
}

/** Nothing was written for as long as the longest wait of these Rollouts. */
async function untilQuiet(redis: RedisClient): Promise<void> {
  for (let before: Reply = ''; before !== (await redis.send('GET', keys.version)); ) {
    before = await redis.send('GET', keys.version)
    await wait(2500)
  }
}

async function effectsOf(redis: RedisClient): Promise<Pick<ShardedResult, 'effects' | 'twice'>> {
  const all = (await redis.send('HGETALL', keys.effects)) as readonly string[]
  const effects: Record<string, number> = {}
  const twice: string[] = []
  for (let at = 0; at < all.length; at += 2) {
    const [text = '', count] = [all[at], Number(all[at + 1])]
    const kind = text.split(' ')[0] ?? ''
    effects[kind] = (effects[kind] ?? 0) + count
    if (count > 1) twice.push(`${text}: ${count} times`)
  }
  return { effects, twice }
}
