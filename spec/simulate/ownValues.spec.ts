import { expect, test } from 'vitest'
import { createWorld, type SimulationInput, simulate } from '../../src/simulate/index'

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const steps = [{ setWeight: 50 }, { pause: {} }]
const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps } }, template }
const input = (): SimulationInput => ({
  manifests: [{ kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec }],
  events: [{ atSeconds: 10, image: 'web:2' }],
  untilSeconds: 60,
})

/** Writes into every object and list that it reaches. */
function spoil(value: unknown, seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  for (const inner of Object.values(value)) spoil(inner, seen)
  if (Array.isArray(value)) value.push('spoilt')
  else (value as Record<string, unknown>).spoilt = true
}

test('what a caller writes into a timeline shows in no other one', () => {
  const before = JSON.stringify(simulate(input()))
  const timeline = simulate(input())
  spoil({ frames: timeline.frames, events: timeline.events, issues: timeline.issues, deeds: timeline.deeds })
  expect(JSON.stringify(simulate(input()))).toBe(before)
})

test('fields that are computed when they are read are own fields in their places', () => {
  const timeline = simulate(input())
  expect(Object.keys(timeline).slice(-5)).toEqual(['objects', 'resources', 'reconciles', 'history', 'untilSeconds'])
  expect(timeline.history).toBe(timeline.history)
  const copy = { ...timeline }
  expect(copy.history.seconds.length).toBeGreaterThan(0)
  expect(structuredClone({ ...copy, at: undefined }).history).toEqual(timeline.history)
  expect(Object.getOwnPropertySymbols(copy)).toEqual([])
})

test('a world and its fork each have a time of their own', () => {
  const world = createWorld(input())
  world.advance(5)
  const fork = world.fork()
  fork.advance(20)
  expect([world.second, fork.second]).toEqual([5, 25])
  expect([world.state.atSeconds, fork.state.atSeconds]).toEqual([5, 25])
  expect(Object.keys(world).slice(0, 2)).toEqual(['second', 'state'])
})
