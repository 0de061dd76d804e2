import { describe, expect, test } from 'vitest'
import { evaluateExpression } from '../../src/expr/condition'

const now = '2030-01-01T00:00:00Z'
const budgetIssue = (expression: string): string | undefined => {
  const outcome = evaluateExpression(expression, null, { now })
  return 'issue' in outcome && outcome.issue.code === 'condition-budget' ? outcome.issue.message : undefined
}

describe('values nested too deeply are refused where they are made, so that nothing has to walk through them', () => {
  test.for([
    'let a = reduce(1..2000, [#acc], 1); let b = reduce(1..2000, [#acc], 1); a == b',
    'flatten(reduce(1..2000, [#acc], 1))',
    'string(reduce(1..2000, ({a: #acc}), 1))',
    'max(reduce(1..2000, map([#acc], #), 1))',
    'reduce(1..2000, groupBy([#acc], 1), 1)',
    'reduce(1..2000, fromPairs([[1, #acc]]), 1)',
  ])('%s', (expression) => {
    expect(budgetIssue(expression)).toBe('value is nested too deeply')
  })

  test('a thousand levels are fine', () => {
    expect(evaluateExpression('len(string(reduce(1..900, [#acc], 1)))', null)).toEqual({ value: 1801, type: 'int' })
  })

  test('a cut of a cut of a cut has the elements one step away', () => {
    const cuts = '(reduce(1..2000, #acc[0:], result))[1]'
    expect(evaluateExpression(cuts, [1, 2])).toEqual({ value: 2, type: 'float64' })
  })
})

describe('what takes long costs many steps', () => {
  test.for([
    ["map(1..5000, now().Format('2006-01-02'))"],
    ["map(1..5000, date('2030-01-02 03:04:05'))"],
    ["map(1..5000, now().Format(repeat('2006 ', 1000)))"],
    ["fromJSON('[' + repeat('1,', 100000) + '1]')"],
    ['uniq(map(1..1000, [#]))'],
  ])('%s', ([expression]) => {
    expect(budgetIssue(expression!)).toBe('evaluation takes too many steps')
  })

  test('thousands of points are few', () => {
    const points = Array.from({ length: 5000 }, (_, i) => ({ value: i / 5000 }))
    expect(evaluateExpression('all(result, .value < 1 and .value >= 0)', points)).toEqual({ value: true, type: 'bool' })
  })

  test('a set of constants is made once, however often a loop looks into it, and is paid for', () => {
    const constants = Array.from({ length: 9000 }, (_, i) => i + 100_000).join(', ')
    const expression = `none(1..5000, # in [${constants}])`
    expect(evaluateExpression(expression, null)).toEqual({ value: true, type: 'bool' })
    const outcome = evaluateExpression(`1 in [${constants}]`, null, { steps: 5000 })
    expect('issue' in outcome && outcome.issue.code).toBe('condition-budget')
  })

  test('the host may grant more', () => {
    expect(evaluateExpression('len(uniq(map(1..1000, [#])))', null, { steps: 5_000_000 })).toEqual({
      value: 1000,
      type: 'int',
    })
  })

  test('patterns that take long to compile are refused together', () => {
    const many = `[${"'a' matches 'x{900}', ".repeat(100)}1]`
    expect(budgetIssue(many)).toBe('patterns are too large together')
  })
})
