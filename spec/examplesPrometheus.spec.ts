import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { healthyAndFailing } from '../examples/06-real-prometheus/main'
import { isPrometheusInstalled } from '../examples/06-real-prometheus/prometheus'

const isInstalled = isPrometheusInstalled()
if (!isInstalled)
  console.log('prometheus is not installed (Debian: apt-get install prometheus): its example is skipped')

describe.skipIf(!isInstalled)('the example with a real Prometheus', () => {
  test('passes the healthy version, fails the other, and cleans up', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-test-'))
    vi.stubEnv('TMPDIR', folder)
    const lines: string[] = []
    const [healthy, failing] = await healthyAndFailing((line) => lines.push(line))
    const report = lines.join('\n')
    expect(healthy.phase, report).toBe('Successful')
    expect(healthy.measurements).toHaveLength(5)
    for (const { phase, value = '' } of healthy.measurements) {
      expect(phase).toBe('Successful')
      expect(JSON.parse(value)[0]).toBeCloseTo(0.99)
    }
    expect(failing.phase, report).toBe('Failed')
    expect(lines.at(-1)).toContain('assessed Failed due to failed (2) > failureLimit (1)')
    expect(failing.measurements.filter(({ phase }) => phase === 'Failed')).toHaveLength(2)
    expect(readdirSync(folder)).toEqual([])
    rmSync(folder, { recursive: true })
    vi.unstubAllEnvs()
  }, 60_000)
})
