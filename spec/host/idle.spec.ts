import { expect, test } from 'vitest'
import { createHost, type HostPorts } from '../../src/host/index'
import { memoryCluster } from '../../src/memory/index'
import { rollout } from './shop'

// Nothing of these hosts is ever due later: whoever waited for that would wait for ever.
const clock = { now: () => Date.parse('2030-01-01T00:00:00Z'), after: () => () => {} }

function hostOf(names: readonly string[], more: Partial<HostPorts['cluster']> = {}) {
  const cluster = memoryCluster({ clock })
  for (const name of names) cluster.applyObject(rollout(name, 'web:1'))
  const { get, list, apply, writeStatus, watch } = cluster
  return createHost(
    { cluster: { get, list, apply, writeStatus, watch, ...more }, clock },
    { concurrency: { Rollout: 1 } },
  )
}

const retries = (metrics: ReturnType<ReturnType<typeof createHost>['metrics']>): number | undefined =>
  metrics.find(({ name }) => name === 'rollout_engine_queue_retries')?.samples[0]?.value

test('a host is idle while a creation that was refused waits in back-off', async () => {
  const host = hostOf(['web'], { apply: () => ({ message: 'quota exceeded' }) })
  const stop = new AbortController()
  const running = host.run(stop.signal)
  await host.idle()
  expect(retries(host.metrics())).toBe(1)
  stop.abort()
  await running
})

test('a host that was stopped is idle, whatever was ready', async () => {
  const stop = new AbortController()
  const host = hostOf(['web', 'shop', 'cart'], {
    get: () => {
      stop.abort()
      return undefined
    },
  })
  await host.run(stop.signal)
  await host.idle()
  expect(host.metrics().find(({ name }) => name === 'rollout_engine_queue_ready')?.samples[0]?.value).toBeGreaterThan(0)
})
