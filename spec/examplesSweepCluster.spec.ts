import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { sweepHere, sweepOnCluster } from '../examples/sweep-cluster/main'
import { isRedisInstalled } from '../examples/sweep-cluster/redis'

const isInstalled = isRedisInstalled()
if (!isInstalled)
  console.log('redis-server is not installed (Debian: apt-get install redis-server): the sweep over it is skipped')

describe.skipIf(!isInstalled)('a sweep over workers and a real Redis', () => {
  test('loses nothing when a worker is killed, and gives the same bytes as one process', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-test-'))
    vi.stubEnv('TMPDIR', folder)
    const lines: string[] = []
    const runs = 9
    const report = await sweepOnCluster({
      runs,
      workers: 2,
      inBatch: 2,
      killsOne: true,
      print: (line) => lines.push(line),
    })
    expect(lines).toEqual(['a worker dies in the midst of the batch seed-1', '5 batches are done'])
    expect(JSON.stringify(report)).toBe(JSON.stringify(sweepHere(runs)))
    // The server and its data are gone.
    expect(readdirSync(folder).filter((name) => name.includes('redis'))).toEqual([])
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  }, 300_000)
})
