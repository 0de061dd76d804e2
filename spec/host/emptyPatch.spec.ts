import { expect, test } from 'vitest'
import { memoryHost } from '../../src/memory/index'

// A field of the status that is null counts as missing, so the patch of the status is empty. Had it made a new version, the
// host would have looked again because of it, and so on without end.
test('a patch of the status that changes nothing wakes nobody', async () => {
  const rollout = { kind: 'Rollout', metadata: { name: 'web' }, status: { currentStepHash: null } }
  const clock = { now: () => Date.parse('2030-01-01T00:00:00Z'), after: () => () => {} }
  const host = memoryHost([rollout as never], { clock })
  const stop = new AbortController()
  const running = host.run(stop.signal)
  await host.idle()
  stop.abort()
  await running
  const [reconciles] = host.metrics()
  const count = reconciles?.samples.reduce((sum, { value }) => sum + value, 0) ?? 0
  expect(count).toBeGreaterThan(0)
  expect(count).toBeLessThan(5)
})
