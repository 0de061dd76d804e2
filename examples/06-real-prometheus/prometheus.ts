import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** A Prometheus server of one's own. */
export interface Prometheus {
  readonly address: string
  /** Ends the process and removes its data. */
  readonly stop: () => Promise<void>
}

/** Debian: `apt-get install prometheus`. */
export const isPrometheusInstalled = (): boolean => spawnSync('prometheus', ['--version']).status === 0

const scrapeInterval = '500ms'

const configFor = (app: string, target: string): string => `global:
  scrape_interval: ${scrapeInterval}
  scrape_timeout: ${scrapeInterval}
scrape_configs:
  - job_name: ${app}
    static_configs:
      - targets: ['${target}']
        labels: { app: ${app} }
`

/** Starts Prometheus on a free port of this machine, with a data folder of its own, and waits until it is ready. */
export async function startPrometheus(app: string, target: string): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-prometheus-'))
  const config = join(folder, 'prometheus.yml')
  writeFileSync(config, configFor(app, target))
  const listen = `127.0.0.1:${await freePort()}`
  const words = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${listen}`,
    '--log.level=error',
  ]
  const child = spawn('prometheus', words, { stdio: ['ignore', 'ignore', 'inherit'] })
  // Whatever ends this program, the server ends with it.
  const kill = (): boolean => child.kill()
  process.once('exit', kill)
  child.once('exit', () => process.removeListener('exit', kill))
  const prometheus = { address: `http://${listen}`, stop: () => stop(child, folder) }
  try {
    await until(() => answers(`${prometheus.address}/-/ready`), child)
    return prometheus
  } catch (error) {
    await prometheus.stop()
    throw error
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

/** Waits until the query has a result: rates need two scrapes. */
export async function untilMeasured({ address }: Prometheus, query: string): Promise<void> {
  const url = `${address}/api/v1/query?query=${encodeURIComponent(query)}`
  await until(async () => {
    const reply = (await (await fetch(url)).json()) as { readonly data?: { readonly result?: readonly unknown[] } }
    return (reply.data?.result ?? []).length > 0
  })
}

const patienceMilliseconds = 20_000

async function until(isDone: () => Promise<boolean>, child?: ChildProcess): Promise<void> {
  const deadline = Date.now() + patienceMilliseconds
  while (!(await isDone())) {
    if (child && hasEnded(child)) throw new Error('prometheus ended before it was ready')
    if (Date.now() > deadline) throw new Error('prometheus took too long')
    await wait(50)
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (!hasEnded(child)) {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const forced = setTimeout(() => child.kill('SIGKILL'), 5000)
    await ended
    clearTimeout(forced)
  }
  rmSync(folder, { recursive: true, force: true })
}
