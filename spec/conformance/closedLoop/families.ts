import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readCases } from '../vectors'
import { runClosedLoop } from './run'

/** Families of traces, which can be run as a loop. */
export const traceFamilies = [
  'analysis-run',
  'blue-green',
  'blue-green-analysis',
  'canary-analysis',
  'canary-basic',
  'canary-routed',
  'experiment',
  'invalid',
  'target-groups',
] as const

export interface FamilyShare {
  readonly family: string
  readonly traces: number
  /** Traces that end with the recorded statuses. */
  readonly sameStatuses: number
  /** Traces that end with every recorded object. */
  readonly sameObjects: number
  /** Traces with a reconcile that an API conflict cut short. */
  readonly withConflicts: number
  /** The others: where they part from the recording, and the first difference at the end. */
  readonly others: readonly string[]
}

export const hasFamily = (folder: string, family: string): boolean =>
  [`${family}.jsonl.gz`, `${family}.jsonl`].some((name) => existsSync(join(folder, name)))

/** Every trace of a family, or one in `every`. */
export function shareOf(folder: string, family: string, every = 1): FamilyShare {
  let [sameStatuses, sameObjects, withConflicts] = [0, 0, 0]
  const others: string[] = []
  const cases = readCases(folder, family, every)
  for (const testCase of cases) {
    const { statuses, objects, conflicts, firstStep } = runClosedLoop(testCase)
    if (statuses.length === 0) sameStatuses++
    if (objects.length === 0) sameObjects++
    if (conflicts > 0) withConflicts++
    const [first] = [...statuses, ...objects]
    if (first) others.push(`${testCase.id} parts at step ${firstStep} and ends with ${JSON.stringify(first)}`)
  }
  return { family, traces: cases.length, sameStatuses, sameObjects, withConflicts, others }
}
