import { describe, expect, test } from 'vitest'
import { knownInvariants } from '../../src/check/catalog'
import { modelWith } from '../../src/check/generate/strategyModel'
import { never, scheduledPort, strategyModel } from '../../src/check/index'
import { type ClusterPort, createHost, type HostClock } from '../../src/host/index'
import { memoryCluster } from '../../src/memory/index'
import type { Reducers } from '../../src/simulate/reducers'
import { fc } from '../properties/fc'
import { type Mutant, mutants } from './mutants'
import { rolloutOf, steps } from './strategies'

// fast-check's own ways into the kit: `fc.commands` over the stepper, `fc.scheduler` for adapters. Each finds a planted defect.

const canary = [rolloutOf({ canary: { steps } })]

/** The details of trying a strategy with command sequences. */
function tried(model: ReturnType<typeof strategyModel>, numRuns: number, endOnFailure = false) {
  const property = fc.property(fc.commands(model.commands, { maxCommands: 12 }), (chosen) =>
    fc.modelRun(model.setup, chosen),
  )
  return fc.check(property, { numRuns, seed: 18, endOnFailure })
}

describe('command sequences', () => {
  const planted = mutants.filter(({ invariant }) => ['S1', 'S3'].includes(invariant))

  test.for(planted)('find an engine in which $what ($invariant)', ({ invariant, manifests, reducers }: Mutant) => {
    const invariants = knownInvariants.filter(({ id }) => id === invariant)
    const of = (engine?: Reducers) => tried(modelWith(manifests, { invariants }, engine), 12, true)
    const { failed, errorInstance } = of(reducers)
    expect(failed).toBe(true)
    expect(String(errorInstance)).toContain(`"${invariant}: `)
    expect(of().failed).toBe(false)
  })

  test('shrink to the commands that are needed, in the words of the other reports', () => {
    const ten = never('canary above 10 %', (now) => now.weight.canary > 10)
    const { counterexample } = tried(strategyModel(canary, { invariants: [ten] }), 40)
    expect(String(counterexample?.[0])).toMatch(/^set image shop\/web:good/)
    expect(String(counterexample?.[0]).split(',').length).toBeLessThanOrEqual(2)
  })

  test('make sense: nobody aborts or promotes before an update, or retries what was not aborted', () => {
    const { commands, setup } = strategyModel(canary, { invariants: [] })
    const done: string[][] = []
    for (const chosen of fc.sample(fc.commands(commands), { numRuns: 30, seed: 3 })) {
      const begun = setup()
      fc.modelRun(() => begun, chosen)
      done.push(String(chosen).split(','))
    }
    const all = new Set(done.flat())
    for (const one of ['abort', 'retry', 'promote', 'set image shop/web:broken', 'set image shop/web:1'])
      expect([...all]).toContain(one)
    expect(done.filter(([first]) => /^(abort|promote|retry)/.test(first ?? ''))).toEqual([])
    expect(
      done.filter((names) => names.includes('retry') && !names.slice(0, names.indexOf('retry')).includes('abort')),
    ).toEqual([])
  })

  test('without a strategy there are none, and it is said why', () => {
    const { commands, issues } = strategyModel([])
    expect(commands).toEqual([])
    expect(issues.length).toBeGreaterThan(0)
  })
})

describe('orders of the calls of an adapter', () => {
  /** Whether what a user writes while a host works is there at the end, in the order that the scheduler chooses. */
  async function keepsEdit(
    scheduler: fc.Scheduler,
    adapter: (cluster: ClusterPort & Store) => ClusterPort,
  ): Promise<boolean> {
    const cluster = memoryCluster()
    cluster.putObject(rolloutOf({ canary: { steps: [{ setWeight: 20 }, { pause: {} }] } }))
    const { clock } = scheduledClock(scheduler)
    const ports = { cluster: scheduledPort(scheduler, adapter(cluster), ['apply', 'writeStatus']), clock }
    const host = createHost(ports)
    const stop = new AbortController()
    const running = host.run(stop.signal)
    const edited = scheduler.schedule(Promise.resolve(), 'a user edits').then(() => {
      cluster.applyObject(rolloutOf({ canary: { steps: [{ setWeight: 20 }, { pause: {} }] } }, { replicas: 7 }))
    })
    await scheduler.waitFor(edited.then(() => host.idle()))
    stop.abort()
    await scheduler.waitFor(running)
    const [rollout] = cluster.objects().filter(({ kind }) => kind === 'Rollout')
    return (rollout as unknown as { spec: { replicas: number } }).spec.replicas === 7
  }

  type Store = Pick<ReturnType<typeof memoryCluster>, 'putObject'>

  /** Timers fire when the scheduler says so; none waits. */
  function scheduledClock(scheduler: fc.Scheduler): { readonly clock: HostClock } {
    let now = Date.UTC(2030, 0, 1)
    const after: HostClock['after'] = (milliseconds, call) => {
      let isOff = false
      void scheduler.schedule(Promise.resolve(), 'timer').then(() => {
        now += milliseconds
        if (!isOff) call()
      })
      return () => {
        isOff = true
      }
    }
    return { clock: { now: () => now, after } }
  }

  const details = (adapter: (cluster: ClusterPort & Store, scheduler: fc.Scheduler) => ClusterPort) =>
    fc.check(
      fc.asyncProperty(fc.scheduler(), (scheduler) => keepsEdit(scheduler, (cluster) => adapter(cluster, scheduler))),
      { numRuns: 30, seed: 18 },
    )

  test('a status that is written with the whole object, as read before, loses an edit; the order is printed', async () => {
    const { failed, counterexample } = await details((cluster, scheduler) => ({
      ...cluster,
      writeStatus: async ({ ref, status }) => {
        const object = await cluster.get(ref.kind, ref.namespace, ref.name)
        await scheduler.schedule(Promise.resolve(), 'the object is read')
        cluster.putObject({ ...object, status } as never)
        return undefined
      },
    }))
    expect(failed).toBe(true)
    expect(String(counterexample?.[0])).toMatch(
      /the object is read[\s\S]*a user edits|a user edits[\s\S]*the object is read/,
    )
  })

  test('an adapter that writes nothing but the status keeps it', async () => {
    expect((await details((cluster) => cluster)).failed).toBe(false)
  })
})
