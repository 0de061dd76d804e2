import { describe, expect, it } from 'vitest'
import { readAs, readObject } from '../../src/input'

const meta = (kind: string, apiVersion = 'argoproj.io/v1alpha1') => ({ apiVersion, kind, metadata: { name: 'x' } })
const problems = (value: unknown) => readObject(value).issues.map(({ code, path }) => `${code} ${path}`)

describe('an object that needs no change', () => {
  it('comes out as the very same', () => {
    const value = {
      ...meta('Rollout'),
      spec: { replicas: 3, template: { spec: { containers: [], hostNetwork: true } } },
    }
    expect(readObject(value).object).toBe(value)
  })
})

describe('null', () => {
  it('counts as absent in fields that are known, and stays where nobody looks', () => {
    const template = {
      metadata: { creationTimestamp: null, labels: null },
      spec: { volumes: null, initContainers: null, containers: [] },
    }
    const value = {
      ...meta('Rollout'),
      metadata: { name: 'x', creationTimestamp: null, labels: null },
      spec: {
        replicas: null,
        template,
        strategy: {
          canary: { steps: [{ setWeight: 5, pause: null }, { pause: { duration: null } }] },
          blueGreen: null,
        },
      },
      status: { canary: { weights: null }, conditions: null },
    }
    const frozen = JSON.stringify(value)
    expect(readObject(value)).toEqual({
      object: {
        ...meta('Rollout'),
        metadata: { name: 'x', creationTimestamp: null },
        spec: {
          template: { metadata: { creationTimestamp: null }, spec: { volumes: null, containers: [] } },
          strategy: { canary: { steps: [{ setWeight: 5 }, { pause: {} }] } },
        },
        status: { canary: {} },
      },
      issues: [],
    })
    expect(JSON.stringify(value)).toBe(frozen)
  })

  it('is an error as an item, as a label and for a field that is required', () => {
    const value = {
      ...meta('Rollout'),
      metadata: { name: null, labels: { app: null } },
      spec: { strategy: { canary: { steps: [null] } } },
    }
    expect(problems(value)).toEqual([
      'missing-field metadata.name',
      'wrong-type metadata.labels.app',
      'wrong-type spec.strategy.canary.steps[0]',
    ])
  })

  it('stays in what is a plugin’s own', () => {
    const value = {
      ...meta('Rollout'),
      spec: { strategy: { canary: { steps: [{ plugin: { name: 'a', config: null } }] } } },
    }
    expect(readObject(value).object).toBe(value)
  })
})

describe('kinds', () => {
  it('are chosen by group and kind: a Service of Knative is none of Kubernetes', () => {
    const spec = { selector: 5 }
    expect(problems({ ...meta('Service', 'v1'), spec })).toEqual(['wrong-type spec.selector'])
    expect(problems({ ...meta('Service', 'serving.knative.dev/v1'), spec })).toEqual([])
    expect(problems({ ...meta('Deployment', 'apps/v1'), spec: { replicas: '1' } })).toEqual([
      'wrong-type spec.replicas',
    ])
  })

  it.each([
    ['Ingress', 'networking.k8s.io/v1'],
    ['VirtualService', 'networking.istio.io/v1alpha3'],
    ['VirtualService', 'appmesh.k8s.aws/v1beta2'],
    ['Secret', 'v1'],
    ['Job', 'batch/v1'],
    ['HorizontalPodAutoscaler', 'autoscaling/v2'],
    ['Application', 'argoproj.io/v1alpha1'],
  ])('that the model does not know are kept whole: %s', (kind, apiVersion) => {
    const value = { ...meta(kind, apiVersion), spec: { anything: [null, { goes: true }] }, extra: null }
    expect(readObject(value)).toEqual({ object: value, issues: [] })
    expect(readObject(value).object).toBe(value)
  })

  it('that are probably meant are named', () => {
    expect(readObject(meta('Rolout')).issues[0]).toMatchObject({
      code: 'unknown-kind',
      severity: 'warning',
      message: 'unknown kind Rolout, which is kept as it is: did you mean Rollout?',
    })
    expect(readObject({ ...meta('Rollout', 'argoproj.io/v1'), spec: {} }).issues[0]).toMatchObject({
      code: 'unknown-version',
      severity: 'warning',
    })
  })

  it('must be said, with the version', () => {
    expect(problems({ apiVersion: 'v1', metadata: { name: 'x' } })).toEqual(['missing-field kind'])
    expect(readObject({ kind: 'Pod', metadata: { name: 'x' } }).issues[0]?.message).toBe(
      'apiVersion is required: write apiVersion: v1',
    )
    expect(problems({ kind: 3, apiVersion: {}, metadata: 'x' })).toEqual([
      'wrong-type apiVersion',
      'wrong-type kind',
      'wrong-type metadata',
    ])
    for (const value of [undefined, null, 3, 'x', [], { metadata: { name: 'x' } }, {}]) {
      expect(problems(value)).toEqual(['not-an-object '])
    }
  })

  it('may be given by the caller', () => {
    const value = { metadata: { name: 'x' }, spec: {} }
    expect(readAs('Rollout', value).object).toBe(value)
    expect(readAs('Rollout', { ...value, ...meta('Pod', 'v1') }).issues[0]).toMatchObject({
      code: 'wrong-kind',
      message: 'expected a Rollout of argoproj.io/v1alpha1, got a Pod of v1',
    })
  })
})

describe('names', () => {
  it('are required; a generated one is made up, the same every time', () => {
    expect(problems({ ...meta('Pod', 'v1'), metadata: {} })).toEqual(['missing-field metadata.name'])
    const value = { ...meta('AnalysisRun'), metadata: { generateName: 'smoke-' }, spec: { metrics: [] } }
    const { object, issues } = readObject(value)
    expect(object?.metadata).toEqual({ generateName: 'smoke-', name: 'smoke-00000' })
    expect(issues).toMatchObject([{ code: 'generated-name', severity: 'warning' }])
  })
})

describe('fields', () => {
  const steps = (...list: unknown[]) => ({ ...meta('Rollout'), spec: { strategy: { canary: { steps: list } } } })
  const metric = (provider: unknown, more = {}) => ({
    ...meta('AnalysisTemplate'),
    spec: { metrics: [{ name: 'm', provider, ...more }] },
  })

  it('take numbers or text where Kubernetes does, integers of 32 bits elsewhere', () => {
    const canary = (more: object) => ({ ...meta('Rollout'), spec: { strategy: { canary: more } } })
    expect(problems(canary({ maxSurge: '25%', maxUnavailable: 0 }))).toEqual([])
    expect(problems(metric({}, { count: '{{args.n}}', failureLimit: 2 }))).toEqual([])
    expect(problems(steps({ pause: { duration: '1h' } }, { pause: { duration: 30 } }, { pause: {} }))).toEqual([])
    expect(problems(canary({ maxSurge: true }))).toEqual(['wrong-type spec.strategy.canary.maxSurge'])
    expect(readObject(steps({ setWeight: 3_000_000_000 })).issues[0]?.message).toBe(
      'expected a number of at most 2147483647, got the number 3000000000',
    )
    expect(problems(steps({ setWeight: 20.0 }, { setWeight: -1 }))).toEqual([])
  })

  it('say which values there are', () => {
    expect(readObject(metric({ datadog: { query: 'q', apiVersion: 'v3' } })).issues).toEqual([
      {
        code: 'wrong-value',
        path: 'spec.metrics[0].provider.datadog.apiVersion',
        message: 'expected one of "v1", "v2", got text "v3"',
      },
    ])
  })

  it('of a status may have values that are not known: a cluster said so', () => {
    const value = { ...meta('Rollout'), spec: {}, status: { phase: 'Dancing' } }
    const { object, issues } = readObject(value)
    expect(object).toBe(value)
    expect(issues).toMatchObject([{ code: 'unknown-value', path: 'status.phase', severity: 'warning' }])
    expect(problems({ ...value, status: { phase: 5 } })).toEqual(['wrong-type status.phase'])
  })

  it('that are times are RFC 3339', () => {
    const at = (restartAt: string) => problems({ ...meta('Rollout'), spec: { restartAt } })
    for (const time of ['2030-01-31T12:00:00Z', '2030-01-31T12:00:00.5+01:00', '0001-01-01T00:00:00Z']) {
      expect(at(time)).toEqual([])
    }
    for (const time of ['tomorrow', '2030-01-31', '2030-01-31 12:00:00Z', '2030-02-30T00:00:00Z', '']) {
      expect(at(time)).toEqual(['wrong-value spec.restartAt'])
    }
  })

  it('are told apart from what was meant, if that is near', () => {
    const hint = (field: string) =>
      readObject({ ...meta('Rollout'), spec: { [field]: 1 } }).issues[0]?.message.match(/did you mean (\w+)/)?.[1]
    expect(hint('replica')).toBe('replicas')
    expect(hint('Replicas')).toBe('replicas')
    expect(hint('minReadySecond')).toBe('minReadySeconds')
    expect(hint('progressDeadlineSecnods')).toBe('progressDeadlineSeconds')
    expect(hint('startegy')).toBe('strategy')
    expect(hint('schedule')).toBeUndefined()
    expect(hint('x')).toBeUndefined()
    expect(hint('x'.repeat(100_000))).toBeUndefined()
    expect(readObject(metric({ prometheus: { adress: 'a', query: 'q' } })).issues[0]?.message).toContain('address')
  })

  it('of the metadata are all known', () => {
    const metadata = {
      name: 'x',
      managedFields: [{ manager: 'm' }],
      selfLink: '/x',
      label: {},
      generation: 3,
      uid: 'u',
    }
    expect(problems({ ...meta('Secret', 'v1'), metadata })).toEqual(['unknown-field metadata.label'])
  })

  it('of a pod template are checked as far as the definition says their types', () => {
    const template = {
      metadata: { labels: { version: 2 } },
      spec: { containers: [{ name: 'a', image: 5, env: [{ name: 'A', value: true }], ports: 'whatever' }], x: 1 },
    }
    expect(problems({ ...meta('Rollout'), spec: { template } })).toEqual([
      'wrong-type spec.template.metadata.labels.version',
      'wrong-type spec.template.spec.containers[0].image',
      'wrong-type spec.template.spec.containers[0].env[0].value',
      'wrong-type spec.template.spec.containers[0].ports',
    ])
  })
})
