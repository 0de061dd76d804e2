import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseManifests } from '../../src/input/index'
import { root } from '../package/packed'
import type { Figure } from './bench'
import { withShipped } from './shipped'

/**
 * A newcomer's check: 1,000 runs of all known invariants on a canary, from a process that has run nothing yet, with the
 * counterexamples made smaller. By the clock on the wall, because that is what somebody waits for.
 */
export async function bench(): Promise<readonly Figure[]> {
  const text = readFileSync(join(root, 'spec/input/fixtures/seed-000-01.yaml'), 'utf8')
  const manifests = parseManifests(text).objects as Parameters<typeof import('../../src/check/index').tryStrategy>[0]
  return withShipped(({ kit }) => {
    const before = process.hrtime.bigint()
    const { counterexamples } = kit.tryStrategy(manifests, { runs: 1000, seed: 1 })
    const seconds = Number(process.hrtime.bigint() - before) / 1e9
    return [
      { name: 'check: 1,000 runs of the default check', value: seconds, unit: 's', most: 10 },
      { name: 'check: counterexamples made smaller among them', value: counterexamples.length, unit: '' },
    ]
  })
}
