import { expect, test } from 'vitest'
import { createWorld, type SimulationInput, simulate } from '../../src/simulate/index'

// While a Rollout waits for a person, resyncs change nothing: they are counted, not decided.

const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
})
const rollout = (canary: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: 'web' } },
    strategy: { canary },
    template: template('web:1'),
  },
})
const paused = (untilSeconds: number, more: Partial<SimulationInput> = {}): SimulationInput => ({
  manifests: [rollout({ steps: [{ setWeight: 50 }, { pause: {} }, { setWeight: 75 }, { pause: { duration: 700 } }] })],
  events: [{ atSeconds: 10, image: 'web:2' }, ...(more.events ?? [])],
  pods: { readyAfterSeconds: 3 },
  untilSeconds,
  ...(more.everySecond && { everySecond: true }),
})

const day = 86_400

test('30 days of pause: a reconcile every ten minutes, and no frame', () => {
  const { frames, reconciles } = simulate(paused(30 * day))
  const { frames: ofAnHour, reconciles: inAnHour } = simulate(paused(3600))
  expect(frames).toEqual(ofAnHour)
  expect(reconciles - inAnHour).toBe((30 * day - 3600) / 600)
})

test('what happens after days of rest is what happens after minutes', () => {
  const afterSeconds = (at: number) => {
    const events = [
      { atSeconds: at, command: 'promote' as const },
      { atSeconds: at + 2000, replicas: 6 },
      { atSeconds: at + 4000, image: 'web:3' },
    ]
    const { frames } = simulate(paused(at + 10_000, { events: events as SimulationInput['events'] }))
    return (
      frames
        .filter(({ atSeconds }) => atSeconds >= at)
        // Blockers say since when, and until when.
        .map(({ atSeconds, wakeUps, blockers, ...frame }) => ({
          ...frame,
          after: atSeconds - at,
          blockers: blockers.map(({ code }) => code),
          wakeUps: wakeUps.map(({ atSeconds: due, ...reason }) => ({ ...reason, after: due - at })),
        }))
    )
  }
  expect(afterSeconds(3 * day).length).toBeGreaterThan(5)
  expect(afterSeconds(3 * day)).toEqual(afterSeconds(1800))
})

test('looking every second shows the same for two hours', () => {
  const [everySecond, atRest] = [simulate(paused(7200, { everySecond: true })), simulate(paused(7200))]
  expect(atRest.frames).toEqual(everySecond.frames)
  expect(atRest.events).toEqual(everySecond.events)
})

test('advancing in pieces is the same as at once, and a fork rests by itself', () => {
  const whole = createWorld(paused(0))
  const pieces = createWorld(paused(0))
  whole.advance(2 * day)
  for (let piece = 0; piece < 192; piece++) pieces.advance(900)
  expect(pieces.timeline().frames).toEqual(whole.timeline().frames)
  expect(pieces.timeline().reconciles).toBe(whole.timeline().reconciles)
  const fork = whole.fork()
  fork.command('promote')
  expect(fork.advance(10).stepIndex).toBe(3)
  expect(whole.advance(day).stepIndex).toBe(1)
})

test('maxReconciles counts resyncs at rest', () => {
  const { issues } = simulate({ ...paused(30 * day), maxReconciles: 100 })
  expect(issues.map(({ code }) => code)).toContain('too-long')
})
