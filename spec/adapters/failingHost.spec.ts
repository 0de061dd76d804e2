import { describe, expect, test } from 'vitest'
import { drive } from '../../src/adapters/index'
import type { Change } from '../../src/model/change'
import type { EngineEvent } from '../../src/model/decision'
import {
  type FailureMode,
  newWorld,
  type PlannedFailure,
  type PortName,
  portsOf,
  rolloutKey,
  setImage,
  type World,
} from './failingHost'

// A whole canary under a host whose k-th call of a port fails, for every k and every port.

const ports: readonly PortName[] = ['observe', 'apply', 'persistStatus', 'emit', 'answer']
const modes: readonly FailureMode[] = ['undone', 'lost']

/** The first revision, then the second: driven until nothing happens any more. */
async function live(planned?: PlannedFailure): Promise<World> {
  const world = newWorld()
  const driven = portsOf(world, planned)
  await drive(driven, () => world.second > 900)
  setImage(world, 'web:2')
  const until = world.second + 1800
  await drive(driven, () => world.second > until)
  return world
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([key, member]) => [key, sorted(member)] as const)
  return Object.fromEntries(members.sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** What is the same however long it took. */
const endOf = ({ objects, weight }: World): string =>
  JSON.stringify(sorted({ objects, weight })).replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')

const eventText = ({ reason, message }: EngineEvent): string => `${reason}: ${message}`
const firstTimes = (world: World): readonly string[] => [...new Set(world.events.map(eventText))]

const isCreation = ({ kind }: Change): boolean => kind.startsWith('create')
const countOf = (world: World): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const change of world.changes) {
    if ('router' in change) continue
    const text = JSON.stringify(change).replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return counts
}

describe('a canary under a host with a failing port', async () => {
  const smooth = await live()
  const expectedEvents = firstTimes(smooth)

  test('comes to its end when nothing fails', () => {
    expect(smooth.objects[rolloutKey]?.status).toMatchObject({ phase: 'Healthy' })
    expect(smooth.errors).toEqual([])
    expect(smooth.weight).toBe(0)
    expect(expectedEvents.some((text) => text.startsWith('RolloutCompleted'))).toBe(true)
    expect(Object.values(smooth.calls).every((calls) => calls > 0)).toBe(true)
    expect(smooth.changes.filter(isCreation).map(({ kind }) => kind)).toEqual([
      'createReplicaSet',
      'createReplicaSet',
      'createAnalysisRun',
    ])
  })

  describe.each(ports)('%s', (port) => {
    test.each(modes)('fails once, its work %s: same end, no event lost, nothing applied twice', async (mode) => {
      for (let call = 1; call <= smooth.calls[port]; call++) {
        const world = await live({ port, call, mode })
        const about = `${port} call ${call} ${mode}`
        expect(world.errors.length, about).toBe(1)
        expect(endOf(world), about).toBe(endOf(smooth))
        expect([...firstTimes(world)].sort(), about).toEqual([...expectedEvents].sort())
        for (const [change, count] of countOf(world)) {
          expect(count, `${about}: ${change}`).toBeLessThanOrEqual(countOf(smooth).get(change) ?? 1)
        }
      }
    })
  })
})
