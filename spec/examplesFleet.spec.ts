import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { costOfOne } from '../examples/fleet/cost'
import { measureFleet } from '../examples/fleet/oneProcess'
import { runSharded } from '../examples/fleet/sharded'
import { isRedisInstalled } from '../examples/sweep-cluster/redis'

// The fleet in a size for CI. `npx tsx examples/fleet/main.ts` runs the full one, with figures. That the work for one Rollout does not
// grow with their number is counted in spec/host/sight.spec.ts.

test('one process: every Rollout is installed, and those that are updated are in their update at the same time', async () => {
  const figures = await measureFleet({ rollouts: 24, updating: 12, pauseSeconds: 1 })
  expect(figures.mostUpdating).toBe(12)
  expect(figures.reconciles).toBeGreaterThan(24 * 3 + 12 * 5)
  expect(figures.latencyMilliseconds.p99).toBeGreaterThan(0)
}, 120_000)

test('the cost is measured on fleets that came to their end', async () => {
  const cost = await costOfOne(10, 5)
  expect(cost.installMilliseconds).toBeGreaterThan(0)
  expect(cost.updateMilliseconds).toBeGreaterThan(0)
})

const isInstalled = isRedisInstalled()
if (!isInstalled)
  console.log('redis-server is not installed (Debian: apt-get install redis-server): the fleet over it is skipped')

describe.skipIf(!isInstalled)('a fleet over processes and a real Redis', () => {
  test('a process that is killed in the midst of an update is replaced, and no effect is carried out twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-test-'))
    vi.stubEnv('TMPDIR', folder)
    const [rollouts, updating] = [150, 60]
    const { orphans, effects, twice } = await runSharded({
      rollouts,
      updating,
      shards: 3,
      pauseSeconds: 2,
      print: () => {},
    })
    expect(orphans).toBeGreaterThan(rollouts / 6)
    expect(twice).toEqual([])
    expect(effects).toMatchObject({
      createReplicaSet: rollouts + updating,
      // Of the first version to 4; of the second to 1, 2 and 4, and the old one to 0.
      scaleReplicaSet: rollouts + 4 * updating,
      // At first 0; then 25, 50, 100, and 0 again.
      setWeight: rollouts + 4 * updating,
    })
    // The server and its data are gone.
    expect(readdirSync(folder).filter((name) => name.includes('redis'))).toEqual([])
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  }, 300_000)
})
