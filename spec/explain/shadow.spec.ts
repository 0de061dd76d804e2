import { describe, expect, test } from 'vitest'
import { type ClusterObjects, objectKey } from '../../src/cluster/objects'
import { shadow, shadowLog } from '../../src/explain/index'
import { manualClock, memoryHost } from '../../src/memory/index'
import type { Rollout } from '../../src/model/rollout'
import { type SimulationInput, simulate } from '../../src/simulate/index'
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
    expect(differs / all).toBeLessThan(0.015)
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

  describe('knows what neither of two observations shows:', () => {
    const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
    const strategy = { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } }
    const routed = {
      canary: { ...strategy.canary, stableService: 'a', canaryService: 'b', trafficRouting: { smi: {} } },
    }
    const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, template }
    const story = (more: object, input: Partial<SimulationInput> = {}) =>
      simulate({
        manifests: [{ kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec: { ...spec, ...more } }],
        events: [{ atSeconds: 10, image: 'web:2' }],
        untilSeconds: 100,
        ...input,
      })
    const key = 'rollouts/shop/web'
    const verdictsOf = (one: readonly ClusterObjects[]): readonly string[] =>
      shadow(
        one.map((objects, index) => ({ now: `2030-01-01T00:00:${10 + index * 20}Z`, objects })),
        key,
      ).steps.map(({ verdict }) => verdict)
    const setsOf = (objects: ClusterObjects): readonly string[] =>
      Object.keys(objects).filter((name) => name.startsWith('replicasets/'))

    test('a router confirmed the weight, which the status does not note', () => {
      const live = story({ strategy: routed }, { router: { verifies: true, lagSeconds: 20 } })
      const [before, after] = [live.at(29), live.at(30)]
      expect((after[key]?.status as Rollout['status'])?.canary?.weights?.verified).toBe(false)
      expect(verdictsOf([before, after])).toEqual(['same'])
    })

    test('the pods of an old ReplicaSet went before the controller deleted it', () => {
      const live = story(
        { strategy: { canary: {} }, revisionHistoryLimit: 0 },
        { events: [{ atSeconds: 20, image: 'web:2' }] },
      )
      const [name = ''] = setsOf(live.at(5))
      const old = live.at(5)[name]!
      const after = live.at(90)
      expect(setsOf(after)).not.toContain(name)
      const leaving = { ...old, spec: { ...(old.spec as object), replicas: 0 } }
      const status = {
        ...(after[key]?.status as object),
        replicas: 4,
        readyReplicas: 4,
        availableReplicas: 4,
        HPAReplicas: 4,
      }
      const before = { ...after, [name]: leaving, [key]: { ...after[key]!, status } } as ClusterObjects
      expect(verdictsOf([before, after])).toEqual(['same'])
    })

    test('somebody deleted a ReplicaSet with pods, and the controller made it anew', () => {
      const world = story({ strategy })
      const before = world.at(5)
      const [name = ''] = setsOf(before)
      const { [name]: _, ...without } = before
      const later = simulate({ manifests: Object.values(without) as never, untilSeconds: 5 }).objects
      const after = { ...later, [name]: { ...later[name]!, metadata: { ...later[name]!.metadata, uid: 'new' } } }
      expect(verdictsOf([before, after])[0]).not.toBe('differs')
    })

    test('the controller did only some of its changes: the API server refused the next', () => {
      const live = story({ strategy })
      const before = live.at(5)
      const whole = live.at(10)
      const [old = ''] = setsOf(before)
      const first = {
        ...before,
        [key]: { ...whole[key]!, status: before[key]!.status, metadata: before[key]!.metadata },
      }
      expect(verdictsOf([before, { ...first, [old]: before[old]! } as ClusterObjects])[0]).toBe('behind')
    })

    test('a selector that is gone was removed by somebody: the controller removes none', () => {
      const blueGreen = { blueGreen: { activeService: 'web', previewService: 'web-preview' } }
      const before = story({ strategy: blueGreen }, { events: [] }).at(5)
      const service = before['services/shop/web-preview']!
      const bare = { ...before, 'services/shop/web-preview': { ...service, spec: { ports: [{ port: 80 }] } } }
      expect(verdictsOf([before, bare])).toEqual(['behind'])
    })

    test('a ReplicaSet that is the workload is nothing that the controller made', () => {
      const workload = (image: string) => ({
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: { name: 'base', namespace: 'shop' },
        spec: {
          replicas: 0,
          selector: { matchLabels: { app: 'web' } },
          template: { ...template, spec: { containers: [{ name: 'web', image }] } },
        },
      })
      const { template: _, ...bare } = spec
      const workloadRef = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'base' }
      const rollout = {
        kind: 'Rollout',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { ...bare, strategy, workloadRef },
      }
      const live = simulate({
        manifests: [rollout, workload('web:1')],
        events: [{ atSeconds: 10, apply: [workload('web:2')] }],
        untilSeconds: 60,
      })
      expect(setsOf(live.at(20)).length).toBe(3)
      expect(verdictsOf([live.at(5), live.at(20)])).toEqual(['same'])
    })
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
