import { describe, expect, test } from 'vitest'
import type { AnalysisRun, AnalysisTemplate, AnalysisTemplateSpec } from '../../src/model/analysis'
import type { Rollout } from '../../src/model/rollout'
import { buildAnalysisRun } from '../../src/templates/buildAnalysisRun'
import { buildArguments } from '../../src/templates/buildArguments'
import { collectTemplates } from '../../src/templates/collectTemplates'
import { currentRuns, listCurrentRuns } from '../../src/templates/currentRuns'
import { planRunCreation } from '../../src/templates/planRunCreation'
import { rolloutField } from '../../src/templates/rolloutField'
import { runsToDelete } from '../../src/templates/runsToDelete'
import { deepFreeze } from '../properties/recorded'

const template = (name: string, spec: AnalysisTemplateSpec = {}, namespace = 'shop'): AnalysisTemplate =>
  deepFreeze({ metadata: { name, namespace }, spec })

const web = (name: string) => ({ name, provider: { web: { url: 'http://judge.example' } } })

const names = (templates: readonly { metadata: { name: string } }[]) => templates.map(({ metadata }) => metadata.name)

describe('templates that name others (behaviour 2.2)', () => {
  const lookup = (
    analysisTemplates: readonly AnalysisTemplate[],
    clusterAnalysisTemplates: readonly AnalysisTemplate[] = [],
  ) => ({
    refs: [{ templateName: 'a' }, { templateName: 'c' }],
    namespace: 'shop',
    analysisTemplates,
    clusterAnalysisTemplates,
  })

  test('are collected depth first, each name once', () => {
    const a = template('a', { templates: [{ templateName: 'b' }, { templateName: 'k', clusterScope: true }] })
    const b = template('b', { templates: [{ templateName: 'c' }] })
    const k = template('k', { templates: [{ templateName: 'b' }] }, '')
    const found = collectTemplates(lookup([template('c'), b, a], [k]))
    expect(found).toMatchObject({ templates: [{}, {}, {}], clusterTemplates: [{}] })
    if ('templates' in found) expect(names(found.templates)).toEqual(['a', 'b', 'c'])
  })

  test.for([
    ['one without references', template('a')],
    ['one with an empty list of them', template('a', { templates: [] })],
    ['one that names another', template('a', { templates: [{ templateName: 'c' }] })],
    ['none', template('other')],
  ] as const)('an analysis that names one template, and the same twice: %s', ([, a]) => {
    const { refs, ...world } = lookup([a, template('c')], [template('a', {}, '')])
    for (const ref of [...refs, { templateName: 'a', clusterScope: true }, { templateName: 'gone' }])
      expect(collectTemplates({ ...world, refs: [ref] })).toEqual(collectTemplates({ ...world, refs: [ref, ref] }))
  })

  test('a missing one is named as the controller does; templates of other namespaces do not count', () => {
    expect(collectTemplates(lookup([template('a', {}, 'elsewhere')]))).toEqual({
      missing: {
        templateName: 'a',
        clusterScope: false,
        nested: false,
        error: 'analysistemplate.argoproj.io "a" not found',
        reason: 'notFound',
      },
    })
    const nested = template('a', { templates: [{ templateName: 'k', clusterScope: true }] })
    expect(collectTemplates(lookup([nested]))).toMatchObject({
      missing: { nested: true, error: 'clusteranalysistemplate.argoproj.io "k" not found' },
    })
  })

  test('a circle is an error, a long chain and a wide net are no trouble', () => {
    const a = template('a', { templates: [{ templateName: 'b' }] })
    const b = template('b', { templates: [{ templateName: 'a' }] })
    expect(collectTemplates(lookup([a, b]))).toMatchObject({
      missing: { error: "AnalysisTemplate 'a' refers to itself" },
    })
    // Every one names both of the next layer: 2^20 paths, 41 templates.
    const both = (layer: number) => [{ templateName: `l${layer}` }, { templateName: `r${layer}` }]
    const net = Array.from({ length: 20 }, (_, i) =>
      ['l', 'r'].map((side) => template(`${side}${i}`, i < 19 ? { templates: both(i + 1) } : {})),
    ).flat()
    const found = collectTemplates(lookup([template('a', { templates: both(0) }), template('c'), ...net]))
    expect('templates' in found && found.templates).toHaveLength(42)
    const chain = Array.from({ length: 500 }, (_, i) =>
      template(`n${i}`, { templates: [{ templateName: `n${i + 1}` }] }),
    )
    const long = lookup([template('a', { templates: [{ templateName: 'n0' }] }), ...chain])
    expect(collectTemplates(long)).toMatchObject({ missing: { error: expect.stringContaining('nested too deep') } })
  })
})

describe('a run out of templates (behaviour 4.2)', () => {
  test('has the metrics of all, the first value of an argument, and what the caller gives', () => {
    const built = buildAnalysisRun({
      templates: [
        template('a', {
          metrics: [web('m')],
          args: [{ name: 'svc' }, { name: 'token', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }],
        }),
        template('b', {
          metrics: [web('n')],
          args: [{ name: 'svc', value: 'default' }],
          dryRun: [{ metricName: 'n' }],
        }),
      ],
      clusterTemplates: [],
      args: [
        { name: 'svc', value: 'checkout' },
        { name: 'unknown', value: 'x' },
      ],
      dryRun: [{ metricName: 'm' }],
      name: 'run',
      namespace: 'shop',
    })
    expect(built).toMatchObject({
      run: {
        metadata: { name: 'run', namespace: 'shop' },
        spec: {
          metrics: [{ name: 'm' }, { name: 'n' }],
          args: [{ name: 'svc', value: 'checkout' }, { name: 'token' }],
          dryRun: [{ metricName: 'm' }, { metricName: 'n' }],
        },
      },
    })
  })

  test('fields that the types do not know do not reach the run', () => {
    const odd = { ...web('m'), colour: 'blue', provider: { web: { url: 'u', insecure: false, colour: 'blue' } } }
    const built = buildAnalysisRun({
      templates: [template('a', { metrics: [odd] })],
      clusterTemplates: [],
      name: 'r',
      namespace: '',
    })
    expect(JSON.stringify(built)).not.toMatch(/colour|insecure/)
    expect(built).toMatchObject({ run: { metadata: { name: 'r' } } })
    expect(JSON.stringify(built)).not.toMatch(/namespace/)
  })
})

const owner = { kind: 'Rollout', name: 'checkout', uid: 'u1', controller: true }
const run = (name: string, more: Partial<AnalysisRun> = {}): AnalysisRun => ({
  metadata: { name, namespace: 'shop', ownerReferences: [owner] },
  spec: { metrics: [web('m')] },
  ...more,
})

describe('a name that is taken (behaviour 4.2)', () => {
  test('our own unfinished run is adopted, anything else makes way', () => {
    const same = run('r', { status: { phase: 'Running' } })
    expect(planRunCreation(run('r'), [same])).toEqual({ run: same, reused: true })
    const others: readonly AnalysisRun[] = [
      run('r', { status: { phase: 'Failed' } }),
      run('r', { spec: { metrics: [web('other')] } }),
      run('r', { metadata: { name: 'r', namespace: 'shop', ownerReferences: [{ ...owner, uid: 'u2' }] } }),
    ]
    for (const taken of others)
      expect(planRunCreation(run('r'), [taken])).toMatchObject({ run: { metadata: { name: 'r.1' } }, reused: false })
    const many = Array.from({ length: 300 }, (_, i) => run(i === 0 ? 'r' : `r.${i}`, { status: { phase: 'Error' } }))
    expect(planRunCreation(run('r'), many)).toMatchObject({ run: { metadata: { name: 'r.300' } } })
  })

  test('runs of other namespaces take no name; a free name keeps the very same object', () => {
    const mine = run('r')
    const elsewhere = run('r', { metadata: { name: 'r', namespace: 'other' } })
    const planned = planRunCreation(mine, [elsewhere])
    expect('run' in planned && planned.run).toBe(mine)
  })
})

describe('which runs a Rollout keeps', () => {
  test('a name in several slots counts for the first of them', () => {
    const reference = { name: 'x' }
    const status = {
      canary: { currentStepAnalysisRunStatus: reference },
      blueGreen: { prePromotionAnalysisRunStatus: reference },
    }
    const { current, others } = currentRuns([run('x'), run('y')], status)
    expect([names(listCurrentRuns(current)), Object.keys(current), names(others)]).toEqual([['x'], ['step'], ['y']])
  })

  test('finished ones beyond the limits go, newest first stay; orphans go at once', () => {
    const labelled = (name: string, minute: number, phase: 'Successful' | 'Failed' | 'Running', hash = 'h') =>
      run(name, {
        metadata: {
          name,
          labels: { 'rollouts-pod-template-hash': hash },
          creationTimestamp: `2030-01-01T00:0${minute}:00Z`,
        },
        status: { phase },
      })
    const runs = deepFreeze([
      labelled('old', 1, 'Successful'),
      labelled('new', 3, 'Successful'),
      labelled('orphan', 2, 'Running', 'gone'),
      labelled('running', 0, 'Running'),
    ])
    const sets = [{ metadata: { name: 'rs', labels: { 'rollouts-pod-template-hash': 'h' } } }]
    expect(names(runsToDelete(runs, sets, { successful: 1, unsuccessful: 0 }))).toEqual(['orphan', 'old'])
    expect(names(runsToDelete(runs, [], { successful: 9, unsuccessful: 9 }))).toHaveLength(4)
  })
})

describe('arguments out of a Rollout (behaviour 4.2)', () => {
  const rollout = {
    metadata: { name: 'checkout', namespace: 'shop', labels: { 'team/name': 'payments' } },
    spec: {
      replicas: 2_500_000,
      paused: false,
      selector: {},
      template: {},
      strategy: { canary: { steps: [{ setWeight: 20 }] } },
    },
  } as unknown as Rollout
  const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } })

  test('hashes, fields and plain values', () => {
    const given = [
      { name: 'new', valueFrom: { podTemplateHashValue: 'Latest' as const } },
      field('weight', 'spec.strategy.canary.steps[0].setWeight'),
      field('team', "metadata.labels['team/name']"),
      field('replicas', 'spec.replicas'),
      { name: 'plain', value: 'x' },
    ]
    expect(buildArguments(given, rollout, { stable: 's', latest: 'l' }).args?.map(({ value }) => value)).toEqual([
      'l',
      '20',
      'payments',
      '2.5e+06',
      'x',
    ])
  })

  test('a field that is not there is empty, and an error until a later one is found', () => {
    const missing = field('a', 'spec.paused')
    const hashes = { stable: 's', latest: 'l' }
    expect(buildArguments([missing, { name: 'b', value: 'x' }], rollout, hashes)).toEqual({
      args: [
        { name: 'a', value: '' },
        { name: 'b', value: 'x' },
      ],
      error: 'invalid path spec.paused in rollout',
    })
    expect(buildArguments([missing, field('n', 'metadata.name')], rollout, hashes).error).toBeUndefined()
    expect(buildArguments([field('b', 'metadata.nope')], rollout, hashes)).toEqual({
      error: 'unsupported fieldPath: metadata.nope',
    })
  })

  test('keys are sorted, and counted, as UTF-8', () => {
    const hashes = { stable: 's', latest: 'l' }
    const annotations = { '\u{1f600}': 'y', '\uffee': 'q', b: '"' }
    const told = buildArguments(
      [field('a', 'metadata.annotations')],
      { ...rollout, metadata: { name: 'n', annotations } },
      hashes,
    )
    expect(told.args?.[0]?.value).toBe('b="\\""\n\uffee="q"\n\u{1f600}="y"')
    const long = (key: string) => buildArguments([field('a', `metadata.labels['${key}']`)], rollout, hashes).error
    expect(long(`${'x'.repeat(62)}é`)).toContain('name part must be no more than 63 characters;')
    expect(long(`${'x'.repeat(61)}é`)).not.toContain('no more than')
  })

  test('an index is a whole number that 64 bits hold', () => {
    const inSteps = (index: string) => rolloutField(rollout, `spec.strategy.canary.steps[${index}]`)
    expect(inSteps('x')).toEqual({ error: "invalid index 'x'" })
    expect(inSteps('+09007199254740993')).toEqual({ error: 'index 9007199254740993 out of range' })
    expect(inSteps('9'.repeat(20))).toEqual({ error: `invalid index '${'9'.repeat(20)}'` })
  })

  test('what upstream crashes on is an error, and Object.prototype is no part of a Rollout', () => {
    expect(rolloutField(rollout, 'spec.strategy.canary.steps[-1]')).toEqual({ error: 'index -1 out of range' })
    expect(rolloutField(rollout, 'spec.constructor.name')).toEqual({
      error: 'invalid path spec.constructor.name in rollout',
    })
  })

  test('a template that comes from a workload is not seen', () => {
    const referring = {
      ...rollout,
      spec: {
        ...rollout.spec,
        workloadRef: { kind: 'Deployment', name: 'd' },
        template: { metadata: { labels: { a: 'b' } } },
      },
    } as unknown as Rollout
    expect(rolloutField(referring, 'spec.template.metadata.labels.a')).toMatchObject({ error: expect.any(String) })
  })
})
