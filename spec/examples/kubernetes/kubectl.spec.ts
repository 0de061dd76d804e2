import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { kubernetesController } from '../../../examples/kubernetes-controller/controller'
import { startApiServer, type TestApiServer } from './apiServer'
import { modelledPods } from './modelledPods'
import { configFor, installShop, isSettled, namespace, until, webOf } from './shop'

// The real kubectl beside the controller. Without it the tests are skipped.

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-kubectl-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Not in step with it: the server answers in this process. */
function kubectl(server: TestApiServer, words: readonly string[]): Promise<string> {
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, configFor(server.url).exportConfig())
  const child = spawn('kubectl', [
    '--kubeconfig',
    kubeconfig,
    '--cache-dir',
    join(folder, 'cache'),
    '-n',
    namespace,
    ...words,
  ])
  const out: string[] = []
  const errors: string[] = []
  child.stdout.on('data', (part: Buffer) => void out.push(part.toString()))
  child.stderr.on('data', (part: Buffer) => void errors.push(part.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve(out.join('')) : reject(new Error(`${words.join(' ')}: ${errors.join('')}`)),
    )
  })
}

describe.skipIf(!hasKubectl)('kubectl (skipped where it is not installed)', () => {
  test('updates a Rollout, reads it, and pauses it with a patch', async () => {
    const server = await startApiServer()
    const endPods = modelledPods(server.objects)
    const stop = new AbortController()
    const running = kubernetesController(configFor(server.url)).run(stop.signal)
    try {
      installShop(server.objects)
      await until(server.objects, 'the first version', () => isSettled(server.objects, 'web:1'))
      const containers = [{ name: 'web', image: 'web:2' }]
      const update = JSON.stringify({ spec: { template: { spec: { containers } } } })
      await kubectl(server, ['patch', 'rollout', 'web', '--type', 'merge', '-p', update])
      await until(server.objects, 'the update', () => isSettled(server.objects, 'web:2'))
      const shown = JSON.parse(await kubectl(server, ['get', 'rollout', 'web', '-o', 'json'])) as {
        status: { phase: string }
      }
      expect(shown.status.phase).toBe('Healthy')
      expect(await kubectl(server, ['get', 'replicasets'])).toMatch(/web-\w+/)
      await kubectl(server, ['patch', 'rollout', 'web', '--type', 'merge', '-p', '{"spec":{"paused":true}}'])
      await until(server.objects, 'the pause', () => webOf(server.objects).status?.phase === 'Paused')
      await kubectl(server, ['delete', 'rollout', 'web', '--wait=false'])
      await until(server.objects, 'the end', () => server.objects.list('apps/v1/replicasets', namespace).length === 0)
    } finally {
      stop.abort()
      await running
      endPods()
      await server.close()
    }
  }, 120_000)
})
