import { createHost } from 'rollout-engine/host'
import { redisLease } from './lease'
import { redisClient } from './redisClient'
import { keys, shardStore } from './store'

// tsx process.ts SOCKET NUMBER SHARDS: one of several processes. It works on the shards whose lease it holds: one of its own, and those
// whose process is gone. What it takes it says on its standard output.

const [socket = '', number = '0', count = '1'] = process.argv.slice(2)
const [own, shards] = [Number(number), Number(count)]
const holdMilliseconds = 2000
const tryMilliseconds = 400
const graceMilliseconds = 5000

const redis = redisClient(socket)
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())

/** Ends with the process that started it. */
process.stdin.on('end', () => process.exit()).resume()

async function workOn(shard: number): Promise<void> {
  const store = shardStore(socket, redis, shard)
  const lease = redisLease(redis, {
    key: keys.lease(shard),
    holdMilliseconds,
    tryMilliseconds,
    graceMilliseconds: shard === own ? 0 : graceMilliseconds,
    async taken(token) {
      await store.open(token)
      console.log(JSON.stringify({ took: shard }))
    },
  })
  const ports = { cluster: store.cluster, traffic: store.traffic, lease }
  const onError = (error: unknown): void =>
    void process.stderr.write(`shard ${shard}: ${JSON.stringify(error)} ${String(error)}\n`)
  await createHost(ports, { concurrency: { Rollout: 20 }, onError }).run(stop.signal)
  store.close()
}

await Promise.all(Array.from({ length: shards }, (_, shard) => workOn(shard)))
redis.close()
