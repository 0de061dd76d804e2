import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { missingPrograms, runDemo } from '../examples/local-processes/main'
import { root } from './package/packed'

// Real processes, a real HAProxy and a real Prometheus, on the loopback interface only.

const missing = missingPrograms()
if (missing.length > 0)
  console.log(
    `not installed (Debian: apt-get install ${missing.join(' ')}): the example with local processes is skipped`,
  )

const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-test-'))
beforeAll(() => void vi.stubEnv('TMPDIR', folder))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

/** Processes that have our temporary folder in their environment. */
const left = (): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TMPDIR=${folder}\0`)
      } catch {
        return false
      }
    })

describe.skipIf(missing.length > 0)('the demo without Kubernetes', () => {
  test('promotes the good version, takes the bad one back, and leaves nothing behind', async () => {
    const lines: string[] = []
    const [good, bad] = await runDemo({ print: (line) => lines.push(line) })
    const report = lines.join('\n')
    expect(good, report).toMatchObject({ phase: 'Healthy', weights: [25, 50, 100, 0] })
    expect(good?.answers, report).toEqual({
      1: { good: expect.any(Number), bad: 0 },
      2: { good: expect.any(Number), bad: 0 },
    })
    expect(Object.keys(good?.afterwards ?? {}), report).toEqual(['2'])
    expect(bad, report).toMatchObject({ phase: 'Degraded', weights: [25, 0] })
    // Every request was answered by a version, and the bad one had no more than its share.
    const { 2: stable, 3: canary, ...others } = bad?.answers ?? {}
    expect(others, report).toEqual({})
    expect(stable?.bad).toBe(0)
    expect(canary?.bad, report).toBeGreaterThan(0)
    expect((canary?.good ?? 0) + (canary?.bad ?? 0), report).toBeLessThan((stable?.good ?? 0) * 0.5)
    expect(bad?.afterwards, report).toEqual({ 2: { good: expect.any(Number), bad: 0 } })
    expect(report).toContain('Metric "errors" assessed Failed')
    expect(report).not.toContain('went wrong')
    expect(left()).toEqual([])
    expect(readdirSync(folder).filter((name) => name.startsWith('rollout-engine-local'))).toEqual([])
  }, 120_000)

  test('ends all its processes when it is interrupted', async () => {
    const words = ['--import', 'tsx', 'examples/local-processes/main.ts']
    const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    const output: string[] = []
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    await new Promise<void>((resolve) => {
      child.once('close', () => resolve())
      child.stdout.on('data', (part: Buffer) => {
        output.push(part.toString('utf8'))
        if (output.join('').includes('shop:2 is well')) resolve()
      })
    })
    expect(left().length, output.join('')).toBeGreaterThan(6)
    child.kill('SIGINT')
    expect(await ended, output.join('')).toBe(1)
    expect(output.join('')).toContain('ended: SIGINT')
    expect(left()).toEqual([])
    expect(readdirSync(folder).filter((name) => name.startsWith('rollout-engine-local'))).toEqual([])
  }, 120_000)
})
