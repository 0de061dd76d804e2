import { expect, test } from 'vitest'
import { windowSecondsOf } from '../../src/replay/windowSeconds'

test.for([
  [{ datadog: { interval: '10m' } }, 600],
  [{ datadog: {} }, undefined],
  [{ cloudWatch: { interval: '30m' } }, 1800],
  [{ graphite: { query: 'target=a.b&from=-5min' } }, 300],
  [{ graphite: { query: 'from=-2h&target=a' } }, 7200],
  [{ graphite: { query: 'target=a' } }, undefined],
  [{ prometheus: { query: 'x' } }, undefined],
] as const)('a measurement of %j looks back %s seconds', ([provider, seconds]) => {
  expect(windowSecondsOf({ name: 'm', provider })).toBe(seconds)
})
