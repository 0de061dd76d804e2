import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluateCondition } from '../../src/analysis/condition/condition'
import { decidingPart } from '../../src/analysis/replayExplain'

const nan = [Number.NaN]

describe('what decided', () => {
  test.for([
    ['result[0] >= 0.95', [0.9], 'result[0] is 0.9'],
    ['len(result) > 0 && result[0] >= 0.95', [0.9], 'result[0] >= 0.95 is false, as result[0] is 0.9'],
    ['len(result) > 0 && result[0] >= 0.95', [], 'len(result) > 0 is false, as len(result) is 0'],
    ['isNaN(result[0]) || result[0] > 1', nan, 'isNaN(result[0]) is true, as result[0] is NaN'],
    [
      '(result.a or result.b) and not (result.c == 1)',
      { a: true, b: false, c: 1 },
      'result.c == 1 is true, as result.c is 1',
    ],
    ['result[0] > 1 and result[1] > 1', [2, 3], 'result[0] is 2, result[1] is 3'],
    ['(result.errors > result.most)', { errors: 5, most: 2 }, 'result.errors is 5, result.most is 2'],
    ['1 < result[0] < 3', [5], 'result[0] < 3 is false, as result[0] is 5'],
    ['all(result, {# > 1})', [0, 2], 'result is [0,2]'],
    ['result in 1..3', 7, 'result is 7'],
    ['result', true, undefined],
    ['let x = result[0]; x > 1 || x < 0', [0.5], undefined],
    ['result[0] >', [1], undefined],
    ['result[0].x.y > 1', [1], undefined],
  ] as const)('%s of %j: %s', ([condition, result, part]) => {
    expect(decidingPart(condition, result, {})).toBe(part)
  })
})

test('what is said of a part is what the part comes to', () => {
  const part = fc.constantFrom('result.a > 1', 'result.b', 'len(result.c) == 0', 'result.a < result.d', 'not result.b')
  const condition = fc.letrec<{ all: string }>((tie) => ({
    all: fc.oneof(
      { maxDepth: 3 },
      part,
      fc
        .tuple(tie('all'), fc.constantFrom('&&', '||', 'and', 'or'), tie('all'))
        .map(([a, by, b]) => `(${a}) ${by} (${b})`),
      tie('all').map((a) => `!(${a})`),
    ),
  })).all
  const result = fc.record({
    a: fc.integer({ min: 0, max: 3 }),
    b: fc.boolean(),
    c: fc.array(fc.nat(), { maxLength: 1 }),
    d: fc.nat(3),
  })
  let checked = 0
  fc.assert(
    fc.property(condition, result, (text, value) => {
      const [, decided, truth] =
        /^([^,]*?) is (true|false)(?:, as .*)?$/s.exec(decidingPart(text, value, {}) ?? '') ?? []
      if (decided === undefined) return
      checked++
      expect(evaluateCondition(decided, value)).toEqual({ value: truth === 'true' })
    }),
    { verbose: 1, seed: 20300101, numRuns: 500 },
  )
  expect(checked).toBeGreaterThan(100)
})
