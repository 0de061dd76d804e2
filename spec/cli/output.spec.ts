import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { printReplay } from '../../src/cli/analyzeTable'
import { readable, readableLine } from '../../src/cli/readable'
import { printTable } from '../../src/cli/table'
import type { KubeObject } from '../../src/model/meta'
import { replayAnalysis, simulate } from '../../src/simulate/index'
import { bundledCommand } from '../bundled'
import { fc } from '../properties/fc'

const commanding = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u
const hostile = '\x1b]0;owned\x07\x1b[2Jx\nHealthy 5/5\r\u009b31m\u202egnp.\u2066a'

describe('what people read', () => {
  test.each([
    ['\x1b[2J', '\\x1b[2J'],
    ['a\r\nb', 'a\\r\nb'],
    ['\u202egnp', '\\u202egnp'],
    ['\u009b31m\x7f', '\\x9b31m\\x7f'],
    ['größer 😀 …', 'größer 😀 …'],
  ])('%j is shown as %j', (text, shown) => {
    expect(readable(text)).toBe(shown)
  })

  test('no text commands the terminal, and a line stays one line', () => {
    const text = fc.string({ unit: fc.constantFrom(...hostile, 'a', '\u0000', '\u2069', '\u0085') })
    fc.assert(
      fc.property(text, (given) => {
        expect(readable(given)).not.toMatch(commanding)
        expect(readableLine(given)).not.toMatch(/\n/)
      }),
      { seed: 20300102 },
    )
  })

  test('names and messages of a simulation come out escaped, cell by cell', () => {
    const rollout = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: `web${hostile}`, namespace: 'shop' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: hostile }] } },
        strategy: { canary: { steps: [{ setWeight: 20 }] } },
      },
    } as unknown as KubeObject
    const timeline = simulate({ manifests: [rollout], untilSeconds: 60 })
    const key = Object.keys(timeline.objects).find((one) => one.startsWith('rollouts/')) as string
    const table = printTable(timeline, { key, rollout }, { untilSeconds: 60, showEvents: true })
    expect(table).not.toMatch(commanding)
    expect(table).not.toMatch(/^Healthy/m)
  })

  test('names and values of a replay come out escaped, cell by cell', () => {
    const template = {
      metadata: { name: 't' },
      spec: { metrics: [{ name: hostile, successCondition: 'result == "a"', provider: { web: { url: 'http://h' } } }] },
    }
    const table = printReplay(replayAnalysis(template as never, { [hostile]: [hostile] }))
    expect(table).not.toMatch(commanding)
    expect(table).not.toMatch(/^Healthy/m)
  })

  test('nothing but output.ts writes to the terminal', () => {
    const folder = fileURLToPath(new URL('../../src/cli', import.meta.url))
    const sources = readdirSync(folder, { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.ts'))
    const others = sources.filter((file) => file !== 'output.ts')
    const writers = others.filter((file) =>
      /process\.std(?:out|err)|console\./.test(readFileSync(`${folder}/${file}`, 'utf8')),
    )
    expect(writers).toEqual([])
  })
})

const main = bundledCommand()
const example = fileURLToPath(new URL('../../examples/01-what-will-happen/rollout.yaml', import.meta.url))
const sh = (command: string) => spawnSync('bash', ['-c', command], { encoding: 'utf8' })

describe('output that cannot be written', () => {
  const simulateJson = `'${process.execPath}' '${main}' simulate '${example}' --output json`

  test('a pipe that closes early ends without a word', () => {
    const { stderr, stdout } = sh(`${simulateJson} | head -n 1; echo "codes \${PIPESTATUS[0]}"`)
    expect(stderr).toBe('')
    expect(stdout).toContain('codes 0')
  }, 60_000)

  test.skipIf(!existsSync('/dev/full'))(
    'a full disk is said, with an exit code',
    () => {
      const { stderr, status } = sh(`${simulateJson} > /dev/full`)
      expect(stderr).toMatch(/^rollout-engine: cannot write the output: ENOSPC[^\n]*\n$/)
      expect(status).toBe(7)
    },
    60_000,
  )
})
