import { createHost } from '../../src/host/index'
import { type ManualClock, manualClock, memoryCluster } from '../../src/memory/index'
import { endOf } from '../adapters/failingEnds'
import { type Ended, faultsOf, type Trial } from '../adapters/failingTrials'
import { newWorld, type Plan, type PortName, portNames, portsOf, type World, writing } from './failingPorts'
import type { Story } from './failingStories'

// Lives of a host whose k-th call of a port fails, or whose process dies at its k-th write.

const secondsToInstall = 10

export async function live({ objects, acts, measured, secondsForAnAct }: Story, plan: Plan): Promise<World> {
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

const endedOf = ({ cluster, weights, events, changes, errors }: World): Ended => ({
  end: endOf(cluster.objects(), weights.at(-1)),
  events,
  changes,
  errors,
})

const isForEvents: ReadonlySet<PortName> = new Set(['emit', 'readOutbox', 'writeOutbox'])

/** To lose the answer of a call that only reads is to fail. */
const waysOf = (port: PortName): readonly ('undone' | 'lost')[] => (writing.has(port) ? ['undone', 'lost'] : ['undone'])

const numbersTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1)

/** Every life of a story in which one call fails, or in which the process dies once. */
export function trialsOf(story: Story, smooth: World): readonly Trial[] {
  const usual = endedOf(smooth)
  const { repeats = [] } = story
  const failing = portNames.flatMap((port) =>
    waysOf(port).flatMap((work) =>
      numbersTo(smooth.calls[port]).map((call) => ({
        group: `${port} fails, its work ${work}`,
        number: call,
        faults: async () => {
          const ended = endedOf(await live(story, { kind: 'fails', port, call, work }))
          // Events that cannot be emitted are kept and tried again: whoever reconciles need not fail for them.
          return faultsOf(ended, usual, { repeats, errors: isForEvents.has(port) ? [0, 1] : [1] })
        },
      })),
    ),
  )
  const dying = (['before', 'after'] as const).flatMap((when) =>
    numbersTo(smooth.writes).map((write) => ({
      group: `the process dies ${when} a write`,
      number: write,
      faults: async () => {
        const ended = endedOf(await live(story, { kind: 'dies', write, when }))
        return faultsOf(ended, usual, { repeats, mayLoseEventsOfChanges: true })
      },
    })),
  )
  return [...failing, ...dying]
}
