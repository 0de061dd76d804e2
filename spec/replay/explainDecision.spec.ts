import { describe, expect, test } from 'vitest'
import { decidingPart } from '../../src/replay/explainDecision'

// Which parts decide is told in spec/analysis/condition; here is how a replay says it.
describe('what decided', () => {
  test.for([
    ['result[0] >= 0.95', [0.9], 'result[0] is 0.9'],
    [' result.errors > result.most ', { errors: 5, most: 2 }, 'result.errors is 5, result.most is 2'],
    ['len(result) > 0 && result[0] >= 0.95', [0.9], 'result[0] >= 0.95 is false, as result[0] is 0.9'],
    ['len(result) > 0 && result[0] >= 0.95', [], 'len(result) > 0 is false, as len(result) is 0'],
    ['isNaN(result[0]) || result[0] > 1', [Number.NaN], 'isNaN(result[0]) is true, as result[0] is NaN'],
    ['result.a or result.b', { a: false, b: false }, 'result.a is false and result.b is false'],
    ['all(result, {# > 1})', [3, 0], '# > 1 is false, as # is 0 (element 1 of result)'],
    ['result', true, undefined],
    ['result[0] >', [1], undefined],
    ['result[0].x.y > 1', [1], undefined],
  ] as const)('%s of %j: %s', ([condition, result, part]) => {
    expect(decidingPart(condition, result, {})).toBe(part)
  })

  test('is short, whatever was measured', () => {
    const told = decidingPart('result.text == "x"', { text: 'y'.repeat(1000) }, {})
    expect(told).toMatch(/^result\.text is y{59}…$/)
  })
})
