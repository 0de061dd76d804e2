import { describe, expect, it } from 'vitest'
import { recordedFrame } from '../../src/simulate/recordedFrame'
import { simulateWatched } from '../../src/simulate/simulate'
import type { SimulationInput } from '../../src/simulate/simulation'
import type { Turn } from '../../src/simulate/tracedTurn'

// Faults of the modelled world, as the property kit uses them: pods that vanish, a controller that dies, a spec that is edited.

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const steps = [{ setWeight: 50 }, { pause: { duration: 60 } }]
const rollout = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps } }, template },
}

function watched(input: Omit<SimulationInput, 'manifests'>): {
  turns: Turn[]
  timeline: ReturnType<typeof simulateWatched>
} {
  const turns: Turn[] = []
  const timeline = simulateWatched({ manifests: [rollout], untilSeconds: 600, ...input }, (turn) => {
    turns.push(turn)
    return undefined
  })
  return { turns, timeline }
}

const update = { atSeconds: 10, image: 'web:2' }

describe('faults of the modelled world', () => {
  it('lost pods start again, and count as unavailable until they are ready', () => {
    const { timeline } = watched({
      events: [{ atSeconds: 100, losePods: { role: 'stable', count: 3 } }],
      pods: { readyAfterSeconds: 20 },
    })
    const available = timeline.frames
      .filter(({ atSeconds }) => atSeconds >= 100)
      .map((frame) => [frame.atSeconds, recordedFrame(frame).pods['1']])
    expect(available).toEqual([
      [100, [4, 1]],
      [120, [4, 4]],
    ])
  })

  it('pods of the canary are lost only while there is one', () => {
    const lose = { atSeconds: 30, losePods: { role: 'canary', count: 1 } } as const
    const { timeline } = watched({ events: [update, lose], pods: { readyAfterSeconds: 5 } })
    expect(
      timeline.frames.find(({ atSeconds }) => atSeconds === 30)?.pods.find(({ revision }) => revision === 2),
    ).toMatchObject({ wanted: 2, available: 1 })
    const idle = watched({ events: [lose] })
    expect(idle.timeline.frames.some(({ atSeconds }) => atSeconds === 30)).toBe(false)
  })

  it('a controller that dies after any number of writes comes to the same end', () => {
    const ends = [0, 1, 2, 3].map((crashAfterChanges) => {
      const { timeline, turns } = watched({ events: [update, { atSeconds: 10, crashAfterChanges }] })
      const first = turns.find(({ by, atSeconds }) => by === 'Rollout web' && atSeconds === 10)
      expect(first?.changes.length ?? 0).toBeLessThanOrEqual(crashAfterChanges)
      return timeline.frames.at(-1)
    })
    const undisturbed = watched({ events: [update] }).timeline.frames.at(-1)
    for (const end of ends) expect({ ...end, atSeconds: 0 }).toEqual({ ...undisturbed, atSeconds: 0 })
  })

  it('an edit of the spec counts the generation up, and the controller goes by the new plan', () => {
    const edit = { atSeconds: 20, specPatch: { strategy: { canary: { steps: [{ setWeight: 25 }] } } } }
    const { timeline } = watched({ events: [update, edit] })
    const early = timeline.frames.find(({ atSeconds }) => atSeconds === 20)
    expect(early && recordedFrame(early).pods).not.toEqual({ '1': [2, 2], '2': [2, 2] })
    expect(timeline.outcome).toBe('healthy')
  })

  it('the watcher is told of what people and faults did, in its place among the turns', () => {
    const { turns } = watched({ events: [update] })
    const index = turns.findIndex(({ event }) => event === update)
    expect(turns[index]).toMatchObject({ atSeconds: 10, by: 'world', isRefused: false })
    expect(turns[index + 1]).toMatchObject({ atSeconds: 10, by: 'Rollout web' })
  })

  it('events that come twice show the pods of the past for a second, and the present again', () => {
    const events = [update, { atSeconds: 30, repeatSeconds: 18 }]
    const { timeline, turns } = watched({ events, pods: { readyAfterSeconds: 5 } })
    const after = turns.filter(({ by, atSeconds }) => by === 'Rollout web' && atSeconds >= 30).slice(0, 2)
    // At 12 s no canary pod was ready; the phase follows what the controller sees.
    expect(after.map(({ atSeconds }) => atSeconds)).toEqual([30, 31])
    const available = turns.map(({ objects, key, atSeconds }) => ({ atSeconds, status: objects[key]?.status }) as const)
    const counted = (second: number) =>
      (available.filter(({ atSeconds }) => atSeconds <= second).at(-1)?.status as { availableReplicas?: number })
        ?.availableReplicas
    expect([counted(29), counted(30), counted(31)]).toEqual([4, 3, 4])
    expect(timeline.outcome).toBe('healthy')
  })

  it('a clock that jumps ahead ends a pause, and one that jumps back keeps it', () => {
    const endOf = (clockStepSeconds: number): number | undefined => {
      const { timeline } = watched({ events: [update, { atSeconds: 20, clockStepSeconds }] })
      return timeline.frames.find(({ phase, atSeconds }) => phase === 'Healthy' && atSeconds > 10)?.atSeconds
    }
    const [undisturbed, ahead, back] = [endOf(0), endOf(45), endOf(-45)]
    expect([undisturbed, ahead, back]).toEqual([70, 25, 115])
  })

  it('another program scales a ReplicaSet, and the controller scales it back', () => {
    const otherWrite = { kind: 'ReplicaSet', role: 'stable', patch: { spec: { replicas: 0 } } } as const
    const { turns, timeline } = watched({ events: [update, { atSeconds: 30, otherWrite }] })
    const written = turns.find(({ event }) => event?.otherWrite)
    expect(written).toMatchObject({ by: 'world', isRefused: false })
    const [back] = turns.filter(({ by, atSeconds }) => by === 'Rollout web' && atSeconds === 30)
    expect(back?.changes).toMatchObject([{ kind: 'scaleReplicaSet', fromReplicas: 0, replicas: 2 }])
    expect(timeline.outcome).toBe('healthy')
  })

  it.for([
    { kind: 'Service', name: 'nobody', patch: {} },
    { kind: 'Rollout', name: 'web', patch: { spec: null } },
    { kind: 'ReplicaSet', patch: { spec: null } },
  ])('what another program cannot write is told: $kind $name', (otherWrite) => {
    const { timeline } = watched({ events: [{ atSeconds: 30, otherWrite }] })
    expect(timeline.issues).toMatchObject([{ code: 'command-without-effect', path: 'events[30s]' }])
  })

  it('a write of another program that takes every field away leaves an object that can be read', () => {
    const otherWrite = { kind: 'ReplicaSet', role: 'stable', patch: { spec: null, status: 7, metadata: 'x' } } as const
    const { timeline } = watched({
      events: [
        { atSeconds: 30, otherWrite },
        { ...update, atSeconds: 60 },
      ],
    })
    expect(timeline.frames.length).toBeGreaterThan(0)
  })
})
