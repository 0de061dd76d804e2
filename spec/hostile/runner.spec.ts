import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { State } from './state'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What `npm run attack` finds in functions that do not survive it. */
function attacked(words: readonly string[]): Promise<State> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-engine-attack-'))
  const file = join(folder, 'state.json')
  const args = ['spec/hostile/main.ts', '--entry', 'spec/hostile/fixtures/casualties.ts', '--state', file, ...words]
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', ...args], { cwd: root }, () => {
      const state = JSON.parse(readFileSync(file, 'utf8')) as State
      rmSync(folder, { recursive: true })
      resolve(state)
    })
  })
}

test('npm run attack survives what hangs and what hoards, names its smallest input and goes on', {
  timeout: 600_000,
}, async () => {
  const { casualties, done } = await attacked(['--seed', '269', '--total', '10', '--only', 'hangs,hoards'])
  expect(casualties.map(({ name, input }) => `${name}(${input.slice(1, -1)})`)).toEqual([
    'hangs(2147483647)',
    'hoards([], true)',
  ])
  expect(Object.values(done)).toEqual([5, 5])
})
