import { describe, expect, test } from 'vitest'
import type { AnalysisTemplateSpec, Metric } from '../../src/model/analysis'
import type { Series } from '../../src/model/series'
import type { ReplayTemplate } from '../../src/replay/prepareRun'
import { type ReplayOptions, replayAnalysis } from '../../src/replay/replayAnalysis'
import { fc } from '../properties/fc'
import { spoilt } from '../properties/oddities'
import { deepFreeze } from '../properties/recorded'

const prometheus = { prometheus: { address: 'http://prometheus.example', query: 'up' } }
const rate = (more: Partial<Metric> = {}): Metric => ({
  name: 'rate',
  interval: '30s',
  successCondition: 'result[0] >= 0.95',
  provider: prometheus,
  ...more,
})
const templateOf = (metrics: readonly Metric[], more: Partial<AnalysisTemplateSpec> = {}): ReplayTemplate => ({
  metadata: { name: 'success-rate' },
  spec: { metrics, ...more },
})
const replay = (template: ReplayTemplate | readonly ReplayTemplate[], series: Series, options?: ReplayOptions) =>
  replayAnalysis(deepFreeze(template), deepFreeze(series), deepFreeze(options ?? {}))
/** `0 Successful, 30 Failed` */
const told = (...given: Parameters<typeof replay>): string =>
  replay(...given)
    .measurements.map(({ atSeconds, phase }) => `${atSeconds} ${phase}`)
    .join(', ')
const places = (...given: Parameters<typeof replay>): string[] =>
  replay(...given).issues.map(({ code, path, severity = 'error' }) => `${severity} ${path}: ${code}`)

describe('a verdict', () => {
  test('falls with the measurement that breaks a limit, and says which', () => {
    const { verdict, decidedAtSeconds, why, measurements, metrics, events } = replay(
      templateOf([rate({ failureLimit: 1 })]),
      { rate: [0.99, 0.94, 0.97, 0.5, 0.99] },
    )
    expect({ verdict, decidedAtSeconds, why }).toEqual({
      verdict: 'Failed',
      decidedAtSeconds: 90,
      why: 'Metric "rate" assessed Failed due to failed (2) > failureLimit (1)',
    })
    expect(measurements.map(({ atSeconds, value, phase, tally }) => [atSeconds, value, phase, tally])).toEqual([
      [0, '[0.99]', 'Successful', '1 successful'],
      [30, '[0.94]', 'Failed', '1 successful, 1 failed'],
      [60, '[0.97]', 'Successful', '2 successful, 1 failed'],
      [90, '[0.5]', 'Failed', '2 successful, 2 failed'],
    ])
    expect(metrics).toEqual([
      {
        name: 'rate',
        dryRun: false,
        phase: 'Failed',
        why: 'failed (2) > failureLimit (1)',
        tally: '2 successful, 2 failed',
      },
    ])
    expect(events.map(({ atSeconds, reason }) => `${atSeconds} ${reason}`)).toEqual([
      '90 MetricFailed',
      '90 AnalysisRunFailed',
    ])
  })

  test('of a count comes with its last measurement; a short series repeats its last point and says so', () => {
    const { verdict, decidedAtSeconds, why, measurements } = replay(templateOf([rate({ count: 4 })]), {
      rate: [0.99, 0.98],
    })
    expect([verdict, decidedAtSeconds, why]).toEqual(['Successful', 90, 'rate: count (4) reached'])
    expect(measurements.map(({ isRepeated = false }) => isRepeated)).toEqual([false, false, true, true])
  })

  test('of a metric without a count comes when its series ends, as when a Rollout is through', () => {
    const { verdict, decidedAtSeconds, why, status } = replay(templateOf([rate({ failureLimit: 2 })]), {
      rate: [0.99, 0.1, 0.98],
    })
    expect([verdict, decidedAtSeconds]).toEqual(['Successful', 60])
    expect(why).toBe('the run was terminated, and nothing was beyond its limit (rate: 2 successful, 1 failed)')
    expect(status.message).toBe('Run Terminated')
  })

  test('waits for metrics with a count while others without one have seen the end of their series', () => {
    const metrics = [rate({ count: 4 }), rate({ name: 'watch' })]
    expect(told(templateOf(metrics), { rate: [1, 1, 1, 1], watch: [1, 1] })).toBe(
      '0 Successful, 0 Successful, 30 Successful, 30 Successful, 60 Successful, 60 Successful, 90 Successful, 90 Successful',
    )
  })

  test('comes when somebody ends the run', () => {
    const { verdict, decidedAtSeconds } = replay(templateOf([rate()]), { rate: [1] }, { terminateAtSeconds: 100 })
    expect([verdict, decidedAtSeconds]).toEqual(['Successful', 100])
  })

  test('may not come: without an end the run is cut off, and says so', () => {
    const { verdict, decidedAtSeconds, why } = replay(
      templateOf([rate()]),
      { rate: [1] },
      { afterEnd: 'repeatLast', mostMeasurements: 20 },
    )
    expect([verdict, decidedAtSeconds, why]).toEqual(['Running', undefined, 'no verdict after 20 measurements'])
  })

  test.for([
    [
      { count: 5, consecutiveSuccessLimit: 2 },
      [1, 1],
      'Successful 30: rate: consecutiveSuccess (2) >= consecutiveSuccessLimit (2)',
    ],
    [
      { count: 4, failureLimit: 2, consecutiveSuccessLimit: 2 },
      [1, 0, 1, 0],
      'Inconclusive 90: rate: count (4) reached, never 2 successes in a row',
    ],
    [
      { count: 3, failureLimit: -1, consecutiveSuccessLimit: 2 },
      [0, 0, 0],
      'Failed 60: rate: count (3) reached, never 2 successes in a row',
    ],
    [
      { failureCondition: 'result[0] < 0.5' },
      [0.7],
      'Inconclusive 0: Metric "rate" assessed Inconclusive due to inconclusive (1) > inconclusiveLimit (0)',
    ],
    [
      { consecutiveErrorLimit: 1 },
      ['Error', { error: 'no route' }],
      'Error 10: Metric "rate" assessed Error due to consecutiveErrors (2) > consecutiveErrorLimit (1): "Error Message: no route"',
    ],
    [{ initialDelay: '20s', count: 1, interval: undefined }, [1], 'Successful 20: rate: count (1) reached'],
    [{ count: '{{args.times}}' }, [1], 'Successful 60: rate: count (3) reached'],
  ] as const)('%j of %j: %s', ([more, points, expected]) => {
    const template = templateOf([rate(more as Partial<Metric>)], { args: [{ name: 'times', value: '3' }] })
    const { verdict, decidedAtSeconds, why } = replay(template, { rate: [...points] })
    expect(`${verdict} ${decidedAtSeconds}: ${why}`).toBe(expected)
  })

  test.for([
    [{ count: 5, failureLimit: 2 }, [1, 1, 0, 1, 1], 'Successful 120, already 90'],
    [{ count: 5 }, [1, 1, 1, 1, 1], 'Successful 120, already undefined'],
    [{ count: 5, failureLimit: 1 }, [0, 0], 'Failed 30, already undefined'],
    [{ count: 4, failureLimit: 2, consecutiveSuccessLimit: 2 }, [1, 0, 1, 0], 'Inconclusive 90, already undefined'],
    [{ count: 3, successCondition: undefined }, [1, 1, 1], 'Successful 60, already undefined'],
  ] as const)('%j of %j, and when nothing could change it any more: %s', ([more, points, expected]) => {
    const replayed = replay(templateOf([rate(more as Partial<Metric>)]), { rate: [...points] })
    expect(`${replayed.verdict} ${replayed.decidedAtSeconds}, already ${replayed.decidedAlreadyAtSeconds}`).toBe(
      expected,
    )
  })

  test('is decided before metrics that run dry are through', () => {
    const { decidedAtSeconds, decidedAlreadyAtSeconds } = replay(
      templateOf([rate({ count: 2 }), rate({ name: 'latency', count: 5 })], { dryRun: [{ metricName: 'late.*' }] }),
      { rate: [1], latency: [0.99] },
    )
    expect([decidedAtSeconds, decidedAlreadyAtSeconds]).toEqual([120, 30])
  })

  test('is not hurt by metrics that run dry', () => {
    const { verdict, metrics } = replay(
      templateOf([rate({ count: 1 }), rate({ name: 'latency', count: 1 })], { dryRun: [{ metricName: 'late.*' }] }),
      { rate: [1], latency: [0] },
    )
    expect(verdict).toBe('Successful')
    expect(metrics.map(({ name, dryRun, phase }) => [name, dryRun, phase])).toEqual([
      ['rate', false, 'Successful'],
      ['latency', true, 'Failed'],
    ])
  })
})

describe('a series', () => {
  test('with times holds each point until the next one, whatever the interval', () => {
    const series = {
      rate: [
        { atSeconds: 70, value: 0.1 },
        { atSeconds: 0, value: 1 },
        { atSeconds: 40, value: 0.96 },
      ],
    }
    expect(told(templateOf([rate({ failureLimit: 9 })]), series)).toBe(
      '0 Successful, 30 Successful, 60 Successful, 90 Failed',
    )
  })

  test('before its first time there is no data', () => {
    expect(told(templateOf([rate({ count: 1 })]), { rate: [{ atSeconds: 5, value: 1 }] })).toBe(
      '0 Error, 10 Successful',
    )
  })

  test('that is over may mean no data', () => {
    expect(
      told(templateOf([rate({ count: 3, consecutiveErrorLimit: 0 })]), { rate: [1] }, { afterEnd: 'noData' }),
    ).toBe('0 Successful, 30 Error')
  })

  test('has phases, with or without a value', () => {
    const series: Series = { rate: ['Successful', { phase: 'Failed', value: 7 }] }
    const { measurements } = replay(templateOf([rate({ failureLimit: 5 })]), series)
    expect(measurements.map(({ phase, value, why }) => [phase, value, why])).toEqual([
      ['Successful', undefined, 'the series says so'],
      ['Failed', '7', 'the series says so'],
    ])
  })
})

describe('templates', () => {
  test('that name others are put together with them, of the namespace and of the cluster', () => {
    const library: ReplayTemplate[] = [
      {
        kind: 'ClusterAnalysisTemplate',
        ...templateOf([rate({ name: 'latency', count: 1 })]),
        metadata: { name: 'all' },
      },
      { kind: 'AnalysisTemplate', ...templateOf([rate({ name: 'other', count: 1 })]), metadata: { name: 'other' } },
    ]
    const template = templateOf([rate({ count: 1 })], { templates: [{ templateName: 'all', clusterScope: true }] })
    const { metrics, issues } = replay(template, { rate: [1], latency: [1] }, { library })
    expect(metrics.map(({ name }) => name)).toEqual(['rate', 'latency'])
    expect(issues).toEqual([])
    expect(places(templateOf([rate()], { templates: [{ templateName: 'gone' }] }), { rate: [1] })).toEqual([
      'error spec.templates[0]: template-missing',
    ])
  })

  test('need no secrets, and no arguments that only a provider reads', () => {
    const provider = { prometheus: { address: '{{args.address}}', query: '{{args.service}} {{args.token}}' } }
    const template = templateOf([rate({ provider, count: 1 })], {
      args: [
        { name: 'service' },
        { name: 'address', value: 'http://prometheus' },
        { name: 'token', valueFrom: { secretKeyRef: { name: 'prometheus', key: 'token' } } },
      ],
    })
    expect(replay(template, { rate: [1] }).verdict).toBe('Successful')
    expect(places(template, { rate: [1] })).toEqual(['warning spec.args[0]: argument-missing'])
    expect(places(template, { rate: [1] }, { args: [{ name: 'service', value: 'web' }] })).toEqual([])
  })

  test('need the arguments that conditions and limits read', () => {
    const template = templateOf([rate({ successCondition: 'result[0] >= {{ args.least }}', count: 1 })], {
      args: [{ name: 'least' }],
    })
    expect(places(template, { rate: [1] })).toEqual(['error spec.args[0]: argument-missing'])
    const given = { args: [{ name: 'least', value: '0.5' }] }
    expect(places(template, { rate: [0.6] }, given)).toEqual([])
    expect(told(template, { rate: [0.6] }, given)).toBe('0 Successful')
  })

  test('tell all that is wrong with them at once, with its path', () => {
    const metrics = [
      rate({ successCondition: 'result[0] >= 0.95)', failureCondition: 'foo > 1' }),
      rate({ name: 'latency', count: 3, interval: undefined }),
      rate({ name: 'errors', provider: {} }),
      rate({ name: 'unknown', successCondition: '{{args.nobody}} > 1' }),
    ]
    const given = { args: [{ name: 'typo', value: '1' }] }
    expect(
      places(templateOf(metrics, { dryRun: [{ metricName: 'none' }] }), { rate: [1], rat: [1], errors: [] }, given),
    ).toEqual([
      'warning spec.args: argument-unused',
      'error spec.metrics[0].successCondition: condition-syntax',
      'error spec.metrics[0].failureCondition: condition-type',
      'error spec.metrics[1]: metric-invalid',
      'error spec.metrics[2]: metric-invalid',
      'error spec.metrics[3]: metric-invalid',
      'error spec.dryRun[0]: rule-unmatched',
      'error latency: series-missing',
      'error errors: series-empty',
      'error unknown: series-missing',
      'warning rat: series-unused',
    ])
    expect(places(templateOf([]), {})).toEqual(['error spec.metrics: metric-invalid'])
    expect(places([templateOf([rate()]), templateOf([rate()])], { rate: [1] })).toEqual([
      'error spec: analysis-invalid',
    ])
  })

  test('have limits that are numbers, and no fields of a Rollout', () => {
    const args = [{ name: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }]
    expect(places(templateOf([rate({ count: 'x' })]), { rate: [1] })).toEqual([
      'warning spec.metrics[0].count: metric-number',
    ])
    expect(places(templateOf([rate()], { args }), { rate: [1] })[0]).toBe('error spec.args[0]: argument-missing')
    expect(places(templateOf([rate()], { args }), { rate: [1] }, { args: [{ name: 'x', value: 'a' }] })).toEqual([])
  })

  test('say where in the condition it is wrong', () => {
    const { issues } = replay(templateOf([rate({ successCondition: 'result[0] >=' })]), { rate: [1] })
    expect(issues[0]).toMatchObject({ template: 'success-rate' })
    expect(issues[0]?.message).toBe('unexpected token EOF, at column 12 of "result[0] >="')
  })
})

describe('for any series', () => {
  const run = { verbose: 1 as const, seed: 20300101, numRuns: 150 }
  const value = fc.oneof(
    fc.double(),
    fc.constant(null),
    fc.string(),
    fc.boolean(),
    fc.array(fc.double()),
    fc.jsonValue().map((one) => ({ value: one })),
  )
  const point = fc.oneof(
    value,
    fc.constantFrom('Successful', 'Failed', 'Error', 'Inconclusive'),
    fc.record({ atSeconds: fc.double(), value: fc.double() }, { requiredKeys: [] }),
    fc.record({ error: fc.string() }),
  ) as fc.Arbitrary<Series[string][number]>
  const limit = fc.option(fc.integer({ min: -1, max: 4 }), { nil: undefined })
  const metric = fc.record({
    count: limit,
    failureLimit: limit,
    inconclusiveLimit: limit,
    consecutiveErrorLimit: limit,
    consecutiveSuccessLimit: limit,
    failureCondition: fc.constantFrom(undefined, 'result[0] < 0.5', 'result < 1', 'isNaN(result)'),
    provider: fc.constantFrom({ prometheus: {} }, { web: {} }, { datadog: {} }, { cloudWatch: {} }, { newRelic: {} }),
  })

  test('there is a verdict with a reason, the same one every time, and times go up', () => {
    fc.assert(
      fc.property(metric, fc.array(point, { minLength: 1, maxLength: 8 }), (more, points) => {
        const template = templateOf([rate(more as Partial<Metric>)])
        const result = replay(template, { rate: points }, { mostMeasurements: 100 })
        expect(result.why).not.toBe('')
        expect(['Successful', 'Failed', 'Error', 'Inconclusive']).toContain(result.verdict)
        const times = result.measurements.map(({ atSeconds }) => atSeconds)
        expect(times).toEqual([...times].sort((a, b) => a - b))
        expect(replay(template, { rate: points }, { mostMeasurements: 100 })).toEqual(result)
      }),
      run,
    )
  })
})

describe('for anything at all', () => {
  const template = templateOf(
    [rate({ count: '{{args.times}}' as never, failureLimit: 1 }), rate({ name: 'latency' })],
    {
      args: [
        { name: 'times', value: '3' },
        { name: 'token', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } },
      ],
      dryRun: [{ metricName: 'lat' }],
      measurementRetention: [{ metricName: 'rate', limit: 2 }],
      templates: [{ templateName: 'other' }],
    },
  )
  const library = [{ kind: 'AnalysisTemplate', ...templateOf([rate({ name: 'third' })]), metadata: { name: 'other' } }]
  const options: ReplayOptions = {
    args: [{ name: 'times', value: '2' }],
    library,
    startAtSeconds: 1,
    mostMeasurements: 50,
  }
  const series: Series = {
    rate: [1, 'Failed', { error: 'x' }],
    latency: [{ atSeconds: 3, value: 2 }],
    third: [[1], null],
  }

  test('there is a verdict with a reason, and nothing is thrown', () => {
    expect(replay(template, series, options).issues).toEqual([])
    fc.assert(
      fc.property(spoilt([{ template, series, options }]), (given) => {
        const { verdict, why } = replay(given.template, given.series, given.options ?? {})
        expect(['Successful', 'Failed', 'Error', 'Inconclusive', 'Running']).toContain(verdict)
        expect(why).not.toBe('')
      }),
      { verbose: 1, seed: 20300101, numRuns: 400 },
    )
  })
})

test('a series without end counts as missing', () => {
  const template = { metadata: { name: 'rate' }, spec: { metrics: [rate()] } }
  const { issues } = replayAnalysis(template, { rate: new Array(2 ** 32 - 1) })
  expect(issues.map(({ code }) => code)).toContain('series-empty')
})

test('a value without end is no data', () => {
  const template = { metadata: { name: 'rate' }, spec: { metrics: [rate()] } }
  const endless = new Array(2 ** 32 - 1)
  const ofNull = replayAnalysis(template, { rate: [null] }).measurements
  for (const item of [endless, { value: endless }, { value: [endless] }])
    expect(replayAnalysis(template, { rate: [item as never] }).measurements).toEqual(ofNull)
})
