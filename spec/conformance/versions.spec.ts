import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { judgeFamily } from './judgeFamily'
import { familiesIn, vectorsFolder } from './vectors'

const folderOf = (version: string): string => join(vectorsFolder, 'versions', version)

const traces = [
  'analysis-run',
  'blue-green',
  'blue-green-analysis',
  'canary-analysis',
  'canary-basic',
  'canary-routed',
  'experiment',
]
const functions = ['pod-template-hash', 'simulation', 'step-hash']

/** Released controller -> the families of its recordings that the engine claims. */
const claimed: Readonly<Record<string, readonly string[]>> = {
  'v1.10.0': [...traces, 'conditions', 'invalid', ...functions, 'simulation-timers', 'simulation-workloads'],
  'v1.9.3': [...traces, 'conditions', 'invalid', ...functions],
  'v1.8.5': [...traces, 'invalid', ...functions],
  'v1.7.2': [...traces, 'invalid', ...functions],
}

describe.each(Object.entries(claimed))('the engine decides what the controller %s decided', (version, families) => {
  test('the vectors are there', () => {
    expect(families.filter((family) => !familiesIn(folderOf(version)).includes(family))).toEqual([])
  })

  test.for(families)('%s', { timeout: 600_000 }, (family, context) => judgeFamily(folderOf(version), family, context))
})
