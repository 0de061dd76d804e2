import { expect, test } from 'vitest'
import { simulate } from '../../src/simulate/simulate'
import type { SimulationInput } from '../../src/simulate/simulation'
import { compareRuns } from '../../src/upgrade/compareRuns'
import { compareText } from '../../src/upgrade/compareText'
import { shop } from '../scenario/shop'

const run = (canary: object, more: Partial<SimulationInput> = {}) => {
  const strategy = { canary: { steps: [{ setWeight: 20 }, { pause: { duration: '1m' } }], ...canary } }
  const events = [
    { atSeconds: 60, image: 'shop:2' },
    { atSeconds: 100, command: 'abort' },
  ] as const
  const pods = { readyAfterSeconds: 10 }
  return simulate({ manifests: [shop({ strategy })], events, pods, untilSeconds: 600, ...more })
}

test('two runs that are the same', () => {
  const same = compareRuns(run({}), run({}))
  expect(same).toMatchObject({ isSame: true, onlyLeft: [], onlyRight: [], endsAlike: true, fields: [], changes: [] })
  expect(same).not.toHaveProperty('first')
  expect(compareText(same, ['a', 'b'], 'text')).toContain('They go the same way from the first second to the last.')
})

test('two strategies: the first moment, the field behind it, and the numbers', () => {
  const steps = [{ setWeight: 50 }, { pause: { duration: '1m' } }]
  const { first, fields, numbers, outcomes } = compareRuns(run({}), run({ steps }))
  expect(first?.atSeconds).toBe(60)
  const stable = { revision: 1, role: 'stable', wanted: 8, available: 8 }
  expect(first?.left?.pods).toEqual([stable, { revision: 2, role: 'canary', wanted: 2, available: 0 }])
  expect(first?.right?.pods).toEqual([stable, { revision: 2, role: 'canary', wanted: 5, available: 0 }])
  expect(fields).toEqual([{ path: 'spec.strategy.canary.steps[0].setWeight', before: 20, after: 50 }])
  expect(outcomes).toEqual(['aborted', 'aborted'])
  expect(numbers.find(({ name }) => name === 'the last update took')).toMatchObject({ left: 40, right: 40 })
  const text = compareText(compareRuns(run({}), run({ steps })), ['small.yaml', 'large.yaml'], 'markdown')
  expect(text).toContain('### What differs first, at 60 s')
  expect(text).toContain('- spec.strategy.canary.steps[0].setWeight is 20 and 50')
  expect(text).toMatch(/\| {2}\| small.yaml \| large.yaml \|\n\|---\|---\|---\|/)
})

test('two controllers: an abort gives traffic back at once, or along the steps', () => {
  const canary = {
    canaryService: 'c',
    stableService: 's',
    dynamicStableScale: true,
    trafficRouting: { nginx: { stableIngress: 'i' } },
    steps: [{ setWeight: 20 }, { setWeight: 60 }, { pause: {} }],
  }
  const under = (controller: 'v1.8' | 'v1.10') => run(canary, { options: { controller } })
  const { isSame, first, changes, controllers } = compareRuns(under('v1.8'), under('v1.10'))
  expect([isSame, controllers]).toEqual([false, ['v1.8', 'v1.10']])
  expect(first).toMatchObject({ atSeconds: 100 })
  expect(changes.map(({ text }) => text).join()).toContain('An abort with dynamicStableScale takes traffic back')
  expect(compareRuns(under('v1.10'), under('v1.8')).changes).toEqual(changes)
})

test('a frame that contains itself counts as missing', () => {
  const timeline = run({})
  const cyclic: { own?: unknown } = {}
  cyclic.own = cyclic
  const spoilt = { ...timeline, frames: timeline.frames.map((frame, at) => (at === 1 ? { ...frame, cyclic } : frame)) }
  expect(compareRuns(spoilt, timeline).isSame).toBe(false)
})
