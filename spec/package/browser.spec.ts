import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { publishedEntries } from '../../tsup.config'
import { bundled } from './bundle'

// Bundlers for the web refuse an import of `node:`, so an entry that bundles has none, wherever it is in its imports.

const forTheWeb = { external: ['fast-check'], minify: false }
const nodeEntries = ['./node', './testing']

test.for(Object.entries(publishedEntries).filter(([name]) => !nodeEntries.includes(name)))(
  '%s bundles for browsers',
  async ([, source]) => {
    expect(await bundled(source, forTheWeb)).not.toMatch(/\b(?:require|import)\(["']node:|from ["']node:/)
  },
)

test.for(nodeEntries)('%s does not, which shows that the others are really looked at', async (name) => {
  await expect(bundled(publishedEntries[name] ?? '', forTheWeb)).rejects.toThrow('node:')
})

/** What a page has: no `process`, `Buffer` or `require`. */
const pageGlobals = () => ({
  setTimeout,
  clearTimeout,
  queueMicrotask,
  AbortController,
  TextEncoder,
  TextDecoder,
  fetch: async () => ({
    status: 200,
    statusText: 'OK',
    headers: new Headers(),
    body: new Blob(['{"rate": 0.97}']).stream(),
  }),
})

const program = `
import { drive, measureAnalysisRun } from '../../src/adapters'
import { memoryHost } from '../../src/memory'

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const spec = { replicas: 1, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec }
const now = () => '2030-01-01T00:00:00Z'

async function driven() {
  const done = []
  const ports = {
    observe: async () => ({ now: now(), rollout, replicaSets: [] }),
    apply: async ({ kind }) => void done.push(kind),
    persistStatus: async () => void done.push('status'),
    emit: async ({ reason }) => void done.push(reason),
    answer: async () => ({}),
    wait: async () => {},
  }
  await drive(ports, () => done.length > 0)
  return done
}

async function hosted() {
  const host = memoryHost([rollout])
  const stop = new AbortController()
  const running = host.run(stop.signal)
  await host.idle()
  stop.abort()
  await running
  return host.cluster.objects().map(({ kind }) => kind).sort()
}

async function measured() {
  const web = { url: 'http://metrics.shop.example/rate', jsonPath: '{$.rate}' }
  const metrics = [{ name: 'rate', successCondition: 'result > 0.9', provider: { web } }]
  const decision = await measureAnalysisRun({ metadata: { name: 'run', namespace: 'shop' }, spec: { metrics } }, { now })
  return decision.status.phase
}

globalThis.answer = Promise.all([driven(), hosted(), measured()]).then(JSON.stringify)
`

test('a page drives a Rollout, hosts one in memory, and measures', async () => {
  const stdin = { contents: program, resolveDir: import.meta.dirname, loader: 'js' } as const
  const code = await bundled('', { ...forTheWeb, entryPoints: [], stdin, format: 'iife' })
  const page = createContext(pageGlobals())
  runInContext(code, page)
  const [driven, hosted, phase] = JSON.parse(await (runInContext('answer', page) as Promise<string>)) as unknown[]
  expect(driven).toEqual(['createReplicaSet', 'annotateRollout', 'status', 'RolloutUpdated', 'NewReplicaSetCreated'])
  expect(hosted).toEqual(['ReplicaSet', 'Rollout'])
  expect(phase).toBe('Successful')
})
