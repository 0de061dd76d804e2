import { describe, expect, test } from 'vitest'
import { readCases, vectorsFolder } from '../vectors'
import { shareOf, traceFamilies } from './families'
import { runClosedLoop } from './run'

/** `npm run closed-loop` runs all of them, in a minute. */
const every = 8

describe('a recorded trace ends as recorded when the engine carries it from beginning to end', () => {
  test.for(traceFamilies)('%s', (family) => {
    const { traces, sameStatuses, sameObjects, others } = shareOf(vectorsFolder, family, every)
    expect(others).toEqual([])
    expect([sameStatuses, sameObjects]).toEqual([traces, traces])
    expect(traces).toBeGreaterThan(5)
  })

  test('a decision that goes missing shows', () => {
    const [trace] = readCases(vectorsFolder, 'canary-basic')
    const steps = trace?.steps ?? []
    const missed = steps.findIndex(
      ({ reconcile, expect: said }) => reconcile && Object.keys(said?.objects ?? {}).length > 0,
    )
    const without = steps.map((step, index) =>
      index === missed ? { ...step, reconcile: 'rollouts/default/nobody' } : step,
    )
    expect(runClosedLoop({ ...trace!, steps: without }).objects).not.toEqual([])
  })
})
