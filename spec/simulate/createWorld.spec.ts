import { describe, expect, it } from 'vitest'
import { createWorld, simulate, until, type WorldDeed } from '../../src/simulate/index'
import { fc } from '../properties/fc'

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const steps = [{ setWeight: 50 }, { pause: {} }, { setWeight: 75 }, { pause: { duration: 20 } }]
const rollout = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps } }, template },
}
const input = { manifests: [rollout], pods: { readyAfterSeconds: 3 } }
const seed = 20_261_129

describe('a world that is stepped through', () => {
  it('goes second by second, and until something is as wanted', () => {
    const world = createWorld(input)
    expect(world.state).toMatchObject({ atSeconds: 0, phase: 'Progressing' })
    expect(world.advance(10)).toMatchObject({ atSeconds: 10, phase: 'Healthy' })
    world.act({ image: 'web:2' })
    expect(world.advance(until(({ phase }) => phase === 'Paused'))).toMatchObject({ atSeconds: 13, stepIndex: 1 })
    expect(world.second).toBe(13)
    expect(world.advance(until(({ phase }) => phase === 'Healthy', 60))).toBeUndefined()
    expect(world.second).toBe(73)
    world.command('promote')
    expect(world.advance(until(({ phase }) => phase === 'Healthy'))).toMatchObject({
      pods: [{ revision: 2, wanted: 4, available: 4 }],
    })
    expect(world.at(13)?.phase).toBe('Paused')
    expect(world.at(world.second + 1)).toBeUndefined()
  })

  it('forks: what happens to one does not happen to the other', () => {
    const world = createWorld(input)
    world.advance(10)
    world.act({ image: 'web:2' })
    world.advance(10)
    const before = world.timeline()
    const other = world.fork()
    world.command('abort')
    world.advance(10)
    expect(world.state.abort).toBe(true)
    expect(other.timeline()).toEqual(before)
    other.command('promote')
    other.advance(60)
    expect(other.state.phase).toBe('Healthy')
  })

  it('applies manifests', () => {
    const world = createWorld(input)
    world.advance(5)
    world.apply({ ...rollout, spec: { ...rollout.spec, replicas: 6 } })
    expect(world.advance(10).pods).toMatchObject([{ revision: 1, wanted: 6, available: 6 }])
  })

  it('does nothing with input that cannot be simulated, and says why', () => {
    const world = createWorld({ manifests: [] })
    expect(world.advance(60).message).toContain('there is no Rollout')
    expect(world.command('promote').phase).toBe('')
    expect(world.fork().timeline().outcome).toBe('not-simulated')
  })

  it('tells the same story however it is cut into steps', () => {
    const deeds = fc.constantFrom<WorldDeed>(
      { image: 'web:2' },
      { command: 'promote' },
      { command: 'abort' },
      { replicas: 6 },
    )
    const events = fc.array(fc.tuple(deeds, fc.integer({ min: 0, max: 100 })), { maxLength: 5 })
    const cuts = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 })
    fc.assert(
      fc.property(events, cuts, (events, cuts) => {
        const planned = { ...input, events: events.map(([deed, atSeconds]) => ({ ...deed, atSeconds })) }
        const world = createWorld(planned)
        for (const seconds of cuts) {
          world.fork().command('abort')
          world.advance(seconds)
        }
        world.advance(400 - world.second)
        expect(world.timeline()).toEqual(simulate({ ...planned, untilSeconds: 400 }))
      }),
      { seed, numRuns: 60 },
    )
  })
})
