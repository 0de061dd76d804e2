import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCases, vectorsFolder } from '../conformance/vectors'

/** Families in which the Rollout reducer decides sizes and weights. */
const families = [
  'canary-basic',
  'canary-routed',
  'blue-green',
  'canary-analysis',
  'blue-green-analysis',
  'target-groups',
  'simulation',
]

/** Writes every recorded case into a file of its own, so that a process reads only those it needs; returns their names. */
export function writeCases(folder: string): string[] {
  mkdirSync(folder, { recursive: true })
  const names: string[] = []
  for (const family of families) {
    for (const testCase of readCases(vectorsFolder, family)) {
      writeFileSync(join(folder, `${names.length}.json`), JSON.stringify(testCase))
      names.push(testCase.id)
    }
  }
  return names
}
