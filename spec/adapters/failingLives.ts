import { drive } from '../../src/adapters/index'
import { endOf } from './failingEnds'
import {
  Died,
  type FailureMode,
  type Grave,
  mortalPorts,
  newWorld,
  type PlannedDeath,
  type PlannedFailure,
  type PortName,
  portsOf,
  type World,
} from './failingHost'
import type { Story } from './failingStories'
import { type Ended, faultsOf, type Trial } from './failingTrials'

// Lives of a Rollout under `drive`, whose k-th call of a port fails, or whose process dies at its k-th write.

const ports: readonly PortName[] = ['observe', 'apply', 'persistStatus', 'emit', 'answer']
const modes: readonly FailureMode[] = ['undone', 'lost']

const secondsForAnAct = 400

/** Each act, and then the host until nothing happens any more. */
export async function live({ objects, acts }: Story, planned?: PlannedFailure): Promise<World> {
  const world = newWorld(objects)
  const driven = portsOf(world, planned)
  for (const act of [() => {}, ...acts]) {
    act(world)
    const until = world.second + secondsForAnAct
    await drive(driven, () => world.second > until)
  }
  return world
}

/** The same, where another process goes on after one that died. */
export async function liveMortal(
  { objects, acts }: Story,
  death?: PlannedDeath,
): Promise<World & { readonly grave: Grave }> {
  const world = newWorld(objects)
  const grave: Grave = { writes: 0, isDead: false, stored: [] }
  let driven = mortalPorts(portsOf(world, undefined), grave, death)
  for (const act of [() => {}, ...acts]) {
    act(world)
    const until = world.second + secondsForAnAct
    while (world.second <= until) {
      try {
        await drive(driven, () => world.second > until)
      } catch (error) {
        if (!(error instanceof Died)) throw error
        driven = mortalPorts(portsOf(world, undefined), grave, undefined)
      }
    }
  }
  return Object.assign(world, { grave })
}

export const endedOf = ({ objects, weight, events, changes, errors }: World): Ended => ({
  end: endOf(Object.values(objects), weight),
  events,
  changes,
  errors,
})

const numbersTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1)

/** Every life of a story in which one call fails, or in which the process dies once. */
export async function trialsOf(story: Story): Promise<readonly Trial[]> {
  const smooth = await live(story)
  const whole = await liveMortal(story)
  const { repeats = [] } = story
  const failing = ports.flatMap((port) =>
    modes.flatMap((mode) =>
      numbersTo(smooth.calls[port]).map((call) => ({
        group: `${port} fails, its work ${mode}`,
        number: call,
        faults: async () =>
          faultsOf(endedOf(await live(story, { port, call, mode })), endedOf(smooth), { repeats, errors: [1] }),
      })),
    ),
  )
  const dying = (['before', 'after'] as const).flatMap((when) =>
    numbersTo(whole.grave.writes).map((write) => ({
      group: `the process dies ${when} a write`,
      number: write,
      faults: async () => {
        const ended = endedOf(await liveMortal(story, { write, when }))
        return faultsOf(ended, endedOf(whole), { repeats, mayLoseEventsOfChanges: true })
      },
    })),
  )
  return [...failing, ...dying]
}
