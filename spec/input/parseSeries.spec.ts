import { describe, expect, test } from 'vitest'
import { parseSeries, type SeriesFormat, type SeriesOptions } from '../../src/input/index'
import { fc } from '../properties/fc'

const read = (text: string, format: SeriesFormat, options?: SeriesOptions) => parseSeries(text, format, options)
const places = (text: string, format: SeriesFormat, options?: SeriesOptions) =>
  read(text, format, options).issues.map(({ code, path, line }) => `${line}: ${path}: ${code}`)

describe('a table', () => {
  test('wide: a column a metric, a row a moment; an empty cell is no measurement', () => {
    expect(read('time,rate,latency\n0,0.99,\n1m30s,0.42,0.2\n', 'csv')).toEqual({
      series: {
        rate: [
          { atSeconds: 0, value: 0.99 },
          { atSeconds: 90, value: 0.42 },
        ],
        latency: [{ atSeconds: 90, value: 0.2 }],
      },
      issues: [],
    })
  })

  test('without times the n-th cell is the n-th measurement', () => {
    expect(read('# Remarks, with "commas\n# and quotes\nrate\n0.99\n\n# another, one\n0.98\n', 'csv').series).toEqual({
      rate: [{ value: 0.99 }, { value: 0.98 }],
    })
  })

  test('long: a row a measurement', () => {
    const text = 'metric,time,value,phase,error\na,0,0.5,,\nb,1,,Failed,\na,2,,,no route\n'
    expect(read(text, 'csv').series).toEqual({
      a: [
        { atSeconds: 0, value: 0.5 },
        { atSeconds: 2, error: 'no route' },
      ],
      b: [{ atSeconds: 1, phase: 'Failed' }],
    })
  })

  test.for([
    ['NaN', { value: Number.NaN }],
    ['+Inf', { value: Number.POSITIVE_INFINITY }],
    ['-Inf', { value: Number.NEGATIVE_INFINITY }],
    ['1e-3', { value: 0.001 }],
    ['true', { value: true }],
    ['null', { value: null }],
    ['"[0.1, 2]"', { value: [0.1, 2] }],
    ['"{""ok"": true}"', { value: { ok: true } }],
    ['Inconclusive', { phase: 'Inconclusive' }],
    ['error: no data', { error: 'no data' }],
    ['green', { value: 'green' }],
    ['"""0.5"""', { value: '0.5' }],
    ['"""Failed"""', { value: 'Failed' }],
    ['{broken', { value: '{broken' }],
  ] as const)('the cell %s', ([cell, point]) => {
    expect(read(`m\n${cell}\n`, 'csv')).toEqual({ series: { m: [point] }, issues: [] })
  })

  test('as Grafana exports it: a byte order mark, quotes, Windows line ends, a column called Value', () => {
    const text = '\ufeff"Time","Value"\r\n"2026-02-03 10:00:00","0.99"\r\n"2026-02-03 10:01:00","0.5"\r\n'
    expect(read(text, 'csv', { metric: 'rate' })).toEqual({
      series: {
        rate: [
          { atSeconds: 0, value: 0.99 },
          { atSeconds: 60, value: 0.5 },
        ],
      },
      issues: [],
      startAt: '2026-02-03T10:00:00Z',
    })
  })

  test('every mistake is told at once, with its line', () => {
    const text = 'metric,time,phase\na,0,Failed\na,soon,Failed\na,,Failed\na,1,Faild\na,2,Error,3\n'
    expect(places(text, 'csv')).toEqual([
      '3: : series-time',
      '4: : series-time',
      '5: phase: series-value',
      '6: : series-column',
    ])
    expect(read(text, 'csv').series.a).toHaveLength(2)
  })

  test.for([
    ['', '1: : series-syntax'],
    ['m\n', '1: : series-syntax'],
    ['m,m\n1,2\n', '1: : series-column'],
    ['m,,n\n1,2,3\n', '1: : series-column'],
    ['0.9,0.8\n0.7,0.6\n', '1: : series-column'],
    ['metric,time\na,1\n', '1: : series-column'],
    ['time,at,m\n1,2,3\n', '1: : series-column'],
    ['m,n\n1,"2\n', '2: : series-syntax'],
  ] as const)('%j is refused', ([text, place]) => {
    expect(places(text, 'csv')).toEqual([place])
  })
})

describe('data', () => {
  test('an object of lists; words for what JSON cannot say; YAML as well', () => {
    const series = {
      rate: [0.9, Number.NaN, { phase: 'Failed' }, { error: 'no' }, null, [1, 2], 'green'],
      web: [{ value: { ok: true } }, { value: 'Failed' }],
    }
    const json = `{"rate": [0.9, "NaN", "Failed", {"error": "no"}, null, [1, 2], "green"],
      "web": [{"ok": true}, {"value": "Failed"}]}`
    expect(read(json, 'json')).toEqual({ series, issues: [] })
    const yaml = 'rate: [0.9, "NaN", Failed, {error: no}, null, [1, 2], green]\nweb: [{ok: true}, {value: Failed}]\n'
    expect(read(yaml.replace('error: no', 'error: "no"'), 'json')).toEqual({ series, issues: [] })
  })

  test('points with times, whatever their order', () => {
    const json = '{"m": [{"time": "2026-01-01T00:01:00Z", "value": 2}, {"time": 1767225600, "value": 1}]}'
    expect(read(json, 'json')).toMatchObject({
      series: {
        m: [
          { atSeconds: 60, value: 2 },
          { atSeconds: 0, value: 1 },
        ],
      },
      startAt: '2026-01-01T00:00:00Z',
    })
    expect(read(json, 'json', { startAt: '2026-01-01T00:00:30Z' }).series.m).toMatchObject([
      { atSeconds: 30 },
      { atSeconds: -30 },
    ])
  })

  test('rows, in a list or one a line', () => {
    const series = {
      a: [
        { atSeconds: 0, value: 1 },
        { atSeconds: 30, value: 2 },
      ],
    }
    expect(read('[{"seconds": 0, "a": 1}, {"seconds": 30, "a": 2}]', 'json').series).toEqual(series)
    expect(read('{"seconds": 0, "a": 1}\n{"seconds": 30, "a": 2}\n', 'json').series).toEqual(series)
    expect(
      read('[{"metric": "a", "at": 0, "value": 1}, {"metric": "a", "at": 30, "value": 2}]', 'json').series,
    ).toEqual(series)
  })

  test('a bare list is the series of the metric that the caller names', () => {
    expect(read('[0.9, "Failed"]', 'json', { metric: 'm' }).series).toEqual({ m: [0.9, { phase: 'Failed' }] })
    expect(places('[0.9]', 'json')).toEqual(['1: [0]: series-syntax'])
  })

  test('the answer of a Prometheus server gives a vector at each moment', () => {
    const answer = {
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: { pod: 'a' },
            values: [
              [1767225600, '0.9'],
              [1767225630.25, 'NaN'],
            ],
          },
          { metric: { pod: 'b' }, values: [[1767225600, '0.8']] },
        ],
      },
    }
    expect(read(JSON.stringify(answer), 'json', { metric: 'm' }).series.m).toEqual([
      { atSeconds: 0, value: [0.9, 0.8] },
      { atSeconds: 30.25, value: [Number.NaN] },
    ])
    expect(read(JSON.stringify(answer), 'json').issues[0]?.message).toContain('say which metric')
    const scalar = '{"status": "success", "data": {"resultType": "scalar", "result": [1767225600, "3"]}}'
    expect(read(scalar, 'json', { metric: 'm' }).series.m).toEqual([{ atSeconds: 0, value: 3 }])
    const refused = '{"status": "error", "errorType": "bad_data", "error": "parse error"}'
    expect(read(refused, 'json', { metric: 'm' }).issues[0]?.message).toBe('the server answered: parse error')
  })

  test('every mistake is told at once, with line and path', () => {
    expect(places('{\n"a": [1,\n{"phase": "Faild"}],\n"b": 3,\n"c": [{"time": "soon", "value": 1}]}', 'json')).toEqual([
      '3: a[1].phase: series-value',
      '4: b: series-value',
      '5: c[0]: series-time',
    ])
    expect(places('{"a": [1, 2', 'json')[0]).toBe('1: : series-syntax')
    expect(places('{"a": [1], "a": [2]}', 'json')).toEqual(['1: a: series-syntax'])
    expect(places('[1, 2]\n', 'json')).toEqual(['1: [0]: series-syntax', '1: [1]: series-syntax'])
    expect(places('17', 'json')).toEqual(['1: : series-syntax'])
    expect(places('{}', 'json')).toEqual(['1: : series-syntax'])
  })

  test('moments and seconds do not mix', () => {
    expect(places('time,m\n2026-01-01T00:00:00Z,1\n30,2\n', 'csv')).toEqual(['3: m: series-time'])
  })
})

const run = { verbose: 1 as const, seed: 20300101 }

describe('for any text', () => {
  const parts = fc.constantFrom(
    'time',
    'metric',
    'value',
    'm',
    ',',
    '\n',
    '"',
    '0.9',
    'NaN',
    'Failed',
    '{',
    '}',
    '[',
    ']',
    ':',
    '1m',
    ' ',
  )
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.array(parts, { maxLength: 40 }).map((list) => list.join('')),
  )

  test('nothing throws, and there are measurements or an issue', () => {
    fc.assert(
      fc.property(
        text,
        fc.constantFrom<SeriesFormat>('csv', 'json'),
        fc.option(fc.constant('m'), { nil: undefined }),
        (given, format, metric) => {
          const { series, issues } = read(given, format, { metric })
          expect(Object.keys(series).length + issues.length).toBeGreaterThan(0)
        },
      ),
      { ...run, numRuns: 2000 },
    )
  })

  test('what is written as JSON is read as it was', () => {
    const item = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer(), { maxLength: 3 }))
    const given = fc.dictionary(
      fc.stringMatching(/^[a-z][a-z-]{0,8}$/),
      fc.array(item, { minLength: 1, maxLength: 5 }),
      { minKeys: 1 },
    )
    fc.assert(
      fc.property(given, (series) => {
        expect(read(JSON.stringify(series), 'json')).toEqual({ series, issues: [] })
      }),
      { ...run, numRuns: 300 },
    )
  })
})

describe('a series of too many measurements ends in an issue', () => {
  test('in CSV', () => {
    const { series, issues } = parseSeries(`rate\n${','.repeat(1_000_000)}\n`, 'csv')
    expect([series, issues[0]?.code, issues[0]?.line]).toEqual([{}, 'series-syntax', 2])
  })

  test('in JSON', () => {
    const { series, issues } = parseSeries(`{"rate":[${'1,'.repeat(500_000)}1]}`, 'json')
    expect([series.rate?.length, issues[0]?.path]).toEqual([500_000, 'rate[500000]'])
  })
})
