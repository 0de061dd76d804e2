import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** A Redis server of one's own, on a socket that nobody else knows. */
export interface Redis {
  readonly socket: string
  /** Ends the process and removes its data. */
  readonly stop: () => Promise<void>
}

/** Debian: `apt-get install redis-server`. */
export const isRedisInstalled = (): boolean => spawnSync('redis-server', ['--version']).status === 0

export async function startRedis(): Promise<Redis> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-redis-'))
  const socket = join(folder, 'redis.sock')
  const words = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', folder]
  const child = spawn('redis-server', words, { stdio: 'ignore' })
  // Whatever ends this program, the server ends with it.
  const kill = (): boolean => child.kill()
  process.once('exit', kill)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    process.removeListener('exit', kill)
    child.kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  for (let tries = 0; tries < 200; tries++) {
    if (await answers(socket)) return { socket, stop }
    await wait(50)
  }
  await stop()
  throw new Error('redis-server does not answer')
}

const answers = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const connection = createConnection(socket)
    connection.once('error', () => resolve(false))
    connection.once('connect', () => {
      connection.end()
      resolve(true)
    })
  })
