import { expect, test } from 'vitest'
import { simulate } from '../../src/simulate/index'

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const rolloutWith = (steps: readonly object[]) => ({
  kind: 'Rollout',
  metadata: { name: 'web' },
  spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: { steps } }, template },
})

test.for([
  ['invalid', [{ setWeight: 500 }]],
  ['malformed', [{ setWeight: 'x' }]],
])('an %s Rollout is tried again as rarely as the controller tries: every 10 s after a while', ([, steps]) => {
  const { reconciles, frames } = simulate({ manifests: [rolloutWith(steps as object[])], untilSeconds: 3600 })
  expect(reconciles).toBeLessThan(400)
  expect(frames).toHaveLength(1)
})

test('the looks lie as far apart as the tries of its queue', () => {
  const reconcilesUntil = (untilSeconds: number): number =>
    simulate({ manifests: [rolloutWith([{ setWeight: 500 }])], untilSeconds }).reconciles
  const counts = Array.from({ length: 40 }, (_, second) => reconcilesUntil(second))
  const looks = counts.flatMap((count, second) => (count > (counts[second - 1] ?? 0) ? [second] : []))
  expect(looks).toEqual([0, 1, 2, 4, 8, 16, 26, 36])
})

test('what mends it is seen at once', () => {
  const events = [{ atSeconds: 1804, specPatch: { strategy: { canary: { steps: [{ setWeight: 50 }] } } } }]
  const { frames } = simulate({ manifests: [rolloutWith([{ setWeight: 500 }])], events, untilSeconds: 3600 })
  expect(frames[1]).toMatchObject({ atSeconds: 1804 })
  expect(frames.at(-1)?.phase).toBe('Healthy')
})
