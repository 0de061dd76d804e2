import { describe, expect, test } from 'vitest'
import { type ClusterObjects, objectKey } from '../../src/cluster/objects'
import { shadow, shadowLog } from '../../src/explain/index'
import { manualClock, memoryHost } from '../../src/memory/index'
import { mergeObjects } from '../conformance/trace'
import { readCases, vectorsFolder } from '../conformance/vectors'

// Recorded runs of the real controller, as somebody would have seen them who dumped the cluster after each reconcile.

/** The recordings' informer gave workloads without a generation: the recorded annotation is "0" whatever they have. */
const asInformed = (objects: ClusterObjects, key: string): ClusterObjects => {
  const { workloadRef } = (objects[key]?.spec ?? {}) as { workloadRef?: { kind: string; name: string } }
  const own = workloadRef && objectKey(workloadRef.kind, objects[key]?.metadata.namespace ?? '', workloadRef.name)
  const workload = own === undefined ? undefined : objects[own]
  if (own === undefined || !workload) return objects
  const { generation: _, ...metadata } = workload.metadata
  return { ...objects, [own]: { ...workload, metadata } }
}

/** Of a recorded trace: how often the engine made the same of what it saw. */
function countsOf(family: string, every: number) {
  const sum = { same: 0, commanded: 0, behind: 0, differs: 0 }
  for (const { start, steps } of readCases(vectorsFolder, family, every)) {
    let objects = mergeObjects({}, start?.objects ?? {})
    const key = Object.keys(objects).find((name) => name.startsWith('rollouts/')) ?? ''
    const seen = (steps ?? []).flatMap(({ now, world, reconcile, expect: did }) => {
      objects = mergeObjects(mergeObjects(objects, world ?? {}), did?.objects ?? {})
      return reconcile === key ? [{ now, objects: asInformed(objects, key) }] : []
    })
    const { counts } = shadow(seen, key, { controller: 'main' })
    for (const [verdict, count] of Object.entries(counts)) sum[verdict as keyof typeof sum] += count
  }
  return sum
}

describe('shadow mode', () => {
  test.for(['canary-basic', 'blue-green', 'canary-routed'])('finds few differences in recorded runs: %s', (family) => {
    const { same, commanded, behind, differs } = countsOf(family, 60)
    const all = same + commanded + behind + differs
    expect(all).toBeGreaterThan(150)
    expect(differs / all).toBeLessThan(0.06)
  })

  test('says where a controller did something else', () => {
    const [trace] = readCases(vectorsFolder, 'canary-basic')
    const before = mergeObjects({}, trace?.start?.objects ?? {})
    const key = Object.keys(before).find((name) => name.startsWith('rollouts/')) ?? ''
    const lazy = mergeObjects(before, { [key]: { status: { phase: 'Healthy' } } })
    const { steps } = shadow(
      [before, lazy].map((objects) => ({ now: '2030-01-01T00:00:00Z', objects })),
      key,
    )
    expect(steps[0]).toMatchObject({ verdict: 'differs' })
    expect(steps[0]?.differences[0]).toEqual({ path: 'rollout status.phase', before: 'Healthy', after: 'Progressing' })
    expect(steps[0]?.decided[0]).toBe('Rollout updated to revision 1')
  })

  test('needs two observations of the Rollout', () => {
    expect(shadow([], 'rollouts/a/b')).toEqual({ steps: [], counts: { same: 0, commanded: 0, behind: 0, differs: 0 } })
  })
})

describe('the log of a host', () => {
  const rollout = (image: string) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      strategy: { canary: { steps: [{ setWeight: 50 }, { pause: { duration: '1m' } }] } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } },
    },
  })
  const logged = async () => {
    const lines: string[] = []
    const clock = manualClock('2030-01-01T00:00:00Z')
    const host = memoryHost([rollout('web:1')], {
      clock,
      onReconcile: (record) => void lines.push(JSON.stringify(record)),
    })
    const stop = new AbortController()
    const running = host.run(stop.signal)
    await clock.advance(10)
    host.cluster.applyObject(rollout('web:2'))
    await clock.advance(120)
    stop.abort()
    await running
    return lines.map((line) => JSON.parse(line))
  }

  test('is decided again from the same observations: the same', async () => {
    const records = await logged()
    const { steps, counts } = shadowLog(records)
    expect(counts).toEqual({ same: records.length, commanded: 0, behind: 0, differs: 0 })
    expect(steps.flatMap(({ decided }) => decided)).toContain('Rollout step 1/2 completed (setWeight: 50)')
  })

  test('says where a decision was another one', async () => {
    const records = (await logged()).map((record, index) =>
      index === 8 ? { ...record, decision: { ...record.decision, changes: [] } } : record,
    )
    const { steps, counts } = shadowLog(records)
    expect(counts.differs).toBe(1)
    expect(steps.find(({ verdict }) => verdict === 'differs')?.differences).toMatchObject([
      { path: 'changes[0]', after: { kind: 'scaleReplicaSet', replicas: 1 } },
    ])
  })

  test('of other kinds has no steps', () => {
    const record = { ref: { kind: 'Service', namespace: 'shop', name: 'web' }, decision: { changes: [] } }
    expect(shadowLog([record]).steps).toEqual([])
  })
})
