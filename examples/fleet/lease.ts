import { randomUUID } from 'node:crypto'
import type { Lease, LeaseHold } from 'rollout-engine/host'
import type { RedisClient } from './redisClient'

export interface RedisLeaseOptions {
  readonly key: string
  readonly holdMilliseconds: number
  /** Between two tries to take or to keep it. */
  readonly tryMilliseconds: number
  /** Before the first try: for others who have a better claim. */
  readonly graceMilliseconds: number
  /** Called with the token of a hold before work begins: every write carries it, and Redis refuses it once another has taken over. */
  readonly taken: (token: string) => Promise<void>
}

const extend = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) else return 0 end`
const drop = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end`

/** A lease that is a key of Redis with an end: whoever does not extend it in time has lost it. */
export function redisLease(redis: RedisClient, options: RedisLeaseOptions): Lease {
  const { key, holdMilliseconds, tryMilliseconds, graceMilliseconds, taken } = options
  return {
    async acquire(signal) {
      await pause(graceMilliseconds, signal)
      while (!signal.aborted) {
        const token = randomUUID()
        if ((await redis.send('SET', key, token, 'NX', 'PX', holdMilliseconds)) === 'OK') {
          const hold = keep(token)
          await taken(token)
          return hold
        }
        await pause(tryMilliseconds, signal)
      }
      return undefined
    },
  }

  function keep(token: string): LeaseHold {
    const [lost, released] = [new AbortController(), new AbortController()]
    const keeping = (async () => {
      while (!released.signal.aborted) {
        await pause(tryMilliseconds, released.signal)
        const isOurs = await redis.send('EVAL', extend, 1, key, token, holdMilliseconds).catch(() => 0)
        if (isOurs !== 1) return lost.abort()
      }
    })()
    return {
      lost: lost.signal,
      async release() {
        released.abort()
        await keeping
        await redis.send('EVAL', drop, 1, key, token).catch(() => 0)
      },
    }
  }
}

type Signal = Parameters<Lease['acquire']>[0]

const pause = (milliseconds: number, signal: Signal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
