import { expect, test } from 'vitest'
import { keyedQueue, type Verdict } from '../../src/host/queue/keyedQueue'
import { manualClock } from '../../src/memory/index'
import { fc } from '../properties/fc'
import { propertySeed } from '../properties/seed'

function queueOf(work: (key: string) => Promise<Verdict>, concurrency = 2) {
  const clock = manualClock('1970-01-01T00:00:00Z')
  const options = { firstRetryMilliseconds: 5, longestRetryMilliseconds: 1_000_000, jitter: () => 0 }
  return { clock, queue: keyedQueue({ clock, work, concurrency, ...options }) }
}

test('a key never overlaps itself, never more run than allowed, and none that was added is forgotten', async () => {
  const step = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    afterMilliseconds: fc.integer({ min: 0, max: 50 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.integer({ min: 1, max: 3 }), async (steps, concurrency) => {
      const running = new Set<string>()
      const begun = new Map<string, number>()
      const { clock, queue } = queueOf(async (key) => {
        expect(running.has(key)).toBe(false)
        running.add(key)
        expect(running.size).toBeLessThanOrEqual(concurrency)
        begun.set(key, clock.now())
        await new Promise<void>((resolve) => clock.after(7, resolve))
        running.delete(key)
        return { kind: 'done' }
      }, concurrency)
      queue.start()
      const added = new Map<string, number>()
      for (const { key, afterMilliseconds } of steps) {
        await clock.advance(0.003)
        clock.after(afterMilliseconds, () => queue.add(key))
        added.set(key, clock.now())
      }
      await clock.advance(10)
      for (const [key, at] of added) expect(begun.get(key)).toBeGreaterThanOrEqual(at)
      await queue.stop()
    }),
    { seed: propertySeed, numRuns: 60 },
  )
})

test('trouble is tried again after 5 ms, 10 ms and so on up to 1000 s, and starts anew after one that went well', async () => {
  const times: number[] = []
  const world = { isDown: true }
  const { clock, queue } = queueOf(async () => {
    times.push(clock.now())
    if (world.isDown) throw new Error('down')
    return { kind: 'done' }
  })
  queue.start()
  queue.add('a')
  await clock.advance(10_000)
  const waits = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  expect(waits.slice(0, 5)).toEqual([5, 10, 20, 40, 80])
  expect(waits.slice(-2)).toEqual([1_000_000, 1_000_000])
  world.isDown = false
  await clock.advance(1000)
  world.isDown = true
  const before = times.length
  queue.add('a')
  await clock.advance(0.014)
  expect(times.length - before).toBe(2)
})

test('keys are served in the order in which they came', async () => {
  const served: string[] = []
  const { clock, queue } = queueOf(async (key) => {
    served.push(key)
    return { kind: 'done' }
  }, 1)
  for (const key of ['c', 'a', 'b', 'a']) queue.add(key)
  queue.start()
  await clock.advance(1)
  expect(served).toEqual(['c', 'a', 'b'])
})

test('a key that has to rest is not looked at before, whoever asks', async () => {
  const times: number[] = []
  const { clock, queue } = queueOf(async () => {
    times.push(clock.now())
    return { kind: 'done', restMilliseconds: 1000 }
  })
  queue.start()
  queue.add('a')
  await clock.advance(0.1)
  queue.add('a')
  queue.add('a')
  await clock.advance(5)
  expect(times).toEqual([0, 1000])
})
