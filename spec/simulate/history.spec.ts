import { expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import {
  compareTimelines,
  objectsAt,
  type SimulationInput,
  simulate,
  type Timeline,
  type WorldEvent,
} from '../../src/simulate/index'

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const canary = { steps: [{ setWeight: 25 }, { pause: { duration: 30 } }, { setWeight: 60 }, { pause: {} }] }
const spec = { replicas: 4, selector: { matchLabels: { app: 'web' } }, strategy: { canary }, template }
const web: KubeObject = { kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec }
const key = 'rollouts/shop/web'
const update: WorldEvent = { atSeconds: 60, image: 'web:2' }

const run = (input: Partial<SimulationInput> = {}): Timeline =>
  simulate({ manifests: [web], events: [update], untilSeconds: 600, pods: { readyAfterSeconds: 7 }, ...input })
const stepAt = (timeline: Timeline, seconds: number): unknown =>
  (timeline.at(seconds)[key]?.status as { currentStepIndex?: number } | undefined)?.currentStepIndex

test('every object at every second is what the frames say', () => {
  const timeline = run()
  expect(timeline.frames.length).toBeGreaterThan(5)
  for (const { atSeconds, stepIndex, phase, stable } of timeline.frames) {
    expect(timeline.at(atSeconds)[key]?.status).toMatchObject({ phase, stableRS: stable ?? undefined })
    expect(stepAt(timeline, atSeconds) ?? null).toBe(stepIndex)
  }
})

test('between two changes nothing moves; before the start are the manifests; the last second is the end', () => {
  const timeline = run()
  expect(timeline.at(59)).toEqual(timeline.at(20))
  expect(timeline.at(-1)).toEqual(timeline.history.start)
  expect(timeline.at(600)).toEqual(timeline.objects)
})

test('a second has only what it changed, field by field', () => {
  const { history } = run()
  const second = history.seconds.find(({ atSeconds }) => atSeconds === 60)
  expect(second?.patches.map(({ path }) => path.join(' '))).toContain(`${key} spec template spec containers`)
  expect(JSON.stringify(history.seconds).length).toBeLessThan(60_000)
})

test('a timeline is data: clones and JSON answer the same', () => {
  const timeline = run()
  const cloned = structuredClone(timeline)
  const read = JSON.parse(JSON.stringify(timeline)) as Timeline
  expect(objectsAt(cloned, 77)).toEqual(timeline.at(77))
  expect(objectsAt(read, 77)).toEqual(timeline.at(77))
  expect(run()).toEqual(timeline)
})

test('asking for a second does not change what another one holds', () => {
  const timeline = run()
  const first = structuredClone(timeline.at(70))
  timeline.at(600)
  expect(timeline.at(70)).toEqual(first)
})

test('keys that patches may not name change nothing about the answer', () => {
  const labels = JSON.parse('{ "constructor": "a", "prototype": "b", "app": "web" }') as Record<string, string>
  const odd = { ...spec, template: { ...template, metadata: { labels } } }
  const timeline = run({ manifests: [{ ...web, spec: odd }] })
  expect(timeline.at(600)).toEqual(timeline.objects)
})

test('two timelines part object by object', () => {
  const differences = compareTimelines(run(), run({ events: [update, { atSeconds: 100, command: 'abort' }] }))
  expect(differences.map(({ key: changed, atSeconds }) => [changed, atSeconds])).toEqual(
    expect.arrayContaining([[key, 100]]),
  )
  expect(differences.every(({ atSeconds }) => atSeconds >= 100)).toBe(true)
  expect(differences[0]?.fields.map(({ path }) => path)).toContain('status.abort')
  expect(compareTimelines(run(), run())).toEqual([])
})
