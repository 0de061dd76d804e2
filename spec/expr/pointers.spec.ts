import { describe, expect, it } from 'vitest'
import { evaluateCondition } from '../../src/expr/condition'

// Two results with equal names and two without one, as CloudWatch's SDK brings them: names are pointers to texts.
const result = [{ Id: 'a', Values: [1] }, { Id: 'a', Values: [2] }, {}, { Values: [3] }]

// The answers are those of expr 1.17.7 with the SDK's own types.
describe('pointers as keys of a map', () => {
  const holds = [
    'len(groupBy(result, .Id)) == 3',
    'len(fromPairs(map(result, [.Id, 1]))) == 3',
    'len(uniq(map(result, .Id))) == 2',
    'len(groupBy(result, string(.Id))) == 2',
    'groupBy(result, .Id)["a"] == nil',
    'len(groupBy(result, .Id)[result[0].Id]) == 1',
    'len(groupBy(result, .Id)[result[2].Id]) == 2',
    'groupBy(result, .Id)[nil] == nil',
    'not (result[0].Id in groupBy(result, .Id))',
    '{"a": 1}[result[0].Id] == 1',
    'groupBy(result, .Id) == groupBy(result, .Id)',
    'len(groupBy([1, 2, 3], result[0].Id)) == 1',
    'string(keys(groupBy([1], result[2].Id))) == "[<nil>]"',
  ]
  it.each(holds)('%s', (condition) => {
    expect(evaluateCondition(condition, result, { resultType: '[]MetricDataResult' })).toEqual({ value: true })
  })

  it('leaves lists and structs unhashable', () => {
    const refusal = (condition: string): string | undefined => {
      const outcome = evaluateCondition(condition, result, { resultType: '[]MetricDataResult' })
      return 'issue' in outcome ? outcome.issue.message : undefined
    }
    expect(refusal('len(groupBy(result, .Messages)) == 1')).toBe('hash of unhashable type: []types.MessageData')
    expect(refusal('len(groupBy(result, #)) == 1')).toBe('hash of unhashable type: types.MetricDataResult')
  })
})
