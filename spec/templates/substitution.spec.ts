import { describe, expect, test } from 'vitest'
import { durationProblem, parseDurationSeconds } from '../../src/go/durationSeconds'
import { goQuote } from '../../src/go/goQuote'
import { typedMetric } from '../../src/kube/types/throughTypes'
import type { Argument, Metric } from '../../src/model/analysis'
import { plainValues, withPlainArgs } from '../../src/templates/plainArgs'
import { resolveMetricArgs } from '../../src/templates/resolveMetricArgs'
import { substituteArgs } from '../../src/templates/substituteArgs'
import { fc } from '../properties/fc'
import { propertySeed } from '../properties/seed'

const parameters = { seed: propertySeed, verbose: 1 } as const

describe('{{args.x}} in a text (behaviour 4.3)', () => {
  const args = [{ name: 'x', value: 'a"b' }]

  test('a tag reaches to the next closing braces, spaces around the name do not matter', () => {
    expect(substituteArgs('<{{ args.x\n}}>', args)).toEqual({ text: '<a"b>' })
    expect(substituteArgs('{{args.x}}', args, { quoted: true })).toEqual({ text: 'a\\"b' })
    expect(substituteArgs('{{{args.x}}}', args)).toEqual({ text: '}', error: 'failed to resolve {{{args.x}}' })
  })

  test('of several unknown tags the last is named; an unfinished one comes first', () => {
    expect(substituteArgs('{{args.a}}{{args.b}}', args).error).toBe('failed to resolve {{args.b}}')
    expect(substituteArgs('{{args.a}}{{', []).error).toBe(
      'Cannot find end tag="}}" in the template="{{args.a}}{{" starting from ""',
    )
  })

  test('what is put in is not looked at again', () => {
    const nested = [{ name: 'x', value: '{{args.y}}' }]
    expect(substituteArgs('{{args.x}}', nested)).toEqual({ text: '{{args.y}}' })
  })
})

describe('a metric with its arguments', () => {
  const metric = (successCondition: string): Metric => ({
    name: 'm',
    successCondition,
    provider: { web: { url: 'u' } },
  })

  test('Go escapes some characters in a way that JSON does not know', () => {
    const bell = [{ name: 'x', value: '\u0007' }]
    expect(resolveMetricArgs(metric('{{args.x}}'), bell)).toEqual({
      error: "invalid character 'a' in string escape code",
    })
  })

  test('an unfinished tag swallows what is printed after it', () => {
    expect(resolveMetricArgs(metric('{{args.x'), [])).toEqual({
      error:
        'failed to resolve {{args.x","provider":{"web":{"url":"u","authentication":{"sigv4":{},"oauth2":{},"basicAuth":{}}',
    })
  })

  const texts = fc.oneof(
    fc.constantFrom(
      '{{args.a}}',
      '{{ args.b }}',
      'x{{args.a}}y{{args.b}}',
      '{{args.c}}',
      '{{',
      '}}',
      '{{{args.a}}}',
      '<&>"\\',
    ),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  )
  const sentence = fc.array(texts, { maxLength: 4 }).map((parts) => parts.join(''))
  const values = fc.oneof(fc.constantFrom('plain', '5', '', '{{args.b}}', 'a"b', 'tab\t', 'é', '\u007f'), fc.string())
  const limit = fc.option(fc.oneof(fc.integer(), sentence, fc.double()), { nil: undefined })
  const metrics = fc
    .record({
      name: sentence,
      interval: sentence,
      count: limit,
      successCondition: sentence,
      query: sentence,
      key: sentence,
      config: fc.jsonValue({ maxDepth: 2 }),
    })
    .map(
      ({ query, key, config, ...more }) =>
        ({ ...more, provider: { prometheus: { query }, plugin: { [key]: config } } }) as Metric,
    )
  const args: fc.Arbitrary<readonly Argument[]> = fc
    .tuple(values, fc.option(values, { nil: undefined }))
    .map(([a, b]) => [
      { name: 'a', value: a },
      { name: 'b', value: b },
    ])

  test('putting plain values in directly comes to the same as going through printed JSON', () => {
    let direct = 0
    fc.assert(
      fc.property(metrics, args, (one, given) => {
        const known = plainValues(given)
        const plain = known && withPlainArgs(one, known)
        if (!plain) return
        direct++
        expect(resolveMetricArgs(one, given)).toEqual({ metric: typedMetric(plain) })
      }),
      { ...parameters, numRuns: 3000 },
    )
    expect(direct).toBeGreaterThan(50)
  })

  test('without a tag it is the same object', () => {
    const one = metric('result > 1')
    expect(withPlainArgs(one, new Map())).toBe(one)
  })
})

describe('Go texts', () => {
  test('a duration has a problem exactly where it is none, and says which', () => {
    expect(durationProblem('5 minutes')).toBe('time: unknown unit " minutes" in duration "5 minutes"')
    expect(durationProblem('1h30')).toBe('time: missing unit in duration "1h30"')
    expect(durationProblem('é')).toBe('time: invalid duration "\\xc3\\xa9"')
    expect(durationProblem('9999999h')).toBe('time: invalid duration "9999999h"')
    const parts = fc.array(fc.constantFrom('1', '.', '5', 's', 'm', 'h', 'ms', '-', '+', ' ', 'x'), { maxLength: 6 })
    fc.assert(
      fc.property(parts, (some) => {
        const text = some.join('')
        expect(durationProblem(text) === undefined).toBe(parseDurationSeconds(text) !== undefined)
      }),
      parameters,
    )
  })

  test('quoting: printable characters stand, others are escaped as Go does', () => {
    expect(goQuote('a"b\\c\u00e9\u0007\u007f\u00a0\u{1f600}\u{e0001}\ud800')).toBe(
      '"a\\"b\\\\c\u00e9\\a\\x7f\\u00a0\u{1f600}\\U000e0001\ufffd"',
    )
  })
})
