import { expect, it } from 'vitest'
import { tryStrategyPart } from '../../src/check/check'
import { never } from '../../src/check/combinators'
import { foundBy, joinedReport } from '../../src/check/parts'
import { rolloutOf, steps } from './strategies'

const canary = [rolloutOf({ canary: { steps } })]
const invariants = [
  never('canary above 10 %', (now) => now.weight.canary > 10),
  never('degraded', (now) => now.phase === 'Degraded'),
  never('aborted', (now) => now.aborted),
]

it('a part tries the same runs whatever earlier parts found, and the whole report is the same', () => {
  const options = { invariants, runs: 40, seed: 6 }
  const [first, alone] = [7, 6].map((seed) => tryStrategyPart(canary, { ...options, seed }, new Set()))
  if (!first || !alone) throw new Error('two parts')
  const found = foundBy([first])
  expect(found.length).toBeGreaterThan(1)
  const after = tryStrategyPart(canary, options, new Set(found))
  const unknown = alone.counterexamples.filter(({ invariant }) => !found.includes(invariant))
  expect(alone.counterexamples.length).toBeGreaterThan(unknown.length)
  expect(after).toEqual({ ...alone, counterexamples: unknown })
  expect(JSON.stringify(joinedReport(first, [after]))).toBe(JSON.stringify(joinedReport(first, [alone])))
})
