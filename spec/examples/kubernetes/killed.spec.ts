import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomOf } from '../../hostile/random'
import { root } from '../../package/packed'
import { propertySeed } from '../../properties/seed'
import { startApiServer, type TestApiServer } from './apiServer'
import { modelledPods } from './modelledPods'
import { configFor, endState, installShop, isSettled, namespace, setImage, until } from './shop'

// The example as a process of its own, which is killed without warning at random moments of updates.

const kills = 50
const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-killed-'))
const program = join(folder, 'controller.mjs')
const children = new Set<ChildProcess>()
afterAll(() => {
  // Of a test that failed.
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

beforeAll(async () => {
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" }
  await build({
    entryPoints: [join(root, 'examples/kubernetes-controller/main.ts')],
    tsconfig: join(root, 'tsconfig.json'),
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner,
    logLevel: 'error',
  })
}, 120_000)

function startProcess(server: TestApiServer): ChildProcess {
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, configFor(server.url).exportConfig())
  const words = [program, '--port', '0']
  const child = spawn(process.execPath, words, { env: { ...process.env, KUBECONFIG: kubeconfig }, stdio: 'ignore' })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once('exit', () => resolve()))
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Resolves once the process asks the server for something. */
function firstRequest(asked: { count: number }): Promise<void> {
  const before = asked.count
  return new Promise((resolve) => {
    const look = setInterval(() => {
      if (asked.count === before) return
      clearInterval(look)
      resolve()
    }, 5)
  })
}

test(`killed ${kills} times, it ends as if it had never been (PROPERTY_SEED=${propertySeed})`, async () => {
  const asked = { count: 0 }
  const server = await startApiServer(() => {
    asked.count++
    return undefined
  })
  const endPods = modelledPods(server.objects)
  const random = randomOf(propertySeed, 0)
  installShop(server.objects)
  let version = 1
  for (let kill = 0; kill < kills; kill++) {
    const child = startProcess(server)
    const gone = ended(child)
    await firstRequest(asked)
    await pause(random.below(500))
    if (isSettled(server.objects, `web:${version}`)) setImage(server.objects, `web:${++version}`)
    await pause(random.below(300))
    child.kill('SIGKILL')
    await gone
  }
  const child = startProcess(server)
  await until(server.objects, 'the last update', () => isSettled(server.objects, `web:${version}`), 120_000)
  const gone = ended(child)
  child.kill('SIGTERM')
  await gone
  endPods()
  await server.close()

  expect(endState(server.objects)).toMatchObject({
    phase: 'Healthy',
    abort: false,
    stepIndex: 4,
    selectors: ['web-canary: stable', 'web-stable: stable'],
    canaryIngress: ['web ', 'web-web-canary 0'],
  })
  expect(version).toBeGreaterThan(1)
  expect(server.writes.filter((write) => write === 'POST apps/v1/replicasets')).toHaveLength(version)
  const events = server.objects.list('v1/events', namespace) as unknown as readonly {
    reason: string
    message: string
  }[]
  for (let revision = 1; revision <= version; revision++) {
    const created = events.filter(
      ({ reason, message }) => reason === 'NewReplicaSetCreated' && message.includes(`revision ${revision})`),
    )
    expect(created.length).toBeLessThanOrEqual(1)
  }
}, 600_000)
