import { expect, test } from 'vitest'
import { addTallies, type Report, tallyOfCode, tallyOfReport } from './tally'

const reportOf = (status: string, ...assertionResults: Report['testResults'][number]['assertionResults']): Report => ({
  testResults: [{ status, assertionResults }],
})

test('each test counts as one', () => {
  const report = reportOf('failed', { status: 'passed' }, { status: 'failed' }, { status: 'pending' })
  expect(tallyOfReport(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 1 })
})

test('a conformance family counts as many as it has units', () => {
  const report = reportOf(
    'failed',
    { status: 'failed', meta: { units: { passed: 40, failed: 2 } } },
    { status: 'passed' },
  )
  expect(tallyOfReport(report, 1)).toEqual({ passed: 41, failed: 2, skipped: 0 })
})

test('a family that failed without a failed unit still counts as failed', () => {
  const report = reportOf('failed', { status: 'failed', meta: { units: { passed: 40, failed: 0 } } })
  expect(tallyOfReport(report, 1)).toEqual({ passed: 40, failed: 1, skipped: 0 })
})

test('a file that could not be loaded, an error outside of tests and a missing report count as failures', () => {
  expect(tallyOfReport(reportOf('failed'), 1).failed).toBe(1)
  expect(tallyOfReport(reportOf('passed', { status: 'passed' }), 1)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  expect(tallyOfReport(undefined, 1).failed).toBe(1)
})

test('steps add up', () => {
  expect(addTallies([tallyOfCode(0), tallyOfCode(2), tallyOfCode(0)])).toEqual({ passed: 2, failed: 1, skipped: 0 })
})
