import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, test } from 'vitest'
import {
  type ClusterChange,
  type HostEvent,
  type LeaseHold,
  type ReconcileTrace,
  reconcileChannel,
} from '../../src/host/index'
import type { KubeObject } from '../../src/model/meta'
import { renderMetrics } from '../../src/monitoring/index'
import { rollout, service, started } from './shop'

// What `createHost` promises, clause by clause. The queue alone is in keyedQueue.spec.ts; ports that fail at every call
// in failing.spec.ts; whole stories in story.spec.ts and chaos.spec.ts.

const rolloutOf = (name: string) => ({ kind: 'Rollout', namespace: 'shop', name })
const paused = { canary: { steps: [{ setWeight: 50 }, { pause: { duration: '30s' } }] } }

describe('when it looks', () => {
  test('every resyncSeconds, though nothing happens', async () => {
    const { clock, records } = started([rollout('web', 'web:1')], undefined, { resyncSeconds: 100 })
    await clock.advance(50)
    const before = records.length
    await clock.advance(99)
    expect(records.length - before).toBeLessThanOrEqual(1)
    await clock.advance(201)
    expect(records.length - before).toBe(3)
  })

  test('when a pause is over, though nobody tells', async () => {
    const { clock, cluster, status } = started([rollout('web', 'web:1', paused)])
    await clock.advance(5)
    cluster.applyObject(rollout('web', 'web:2', paused))
    await clock.advance(20)
    expect(status()?.phase).toBe('Paused')
    await clock.advance(20)
    expect(status()?.phase).toBe('Healthy')
  })

  test('again by itself after its own effects, where the watch tells nothing', async () => {
    const { clock, host, status } = started([rollout('web', 'web:1')], (cluster) => ({
      cluster: { ...cluster, watch: () => () => {} },
    }))
    host.lookAt(rolloutOf('web'))
    await clock.advance(20)
    expect(status()?.phase).toBe('Healthy')
  })

  test('at a Rollout when an object that it names changes', async () => {
    const strategy = { blueGreen: { activeService: 'active' } }
    const { clock, cluster, records, status } = started([rollout('web', 'web:1', strategy)])
    await clock.advance(30)
    expect(status()?.phase).toBe('Degraded')
    records.splice(0)
    cluster.applyObject(service('active', 'web'))
    await clock.advance(5)
    expect(status()?.phase).toBe('Healthy')
  })
})

describe('how much at a time', () => {
  const many = Array.from({ length: 40 }, (_, at) => rollout(`web-${at}`, 'web:1'))

  test('no object twice, and of each kind as many as it is told to', async () => {
    const under = { rollouts: new Set<string>(), most: 0, twice: 0 }
    const { clock } = started(
      many,
      (cluster, { after }) => ({
        cluster: {
          ...cluster,
          async get(kind, namespace, name) {
            if (kind !== 'Rollout') return cluster.get(kind, namespace, name)
            if (under.rollouts.has(name)) under.twice++
            under.rollouts.add(name)
            under.most = Math.max(under.most, under.rollouts.size)
            await new Promise<void>((resolve) => after(20, resolve))
            under.rollouts.delete(name)
            return cluster.get(kind, namespace, name)
          },
        },
      }),
      { concurrency: { Rollout: 3 } },
    )
    await clock.advance(10)
    expect(under).toMatchObject({ most: 3, twice: 0 })
  })

  test('one that is always in trouble holds up no other', async () => {
    const { clock, status, records } = started(
      many,
      (cluster) => ({
        cluster: {
          ...cluster,
          get: (kind, namespace, name) =>
            name === 'web-0' ? Promise.reject(new Error('503')) : cluster.get(kind, namespace, name),
        },
      }),
      { concurrency: { Rollout: 1 } },
    )
    await clock.advance(10)
    expect(many.slice(1).map(({ metadata }) => status(metadata.name)?.phase)).toEqual(
      many.slice(1).map(() => 'Healthy'),
    )
    const troubles = records.filter(({ ref }) => ref.name === 'web-0')
    // 5 ms, 10 ms, 20 ms, ...: eleven times in ten seconds.
    expect(troubles).toHaveLength(11)
  })

  test('a thousand changes during one reconcile are one more reconcile', async () => {
    const waiting: (() => void)[] = []
    const { clock, cluster, host, records } = started([rollout('web', 'web:1')], (memory) => ({
      cluster: {
        ...memory,
        list: async (kind, namespace) => {
          if (kind === 'ReplicaSet') await new Promise<void>((resolve) => waiting.push(resolve))
          return memory.list(kind, namespace)
        },
      },
    }))
    await clock.advance(0.001)
    expect(waiting).toHaveLength(1)
    for (let change = 0; change < 1000; change++) {
      cluster.putObject({
        ...rollout('web', 'web:1'),
        metadata: { ...rollout('web', 'web:1').metadata, labels: { change: `${change}` } },
      })
    }
    const queue = host.metrics().filter(({ name }) => name === 'rollout_engine_queue_ready')
    expect(queue[0]?.samples.find(({ labels }) => labels.kind === 'Rollout')?.value).toBe(0)
    waiting.shift()?.()
    await clock.advance(0.001)
    expect(records.filter(({ ref }) => ref.kind === 'Rollout')).toHaveLength(1)
    expect(waiting).toHaveLength(1)
  })
})

describe('trouble', () => {
  test('a conflict is tried again with everything observed anew', async () => {
    const seen: (string | undefined)[] = []
    const world = { conflicts: 1 }
    const { clock, cluster, errors, status } = started([rollout('web', 'web:1')], (memory) => ({
      cluster: {
        ...memory,
        get: async (kind, namespace, name) => {
          const object = await memory.get(kind, namespace, name)
          if (kind === 'Rollout') seen.push(object?.metadata.labels?.edited)
          return object
        },
        async writeStatus(write) {
          if (world.conflicts-- <= 0) return memory.writeStatus(write)
          // Somebody was quicker.
          const object = (await memory.get('Rollout', 'shop', 'web')) as KubeObject
          memory.putObject({ ...object, metadata: { ...object.metadata, labels: { edited: 'yes' } } })
          throw new Error('409 Conflict')
        },
      },
    }))
    await clock.advance(0.1)
    expect(errors.map(String)).toEqual(['Error: 409 Conflict'])
    expect(seen.slice(0, 2)).toEqual([undefined, 'yes'])
    await clock.advance(10)
    expect(status()?.phase).toBe('Healthy')
    expect(cluster.objects().filter(({ kind }) => kind === 'ReplicaSet')).toHaveLength(1)
  })

  test('effects come in order, and stop at the first that is refused; then no status is written', async () => {
    const world = { isRefusing: true }
    const tried: string[] = []
    const strategy = { canary: { canaryService: 'canary', stableService: 'stable', trafficRouting: { smi: {} } } }
    const objects = [rollout('web', 'web:1', strategy), service('canary', 'web'), service('stable', 'web')]
    const { clock, errors, status } = started(objects, (memory) => ({
      cluster: {
        ...memory,
        apply(change: ClusterChange) {
          tried.push(change.kind)
          if (change.kind === 'scaleReplicaSet' && world.isRefusing) return { message: 'over quota' }
          return memory.apply(change)
        },
        writeStatus(write) {
          tried.push('status')
          return memory.writeStatus(write)
        },
      },
      traffic: { apply: (change) => void tried.push(change.kind), verifyWeight: () => ({ verified: true }) },
    }))
    await clock.advance(0.1)
    const beforeRefusal = tried.indexOf('scaleReplicaSet')
    // Each try is a new decision, and ends at the same change.
    const tries = tried.slice(beforeRefusal + 1)
    expect(new Set(tries)).toEqual(new Set(['removeManagedRoutes', 'scaleReplicaSet']))
    expect([tries.at(-1), tries.length % 2]).toEqual(['scaleReplicaSet', 0])
    expect(errors.at(-1)).toMatchObject({ code: 'change-failed', message: 'over quota' })
    world.isRefusing = false
    tried.splice(0)
    await clock.advance(20)
    expect(tried.slice(0, 3)).toEqual(['removeManagedRoutes', 'scaleReplicaSet', 'status'])
    expect(status()?.phase).toBe('Healthy')
  })

  test('retries are spread by as much as a fifth', async () => {
    const times: number[] = []
    const { clock } = started(
      [rollout('web', 'web:1')],
      (cluster, { now }) => ({
        cluster: {
          ...cluster,
          get(kind) {
            if (kind === 'Rollout') times.push(now())
            throw new Error('503')
          },
        },
      }),
      { jitter: () => 0.5, firstRetryMilliseconds: 1000, longestRetryMilliseconds: 4000 },
    )
    await clock.advance(12)
    expect(times.slice(1).map((time, at) => time - (times[at] ?? 0))).toEqual([900, 1800, 3600, 3600])
  })

  test('a listener that throws, and a watch that cannot begin, stop nothing', async () => {
    const world = { tries: 0 }
    const { clock, errors, status } = started(
      [rollout('web', 'web:1')],
      (cluster) => ({
        cluster: {
          ...cluster,
          watch(see) {
            if (world.tries++ === 0) throw new Error('no watch')
            return cluster.watch(see)
          },
        },
      }),
      {
        onReconcile: () => {
          throw new Error('a listener fails')
        },
      },
    )
    await clock.advance(20)
    expect(errors.map(String)).toContain('Error: no watch')
    expect(status()?.phase).toBe('Healthy')
  })
})

describe('the end', () => {
  const slow =
    (isSlow: { is: boolean }, writes: string[]) => (cluster: Parameters<Parameters<typeof started>[1] & {}>[0]) => ({
      cluster: {
        ...cluster,
        async writeStatus(write: Parameters<typeof cluster.writeStatus>[0]) {
          writes.push(write.ref.name)
          return cluster.writeStatus(write)
        },
        async list(kind: string, namespace: string) {
          if (kind === 'ReplicaSet') while (isSlow.is) await new Promise((resolve) => setTimeout(resolve, 1))
          return cluster.list(kind, namespace)
        },
      },
    })

  test('nothing new begins, and what is under way comes to its end', async () => {
    const [isSlow, writes]: [{ is: boolean }, string[]] = [{ is: true }, []]
    const { clock, stop, running, records } = started(
      [rollout('a', 'web:1'), rollout('b', 'web:1')],
      slow(isSlow, writes),
      { concurrency: { Rollout: 1 } },
    )
    await clock.advance(0.001)
    stop.abort()
    isSlow.is = false
    await running
    expect(writes).toEqual(['a'])
    expect(records.filter(({ ref }) => ref.kind === 'Rollout')).toHaveLength(1)
  })

  test('what takes longer than drainSeconds is left alone, and writes no more', async () => {
    const [isSlow, writes]: [{ is: boolean }, string[]] = [{ is: true }, []]
    const { clock, stop, running, errors } = started([rollout('a', 'web:1')], slow(isSlow, writes), { drainSeconds: 3 })
    await clock.advance(0.001)
    stop.abort()
    await clock.advance(3)
    await running
    isSlow.is = false
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(writes).toEqual([])
    expect(String(errors[0])).toContain('has stopped, or lost its lease')
  })

  test('with a lease it works while it holds it, and takes it again after it was lost', async () => {
    const holds: { lost: AbortController; isReleased: boolean }[] = []
    const given: ((hold: LeaseHold) => void)[] = []
    const { clock, status, stop, running } = started([rollout('web', 'web:1')], () => ({
      lease: { acquire: () => new Promise<LeaseHold>((resolve) => given.push(resolve)) },
    }))
    const grant = (): void => {
      const hold = { lost: new AbortController(), isReleased: false }
      holds.push(hold)
      given.shift()?.({ lost: hold.lost.signal, release: async () => void Object.assign(hold, { isReleased: true }) })
    }
    await clock.advance(10)
    expect(status()).toBeUndefined()
    grant()
    await clock.advance(10)
    expect(status()?.phase).toBe('Healthy')
    holds[0]?.lost.abort()
    await clock.advance(10)
    expect([holds[0]?.isReleased, given.length]).toEqual([true, 1])
    grant()
    await clock.advance(1)
    stop.abort()
    await running
    expect(holds.map(({ isReleased }) => isReleased)).toEqual([true, true])
  })
})

describe('what it tells', () => {
  test('equal events have a count, and begin anew after ten minutes', async () => {
    const events: HostEvent[] = []
    const { clock, cluster } = started([rollout('web', 'web:1')], () => ({
      events: { emit: (event) => void events.push(event) },
    }))
    const flip = async (): Promise<void> => {
      for (const replicas of [5, 2]) {
        const { spec, ...others } = rollout('web', 'web:1')
        cluster.applyObject({ ...others, spec: { ...(spec as object), replicas } } as unknown as KubeObject)
        await clock.advance(2)
      }
    }
    await clock.advance(2)
    events.splice(0)
    await flip()
    await flip()
    await clock.advance(700)
    await flip()
    const counted = new Map<string, number[]>()
    for (const { reason, message, count } of events) {
      const key = `${reason}: ${message}`
      counted.set(key, [...(counted.get(key) ?? []), count])
    }
    expect([...counted.values()]).toContainEqual([1, 2, 1])
    for (const { count, firstSeen, lastSeen } of events) expect(count === 1).toBe(firstSeen === lastSeen)
  })

  test('every reconcile is traced on the diagnostics channel', async () => {
    const traces: ReconcileTrace[] = []
    const channel = `tracing:${reconcileChannel}:asyncEnd`
    const take = (message: unknown): void => void traces.push(message as ReconcileTrace)
    subscribe(channel, take)
    const { clock, records } = started([rollout('traced', 'web:1')])
    await clock.advance(5)
    unsubscribe(channel, take)
    const ours = traces.filter(({ ref }) => ref.name === 'traced')
    expect(ours.length).toBeGreaterThan(1)
    expect(ours.map(({ record }) => record)).toEqual(records)
  })

  test('counters and durations, as Prometheus reads them', async () => {
    const { clock, host, records } = started([rollout('web', 'web:1')], (cluster, { after }) => ({
      cluster: {
        ...cluster,
        async get(kind, namespace, name) {
          await new Promise<void>((resolve) => after(200, resolve))
          return cluster.get(kind, namespace, name)
        },
      },
      events: { emit: () => {} },
    }))
    await clock.advance(5)
    const lines = renderMetrics(host.metrics()).split('\n')
    expect(lines).toContain(`rollout_engine_reconciles_total{kind="Rollout",outcome="done"} ${records.length}`)
    expect(lines).toContain('rollout_engine_reconcile_seconds_bucket{kind="Rollout",le="0.15"} 0')
    expect(lines).toContain(`rollout_engine_reconcile_seconds_bucket{kind="Rollout",le="0.25"} ${records.length}`)
    expect(lines).toContain(`rollout_engine_reconcile_seconds_count{kind="Rollout"} ${records.length}`)
    expect(lines).toContain('rollout_engine_events_total{reason="NewReplicaSetCreated",type="Normal"} 1')
    expect(lines).toContain('rollout_engine_queue_running{kind="Rollout"} 0')
  })
})

test('AWS targets are asked of the traffic port', async () => {
  const asked: unknown[] = []
  const active = {
    ...service('active', 'web'),
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  }
  const binding = {
    kind: 'TargetGroupBinding',
    metadata: { name: 'active', namespace: 'shop' },
    spec: { serviceRef: { name: 'active', port: 80 }, targetGroupARN: 'arn:one', targetType: 'ip' },
  } as unknown as KubeObject
  const endpoints = {
    kind: 'Endpoints',
    metadata: { name: 'active', namespace: 'shop' },
    subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 8080 }] }],
  } as unknown as KubeObject
  const strategy = { blueGreen: { activeService: 'active' } }
  const { clock, cluster, status } = started(
    [rollout('web', 'web:1', strategy), active, binding, endpoints],
    () => ({
      traffic: {
        apply: () => undefined,
        registeredTargets(ask) {
          asked.push(ask)
          return asked.length < 2 ? { targets: [] } : { targets: ['10.0.0.1:8080'] }
        },
      },
    }),
    { rollout: { verifyTargetGroups: true } },
  )
  await clock.advance(60)
  cluster.applyObject(rollout('web', 'web:2', strategy))
  await clock.advance(60)
  expect(status()?.phase).toBe('Healthy')
  expect(asked[0]).toMatchObject({ kind: 'registeredTargets', targetGroupArn: 'arn:one' })
})

test('after every few reconciles a platform may do something else; if it fails at that, the work goes on', async () => {
  const done = { count: 0 }
  const breaths: number[] = []
  const many = Array.from({ length: 30 }, (_, at) => rollout(`web-${at}`, 'web:1'))
  const { clock } = started(
    many,
    (_, manual) => ({
      clock: {
        ...manual,
        breathe() {
          breaths.push(done.count)
          if (breaths.length % 10 === 0) throw new Error('no breath')
          return new Promise<void>((resolve) => setImmediate(resolve))
        },
      },
    }),
    { onReconcile: () => void done.count++ },
  )
  for (let turn = 0; turn < 200; turn++) await clock.advance(0.1)
  expect(done.count).toBeGreaterThan(60)
  // Between two turns of the platform four begin, and the ten Rollouts that may be under way come to their ends.
  for (const [at, count] of breaths.slice(1).entries()) expect(count - (breaths[at] ?? 0)).toBeLessThanOrEqual(4 + 10)
  expect(breaths.length).toBeGreaterThan(done.count / 8)
})
