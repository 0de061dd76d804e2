import { describe, expect, test } from 'vitest'
import { evaluateExpression } from '../../src/expr/condition'

// Each of these was found by comparing with expr-lang on generated expressions; the expected values are upstream's.

const outcome = (expression: string, result: unknown = null): unknown => {
  const found = evaluateExpression(expression, result, { now: '2030-01-01T00:00:00Z' })
  return 'issue' in found ? found.issue.message : found.value
}

describe('powers are those of Go to the last bit', () => {
  test.for([
    ['0.5 ^ 2.5', 0.1767766952966369],
    ['1e21 ** -4.5', 3.162277660168381e-95],
    ['0o142 ** .621', 17.2405609818123],
    ['result ** 0.25', 177827.9410038922],
    ['(-8) ** (1 / 3)', Number.NaN],
    ['2 ** 10', 1024],
    ['0.97 ** 12', 0.6938423609954378],
  ] as const)('%s', ([expression, value]) => {
    expect(outcome(expression, 1e21)).toBe(value)
  })
})

describe('times in regions with summer time', () => {
  test.for([
    ['AddDate counts in local time', 'now(timezone("Europe/London")).AddDate(9, -8, 10)', '2038-05-11T00:00:00+01:00'],
    [
      'a clock time that is left out',
      'date("2030-03-10 02:30", "2006-01-02 15:04", "America/New_York")',
      '2030-03-10T01:30:00-05:00',
    ],
    [
      'the same where the offset is zero before',
      'date("2030-03-31 01:30", "2006-01-02 15:04", "Europe/London")',
      '2030-03-31T02:30:00+01:00',
    ],
    [
      'the begin of an offset',
      'date("2030-07-01", "2006-01-02", "Europe/Zurich").ZoneBounds()',
      '2030-03-31T03:00:00+02:00',
    ],
    ['which has none in UTC', 'now().ZoneBounds()', '0001-01-01T00:00:00Z'],
  ] as const)('%s', ([, expression, time]) => {
    expect(outcome(expression)).toBe(time)
  })
})

describe('times in other forms', () => {
  test.for([
    ['now().GoString()', 'time.Date(2030, time.January, 1, 0, 0, 0, 0, time.UTC)'],
    ['date("2032-06-06T05:10:19+02:00").Zone()', ''],
    ['toBase64(string(len(now().MarshalBinary())))', 'MTU='],
    ['now().AddDate(9999, 0, 0).MarshalText()', 'Time.MarshalText: year outside of range [0,9999]'],
    ['date("9999-12-31", "-07")', 'parsing time "9999-12-31": time zone offset hour out of range'],
    [
      'date("2030 25:00", "2006 -07:00")',
      'parsing time "2030 25:00" as "2006 -07:00": cannot parse "25:00" as "-07:00"',
    ],
  ] as const)('%s', ([expression, value]) => {
    expect(outcome(expression)).toBe(value)
  })

  test('the binary form', () => {
    expect(outcome('date("2030-11-03").MarshalBinary()[:]')).toEqual([
      1, 0, 0, 0, 14, 234, 1, 58, 128, 0, 0, 0, 0, 255, 255,
    ])
  })
})

describe('texts of errors', () => {
  test.for([
    ['a number that is too long before it is no number', 'asInt("18446744073709551616x")', 'value out of range'],
    ['a number that ends too early is no number first', 'asInt("18446744073709551615x")', 'invalid syntax'],
    ['JSON that ends inside of a word', 'fromJSON("f")', "invalid character ' ' in literal false (expecting 'a')"],
    ['JSON that ends inside of a number', 'fromJSON("1e")', "invalid character ' ' in exponent of numeric literal"],
    ['JSON that ends elsewhere', 'fromJSON("[1")', 'unexpected end of JSON input'],
    ['a pattern that is no ASCII', '"a" matches ("" + "é(")', 'error parsing regexp: missing closing ): `é(`'],
  ] as const)('%s', ([, expression, message]) => {
    expect(outcome(expression)).toContain(message)
  })
})
