import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { reconcileAnyAsRecorded } from '../conformance/anyTrace'
import { judge as judgeSimulation } from '../conformance/families/simulation'
import { judgeTrace } from '../conformance/trace'
import type { ConformanceCase } from '../conformance/types'
import { probes } from './probe'

// Runs in a process of its own, from a copy of the sources: judges recorded cases until one fails, and prints its number.
// node judgeTraces.js CASES NUMBERS [REPORT]: a folder with a file a case, a file with numbers of cases; with probes in the sources
// also where to write which mutants would have had another value in which cases.

const [, , folder = '.', numbersFile = '', report] = process.argv

/** Experiments and AnalysisRuns have reducers of their own. */
const onlyRollouts = (testCase: ConformanceCase): ConformanceCase => ({
  ...testCase,
  steps: testCase.steps?.map((step) => (step.reconcile?.startsWith('rollouts/') ? step : { ...step, judged: false })),
})

function fails(testCase: ConformanceCase): boolean {
  try {
    const units =
      testCase.family === 'simulation'
        ? judgeSimulation(testCase)
        : judgeTrace(onlyRollouts(testCase), reconcileAnyAsRecorded)
    return units.some(({ differences }) => differences.length > 0)
  } catch {
    return true
  }
}

function main(): number {
  const infected: Record<number, number[]> = {}
  let current = -1
  const differs = (mutant: number): void => {
    const cases = infected[mutant] ?? []
    infected[mutant] = cases
    if (cases.at(-1) !== current) cases.push(current)
  }
  Object.assign(globalThis, { __probe: probes(differs) })
  for (const number of JSON.parse(readFileSync(numbersFile, 'utf8')) as number[]) {
    current = number
    // A sign of life for those who wait; a case whose sign does not come hangs.
    process.stdout.write('.')
    if (!fails(JSON.parse(readFileSync(join(folder, `${number}.json`), 'utf8')) as ConformanceCase)) continue
    process.stdout.write(`\n${number}\n`)
    return 1
  }
  if (report) writeFileSync(report, JSON.stringify(infected))
  return 0
}

process.exitCode = main()
