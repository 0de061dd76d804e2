import { expect, test } from 'vitest'
import { measureWithFetch } from '../../src/adapters/measure'
import { metricConditions } from '../../src/metrics/conditions'

test('a log that throws does not end the measurement', async () => {
  const metric = { name: 'rate', provider: { prometheus: { address: 'http://127.0.0.1:1', query: 'up' } } }
  const context = { metric, run: { metadata: { name: 'run', namespace: 'shop' } }, ...metricConditions }
  const log = (): never => {
    throw new Error('disk full')
  }
  const { measurement } = await measureWithFetch(context, { op: 'run' }, { now: () => '2030-01-01T00:00:00Z', log })
  expect(measurement?.phase).toBe('Error')
  expect(measurement?.message).not.toContain('disk full')
})
