import { describe, expect, test } from 'vitest'
import { createHost } from '../../src/host/index'
import { type ManualClock, manualClock, memoryCluster } from '../../src/memory/index'
import type { KubeObject } from '../../src/model/meta'
import { appliedTwice, endOf, told } from '../adapters/failingEnds'
import { propertySeed } from '../properties/seed'
import { newWorld, type Plan, type PortName, portNames, portsOf, type World, writing } from './failingPorts'
import { type Story, stories } from './failingStories'

// Issue 12, "failing host", for all kinds together: whole lives under a host whose k-th call of a port fails, or whose process dies
// at its k-th write. spec/adapters/failingHost.spec.ts has the same for `drive`.

/** Every k-th call is tried with FAILING_HOST_EVERY=1; else one in so many, from where the seed says, and one of each port. */
const every = Number(process.env.FAILING_HOST_EVERY ?? 300)

function numbersTo(count: number): readonly number[] {
  const chosen = Array.from({ length: count }, (_, index) => index + 1).filter(
    (number) => (number + propertySeed) % every === 0,
  )
  return chosen.length > 0 ? chosen : [1 + ((propertySeed * 7919) % count)]
}

/** More than any wait of these lives, so that each act comes to its end. */
const secondsForAnAct = 120
const secondsToInstall = 10

async function live({ objects, acts, measured }: Story, plan: Plan): Promise<World> {
  const clock = manualClock('2030-01-01T00:00:00Z')
  const world = newWorld(memoryCluster({ clock, readyAfterSeconds: 2 }))
  for (const object of objects) world.cluster.applyObject(object)
  start(world, clock, measured, plan)
  await clock.advance(acts.length > 0 ? secondsToInstall : secondsForAnAct)
  for (const act of acts) {
    act(world.cluster)
    await clock.advance(secondsForAnAct)
  }
  return world
}

/** Where the process dies, another one with the same world goes on. */
function start(world: World, clock: ManualClock, measured: Story['measured'], plan: Plan): void {
  const now = (): string => new Date(clock.now()).toISOString()
  const died = (): void => start(world, clock, measured, { kind: 'smooth' })
  const ports = { ...portsOf(world, plan, { isDead: false, died }, measured, now), clock }
  const onError = (error: unknown): void => void world.errors.push(error)
  void createHost(ports, { jitter: () => 0, onError }).run(new AbortController().signal)
}

const end = ({ cluster, weights }: World): readonly string[] => endOf(cluster.objects(), weights.at(-1))

const phasesOf = (objects: readonly KubeObject[]): readonly string[] =>
  objects
    .flatMap(({ kind, status }) => {
      const { phase } = (status ?? {}) as { readonly phase?: string }
      return phase ? [`${kind}: ${phase}`] : []
    })
    .sort()

const isForEvents: ReadonlySet<PortName> = new Set(['emit', 'readOutbox', 'writeOutbox'])

const neverCalled = (world: World): readonly PortName[] => portNames.filter((port) => world.calls[port] === 0)

describe.each(stories)(`$name (PROPERTY_SEED=${propertySeed})`, async (story) => {
  const smooth = await live(story, { kind: 'smooth' })

  test('comes to its end when nothing fails', () => {
    expect(phasesOf(smooth.cluster.objects())).toEqual(story.end)
    expect(smooth.errors).toEqual([])
    if (process.env.FAILING_HOST_EVERY) console.log(JSON.stringify([smooth.calls, smooth.writes]))
  })

  describe.each(portNames.filter((port) => smooth.calls[port] > 0))('%s', (port) => {
    // To lose the answer of a call that only reads is to fail.
    const ways = writing.has(port) ? (['undone', 'lost'] as const) : (['undone'] as const)
    test.each(ways)('fails once, its work %s', async (work) => {
      for (const call of numbersTo(smooth.calls[port])) {
        const world = await live(story, { kind: 'fails', port, call, work })
        const about = `${port} call ${call} ${work}`
        // Events that cannot be emitted are kept and tried again: whoever reconciles need not fail for them.
        expect(world.errors.length, about).toBeOneOf(isForEvents.has(port) ? [0, 1] : [1])
        expect(end(world), about).toEqual(end(smooth))
        expect(told(world.events), about).toEqual(told(smooth.events))
        expect(appliedTwice(world.changes, smooth.changes, story.repeats), about).toEqual([])
      }
    })
  })

  test.each(['before', 'after'] as const)('the process dies %s a write', async (when) => {
    for (const write of numbersTo(smooth.writes)) {
      const world = await live(story, { kind: 'dies', write, when })
      const about = `dead ${when} write ${write}`
      expect(end(world), about).toEqual(end(smooth))
      expect(appliedTwice(world.changes, smooth.changes, story.repeats), about).toEqual([])
      const lost = smooth.events.filter((event) => told([event]).some((text) => !told(world.events).includes(text)))
      // Documented: a process that dies in a reconcile takes with it the events of what it carried out and did not note yet.
      expect(
        lost.filter(({ change }) => change === undefined),
        about,
      ).toEqual([])
    }
  })
})

test('every port is called in one life or another', async () => {
  const lives = await Promise.all(stories.map((story) => live(story, { kind: 'smooth' })))
  expect(portNames.filter((port) => lives.every((world) => neverCalled(world).includes(port)))).toEqual([])
})
