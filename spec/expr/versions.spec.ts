import { describe, expect, test } from 'vitest'
import { evaluateExpression, languageDifferences } from '../../src/analysis'
import type { ConditionOptions } from '../../src/expr/condition'

// Each of these was found by running the library of v1.9 (and of v1.10) beside ours; the expected values are theirs.

const outcome = (
  expression: string,
  result: unknown,
  controller: ConditionOptions['controller'],
  resultType?: ConditionOptions['resultType'],
): unknown => {
  const found = evaluateExpression(expression, result, { controller, resultType })
  return 'issue' in found ? found.issue.message : found.value
}

const hosts = {
  hosts: [
    { name: 'a', ms: 3 },
    { name: 'b', ms: 1 },
  ],
  p: [3, 1],
  zone: 'west',
  none: null,
}

describe('what v1.9 refuses or words otherwise', () => {
  test.for([
    ['an error of spelling comes before any other', 'result +* "x', 'literal not terminated'],
    ['a stray pointer is told by the parser', '# > 2 +', 'cannot use pointer accessor outside closure'],
    ['no comma behind the last argument', 'len(result.p,) > 1', 'unexpected token Bracket(")")'],
    ['no index behind ?.', 'result.hosts?.[0]', 'expected name'],
    ['no binary literals', '0b11 > 2', 'invalid integer literal: strconv.ParseInt: parsing "0b11": invalid syntax'],
    [
      'any x makes a number hexadecimal',
      '0X1e > 2',
      'invalid float literal: strconv.ParseFloat: parsing "0X1e": invalid syntax',
    ],
    ['no chained comparisons', '1 < 2 < 3', 'invalid operation: < (mismatched types bool and int)'],
    ['a text has no parts', "'west'[0]", 'unexpected token Bracket("[")'],
    ['max takes numbers', 'max([1, 2])', 'invalid argument for max (type []interface {})'],
    ['mean takes one array', 'mean(1, 2)', 'invalid number of arguments (expected 1, got 2)'],
    ['round says floor', "round('q')", 'invalid argument for floor (type string)'],
    ['sum has no predicate', 'sum(result.hosts, #.ms)', 'cannot use pointer accessor outside closure'],
    ['sort wants one type', "sort([1, 'a'])", 'cannot sort array of different types (string and int)'],
    ['sort of maps', 'sort(result.hosts)', 'cannot deref <invalid reflect.Value>'],
    ['a call of no function', 'result.zone()', 'reflect: call of reflect.Value.Call on string Value'],
    ['a call of nothing', 'result.none()', 'reflect: call of reflect.Value.Call on zero Value'],
    ['nil holds no text', "result.none contains 'w'", 'interface conversion: interface {} is nil, not string'],
    ['a duration is a number until it is computed', "duration('1h') + 1", 'invalid operation: time.Duration + int'],
    ['an index outside', 'result.p[7]', 'reflect: slice index out of range'],
    ['bounds of something unknown are looked at', 'result.p[1.5:]', 'non-integer slice index float64'],
    ['a nil predicate', 'all(result.p, nil)', 'closure cannot be nil'],
    ['too many arguments hide what they are', 'isNaN(nowhere, 1)', 'too many arguments to call isNaN'],
  ] as const)('%s: %s', ([, expression, message]) => {
    expect(outcome(expression, hosts, 'v1.9')).toBe(message)
    expect(outcome(expression, hosts, 'v1.10')).not.toBe(message)
  })
})

describe('what v1.9 computes otherwise', () => {
  test.for([
    ['not is lost before an operator that binds too loosely', '3 + 1 not in [4]', true, false],
    ['arrays of other types', '[4] == [4.0]', false, true],
    ['length in bytes', "len('naïve')", 6, 5],
    ['one array of unknown type', 'max(result.p) == 3', 'invalid operation: == ', true],
    ['the nil map of no groups', 'groupBy([], #) == nil', true, false],
    ['an index where nothing is', 'get(result.p, nil)', null, 'invalid operation: int(<nil>)'],
    ['a range of literals takes no memory', 'len(1..1000000)', 1000000, 'memory budget exceeded'],
    [
      'a duration beside a number',
      "duration('7s') == 7",
      false,
      'invalid operation: == (mismatched types time.Duration and int)',
    ],
    ['nil as key of a map', 'nil in {a: 1}', false, 'cannot use unknown as type string in map key'],
  ] as const)('%s: %s', ([, expression, here, there]) => {
    if (typeof here !== 'string') expect(outcome(expression, hosts, 'v1.9')).toBe(here)
    expect(outcome(expression, hosts, 'v1.10')).toBe(there)
  })

  test('sortBy takes a field there', () => {
    const field = (controller: 'v1.9' | 'v1.10') => outcome("map(sortBy(result.hosts, 'ms'), .name)", hosts, controller)
    expect(field('v1.9')).toEqual(['b', 'a'])
    expect(field('v1.10')).toEqual(['a', 'b'])
  })

  test('the right side of == is followed where the left one may be a pointer', () => {
    const series = [{ Id: 'errs', Values: [1] }]
    const of = (expression: string) => outcome(expression, series, 'v1.9', '[]MetricDataResult')
    expect(of("result[0].Id == 'errs'")).toBe(true)
    expect(of("'errs' == result[0].Id")).toBe(false)
    expect(outcome("'errs' == result[0].Id", series, 'v1.10', '[]MetricDataResult')).toBe(true)
  })
})

describe('v1.10 beside main', () => {
  test.for([
    [
      'an order that is no text',
      'sort(result.p, result.p[0])',
      'interface conversion: interface {} is float64, not string',
    ],
    ['an array of nothing inside max', 'max([[], [1]])', 'invalid argument for max (type <nil>)'],
    [
      '$env is no function',
      '$env(nowhere)',
      'invalid operation: cannot call non-function of type map[string]interface {}',
    ],
    ['reduce of nothing', 'reduce([], #acc + #)', 'reflect: slice index out of range'],
    ['counting looks at every element', "count([9, 'x'], # > 5) >= 1", 'invalid operation: string > int'],
  ] as const)('%s: %s', ([, expression, message]) => {
    expect(outcome(expression, hosts, 'v1.10')).toBe(message)
    expect(outcome(expression, hosts, 'main')).not.toBe(message)
  })
})

describe('languageDifferences', () => {
  test.for([
    ['result > 1', []],
    ['len(uniq(result)) > 1', ['refused works from v1.10 on; v1.9 says: unknown name uniq']],
    ['2 not == 3', ['refused works in v1.9, not in v1.10, which says: unexpected token Operator("==")']],
    ['result > > 1', []],
    [
      'result + 1 not in [2]',
      ['read-otherwise v1.9 reads a "not" of it and loses it, as if it were not there; v1.10 does not'],
    ],
    [
      'result == [1]',
      [
        'computed-otherwise arrays are equal in v1.10 where their elements are; in v1.9 integers and floats differ: [4] == [4.0] is false',
      ],
    ],
    [
      'max(result) > 1',
      [
        'computed-otherwise max and min of one array are its largest and smallest element in v1.10; v1.9 gives the array back',
      ],
    ],
  ] as const)('%s', ([condition, expected]) => {
    expect(languageDifferences(condition, 'v1.9').map(({ kind, message }) => `${kind} ${message}`)).toEqual(expected)
    expect(languageDifferences(condition, 'v1.10')).toEqual([])
  })
})
