import { describe, expect, test } from 'vitest'
import { explainCondition } from '../../src/expr/explain'

const result = {
  errors: 15,
  total: 240,
  status: 'ok',
  none: null,
  items: [
    { name: 'api', p99: 120.5, up: true },
    { name: 'web', p99: 620, up: false },
  ],
}

const why = (condition: string, measured: unknown = result): string => {
  const explanation = explainCondition(condition, measured)
  return 'issue' in explanation ? explanation.issue.message : explanation.text
}

describe('a condition is explained by the smallest parts that decided', () => {
  test.for([
    ['result[0] < 0.05', [0.02], 'true, because result[0] < 0.05 is true: result[0] is 0.02'],
    ['result.ok', { ok: false }, 'false, because result.ok is false'],
    ['isNaN(result)', Number.NaN, 'true, because isNaN(result) is true: result is NaN'],
  ] as const)('a single comparison: %s', ([condition, measured, text]) => {
    const options = typeof measured === 'number' ? { resultType: 'float64' as const } : {}
    const explanation = explainCondition(condition, measured, options)
    expect('text' in explanation && explanation.text).toBe(text)
  })

  test.for([
    [
      '`and` by the first that is false',
      'result.errors > 3 and result.total < 100',
      'result.total < 100 is false: result.total is 240',
    ],
    [
      '`or` by the first that is true',
      'result.errors > 3 or result.nope',
      'result.errors > 3 is true: result.errors is 15',
    ],
    [
      'by both where both had to agree',
      'result.errors < 3 || result.total > 1000',
      'result.errors < 3 is false: result.errors is 15 and result.total > 1000 is false: result.total is 240',
    ],
    ['by what is negated', 'not (result.none == nil)', '(result.none == nil) is true: result.none is null'],
    [
      'by the condition of a choice between literals',
      'result.errors > 3 ? true : false',
      'result.errors > 3 is true: result.errors is 15',
    ],
    [
      'by the choice otherwise',
      'result.errors > 3 ? result.total < 9 : true',
      'result.total < 9 is false: result.total is 240',
    ],
    ['in a chain of comparisons', '10 < result.errors < 12', 'result.errors < 12 is false: result.errors is 15'],
    ['behind a let', 'let x = result.errors; x > 3 and x < 10', 'x < 10 is false: x is 15'],
    [
      'with everything that was measured',
      'result.errors / result.total < 0.05',
      'result.errors / result.total < 0.05 is false: result.errors / result.total is 0.0625, result.errors is 15, result.total is 240',
    ],
  ])('%s: %s', ([, condition, text]) => {
    expect(why(condition!)).toMatch(/^(true|false), because /)
    expect(why(condition!).replace(/^\w+, because /, '')).toBe(text)
  })

  test.for([
    ['all(result.items, .p99 < 500)', '.p99 < 500 is false: .p99 is 620 (element 1 of result.items)'],
    ['any(result.items, .up)', '.up is true (element 0 of result.items)'],
    ['none(result.items, .name == "web")', '.name == "web" is true: .name is "web" (element 1 of result.items)'],
    ['all(1..3, any(4..6, # == 5))', 'all(1..3, any(4..6, # == 5)) is true'],
    ['any([[1], [2, 7]], any(#, # > 5))', '# > 5 is true: # is 7 (element 1 of [[1], [2, 7]], element 1 of #)'],
  ])('a loop that an element ended: %s', ([condition, text]) => {
    expect(why(condition!).replace(/^\w+, because /, '')).toBe(text)
  })
})

test('the parts are data as well', () => {
  expect(explainCondition('result.total > 0 and all(result.items, .p99 < 500)', result)).toEqual({
    value: false,
    text: 'false, because .p99 < 500 is false: .p99 is 620 (element 1 of result.items)',
    decidedBy: [
      {
        expression: '.p99 < 500',
        value: false,
        offset: 39,
        operands: [{ expression: '.p99', value: 620 }],
        elements: [{ of: 'result.items', index: 1, value: { name: 'web', p99: 620, up: false } }],
      },
    ],
  })
})

test.for([
  ['result.items <', 'unexpected token EOF'],
  ['result.errors', 'expected bool, but got float64'],
  ['result.errors > "a"', 'invalid operation: float64 > string'],
  ['all(1..100000, all(1..100000, true))', 'evaluation takes too many steps'],
])('what has no verdict has an issue: %s', ([condition, message]) => {
  expect(why(condition!)).toBe(message)
})

test('where the optimizer changed the verdict, as upstream does, no smaller part is named', () => {
  // As it is written it fails; a true that is known beforehand decides before anything is evaluated.
  const condition = 'asInt(result) > 1 || true'
  expect(why(condition)).toBe(`true, because ${condition} is true`)
})
