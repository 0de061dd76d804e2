import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { walkTrace } from '../conformance/trace'
import type { ConformanceCase } from '../conformance/types'
import { familiesIn, readCases, vectorsFolder } from '../conformance/vectors'

// Recordings as what a mutant is asked with: one judged reconcile of a trace, or one case of another family.

/** Of the recordings of released controllers so many times fewer: most of what they reach, those of main reach too. */
const fewerOfVersions = 5

const versionsFolder = join(vectorsFolder, 'versions')

/** `canary-basic`, `v1.7.2/canary-basic`: the folders with vectors, and what is in them. */
export function recordedFamilies(judged: readonly string[]): string[] {
  const versions = existsSync(versionsFolder) ? readdirSync(versionsFolder).sort() : []
  const own = familiesIn(vectorsFolder)
  const released = versions.flatMap((version) =>
    familiesIn(join(versionsFolder, version)).map((family) => `${version}/${family}`),
  )
  return [...own, ...released].filter((name) => judged.includes(judgeName(name)))
}

/** The name of the judge of a family. */
export const judgeName = (name: string): string => name.slice(name.indexOf('/') + 1)

/** Every so-many-th case of a family. */
export const casesOf = (name: string, every: number): readonly ConformanceCase[] =>
  name.includes('/')
    ? readCases(join(versionsFolder, name.slice(0, name.indexOf('/'))), judgeName(name), every * fewerOfVersions)
    : readCases(vectorsFolder, name, every)

/** A case as its parts: of a trace each judged reconcile with the state before it. Frozen: no mutant may change what the next is asked. */
export function partsOf(testCase: ConformanceCase): readonly ConformanceCase[] {
  if (!testCase.start) return [frozen(testCase)]
  const parts: ConformanceCase[] = []
  walkTrace(testCase, ({ objects }, step) => {
    const { world: _, ...rest } = step
    parts.push(frozen({ ...testCase, start: { now: step.now, objects }, steps: [rest] }))
  })
  return parts
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const one of Object.values(value)) frozen(one)
  return value
}
