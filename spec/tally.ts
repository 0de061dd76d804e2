/** What was counted of one step of `npm test`. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The part of vitest's JSON report that is counted. */
export interface Report {
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly meta?: { readonly units?: { readonly passed: number; readonly failed: number } }
    }[]
  }[]
}

type TestResult = Report['testResults'][number]['assertionResults'][number]

export const addTallies = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((sum, one) => sum + one.passed, 0),
  failed: tallies.reduce((sum, one) => sum + one.failed, 0),
  skipped: tallies.reduce((sum, one) => sum + one.skipped, 0),
})

/** A step that only has an exit code counts as one. */
export const tallyOfCode = (code: number): Tally => ({
  passed: code === 0 ? 1 : 0,
  failed: code === 0 ? 0 : 1,
  skipped: 0,
})

/** A failed run never counts as clean: not without a report, nor for an error outside of any test. */
export function tallyOfReport(report: Report | undefined, code: number): Tally {
  const files = (report?.testResults ?? []).map((file) => {
    const tests = addTallies(file.assertionResults.map(tallyOfTest))
    return file.status === 'failed' && tests.failed === 0 ? { ...tests, failed: 1 } : tests
  })
  const counted = addTallies(files)
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted
}

function tallyOfTest(test: TestResult): Tally {
  const units = test.meta?.units
  if (test.status === 'passed') return { passed: units?.passed ?? 1, failed: units?.failed ?? 0, skipped: 0 }
  if (test.status === 'failed')
    return { passed: units?.passed ?? 0, failed: Math.max(units?.failed ?? 1, 1), skipped: 0 }
  return { passed: 0, failed: 0, skipped: 1 }
}
