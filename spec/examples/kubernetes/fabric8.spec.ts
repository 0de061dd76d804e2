import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, apiOf } from '../../../examples/kubernetes-controller/api'
import { kubernetesController } from '../../../examples/kubernetes-controller/controller'
import { listPath, resourceOf } from '../../../examples/kubernetes-controller/resources'
import type { KubeObject } from '../../../src/model/meta'
import type { RolloutStatus } from '../../../src/model/rolloutStatus'
import { root } from '../../package/packed'
import { type WatchProxy, watchProxy } from './fabric8/watchProxy'
import { configFor, namespace, shopObjects, withImage } from './shop'

// A second API server that is not ours: Fabric8's mock server in CRUD mode, a Java program that Maven fetches.

const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-fabric8-'))
const place = join(root, 'spec/examples/kubernetes/fabric8')

/** Where its classes are; undefined where Java, Maven or the artifact are not to be had. */
function classpath(): string | undefined {
  if (spawnSync('java', ['-version']).status !== 0) return undefined
  const file = join(folder, 'classpath')
  const words = ['-q', '-B', '-f', join(place, 'pom.xml'), 'dependency:build-classpath', `-Dmdep.outputFile=${file}`]
  return spawnSync('mvn', words, { timeout: 120_000 }).status === 0 ? readFileSync(file, 'utf8') : undefined
}

const classes = classpath()
if (!classes) console.log('Java 17, Maven or the artifact is missing: the test against Fabric8 is skipped')

const started: { server?: ChildProcess; proxy?: WatchProxy } = {}

describe.skipIf(!classes)("Fabric8's API server in CRUD mode", () => {
  beforeAll(async () => {
    const server = spawn('java', ['-cp', classes ?? '', join(place, 'Server.java')], {
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    started.server = server
    const port = await new Promise<string>((resolve) => createInterface({ input: server.stdout }).once('line', resolve))
    started.proxy = await watchProxy(Number(port))
  }, 120_000)
  afterAll(async () => {
    await started.proxy?.close()
    started.server?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  test('a routed canary from the first version to the next', async () => {
    const config = configFor(started.proxy?.url ?? '')
    const api = apiOf(config)
    const pathOf = (kind: string): string => listPath(resourceOf(kind), namespace)
    for (const object of shopObjects('web:1')) {
      await api.send({ method: 'POST', path: pathOf(object.kind ?? ''), body: object })
    }
    const stop = new AbortController()
    const errors: string[] = []
    const running = kubernetesController(config, { log: (text) => errors.push(text) }).run(stop.signal)
    const pods = podsOf(api, pathOf('ReplicaSet'), stop.signal)
    const path = `${pathOf('Rollout')}/web`
    const settled = async (revision: string): Promise<RolloutStatus> => {
      for (const deadline = Date.now() + 60_000; ; await wait(100)) {
        const web = (await api.send({ method: 'GET', path })) as KubeObject
        const status = (web.status ?? {}) as RolloutStatus
        const isDone = status.phase === 'Healthy' && status.stableRS === status.currentPodHash
        if (isDone && web.metadata.annotations?.['rollout.argoproj.io/revision'] === revision) return status
        if (Date.now() > deadline) throw new Error(`${JSON.stringify(web.status)} ${errors.slice(-5).join('\n')}`)
      }
    }
    try {
      await settled('1')
      await api.send({ method: 'PATCH', path, body: withImage('web:2') })
      expect(await settled('2')).toMatchObject({ phase: 'Healthy', currentStepIndex: 4 })
      const { items: sets } = (await api.send({ method: 'GET', path: pathOf('ReplicaSet') })) as { items: KubeObject[] }
      expect(sets).toHaveLength(2)
      const { items: ingresses } = (await api.send({ method: 'GET', path: pathOf('Ingress') })) as {
        items: KubeObject[]
      }
      const canary = ingresses.find(({ metadata }) => metadata.name === 'web-web-canary')
      expect(canary?.metadata.annotations?.['nginx.ingress.kubernetes.io/canary-weight']).toBe('0')
    } finally {
      stop.abort()
      await Promise.all([running, pods])
    }
  }, 150_000)
})

/** This server keeps objects and nothing else: pods are made up here. */
async function podsOf(api: Api, path: string, signal: AbortSignal): Promise<void> {
  for (; !signal.aborted; await wait(100)) {
    const { items } = (await api.send({ method: 'GET', path })) as { readonly items: readonly KubeObject[] }
    for (const { metadata, spec, status } of items) {
      const { replicas = 0 } = spec as { readonly replicas?: number }
      if ((status as { readonly replicas?: number } | undefined)?.replicas === replicas) continue
      const counts = { replicas, readyReplicas: replicas, availableReplicas: replicas }
      await api.send({ method: 'PATCH', path: `${path}/${metadata.name}/status`, body: { status: counts } })
    }
  }
}
