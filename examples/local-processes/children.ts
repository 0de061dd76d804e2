import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

// Processes that end with the demo, however that ends.

export const isInstalled = (program: string, flag: string): boolean => spawnSync(program, [flag]).status === 0

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

export function startChild(program: string, words: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, words, options)
  children.add(child)
  child.once('exit', () => children.delete(child))
  // A program that is not there is an event, too: whoever waits for it finds that it has ended.
  child.on('error', () => {})
  return child
}

export const hasEnded = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null

const patienceMilliseconds = 3000

/** Asks it to go, and makes it go if it does not. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const forced = setTimeout(() => child.kill('SIGKILL'), patienceMilliseconds)
  await ended
  clearTimeout(forced)
}

/** A folder of one's own, and how to remove it. */
export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-local-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })

/** Asks again and again, for twenty seconds at most. */
export async function untilTrue(what: string, isTrue: () => Promise<boolean> | boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await isTrue()); ) {
    if (Date.now() > deadline) throw new Error(`${what}: not in 20 seconds`)
    await wait(25)
  }
}
