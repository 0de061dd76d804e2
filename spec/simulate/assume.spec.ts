import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import { type SimulationInput, simulate, type Timeline } from '../../src/simulate/index'

// Services, templates and routers' objects stand in other files: what nobody has shown is assumed, named once, and the
// simulation goes on. `strict` is what the controller says with exactly the objects that are given.

const labels = { app: 'pear' }
const podTemplate = { metadata: { labels }, spec: { containers: [{ name: 'pear', image: 'pear:1' }] } }

const rolloutOf = (strategy: object, more: object = {}): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'pear', namespace: 'orchard' },
  spec: { replicas: 2, selector: { matchLabels: labels }, template: podTemplate, strategy, ...more },
})

const update = { atSeconds: 10, image: 'pear:2' }
const run = (manifests: readonly KubeObject[], input: Partial<SimulationInput> = {}): Timeline =>
  simulate({ manifests, events: [update], untilSeconds: 600, ...input })

const names = ({ assumed }: Timeline): readonly string[] => assumed.map(({ kind, name }) => `${kind} ${name}`)
const end = ({ frames }: Timeline) => frames.at(-1)

const routed = (trafficRouting: object, more: object = {}): KubeObject =>
  rolloutOf({
    canary: {
      stableService: 'pear-stable',
      canaryService: 'pear-canary',
      trafficRouting,
      steps: [{ setWeight: 20 }],
      ...more,
    },
  })
const services = ['Service pear-stable', 'Service pear-canary']

describe('a Rollout whose Services are in another file', () => {
  const timeline = run([routed({ nginx: { stableIngress: 'pear' } })])

  test('is simulated to its end', () => expect(end(timeline)).toMatchObject({ phase: 'Healthy', message: '' }))

  test('names each missing object once, with the field that names it', () => {
    expect(names(timeline)).toEqual([...services, 'Ingress pear'])
    expect(timeline.issues.map(({ severity, code, path }) => [severity, code, path])).toEqual([
      ['warning', 'assumed', 'spec.strategy.canary.stableService'],
      ['warning', 'assumed', 'spec.strategy.canary.canaryService'],
      ['warning', 'assumed', 'spec.strategy.canary.trafficRouting.nginx.stableIngress'],
    ])
    expect(timeline.issues[0]?.message).toBe(
      "Service pear-stable is not among the manifests: it is assumed to exist and to select the Rollout's pods",
    )
    expect(timeline.assumed[0]?.namedBy).toEqual({ kind: 'Rollout', namespace: 'orchard', name: 'pear' })
  })

  test('assumed Services select the pods of the revision that they serve', () => {
    const service = timeline.objects['services/orchard/pear-stable']
    expect(service?.spec).toMatchObject({ selector: { ...labels, 'rollouts-pod-template-hash': expect.any(String) } })
  })

  test('is invalid under strict, as the controller says it', () => {
    const strict = run([routed({ nginx: { stableIngress: 'pear' } })], { missing: 'strict' })
    expect(strict.assumed).toEqual([])
    expect(end(strict)?.message).toContain('service "pear-stable" not found')
  })

  test('what is given is used as it is, and not named', () => {
    const given: KubeObject = {
      kind: 'Service',
      metadata: { name: 'pear-stable' },
      spec: { selector: { app: 'plum' } },
    }
    const wrong = run([routed({ nginx: { stableIngress: 'pear' } }), given])
    expect(names(wrong)).toEqual(['Service pear-canary', 'Ingress pear'])
    expect(end(wrong)?.message).toContain('Service "pear-stable" has unmatch label "app" in rollout')
  })

  test('a Service in another namespace is not the one, and that is said', () => {
    const elsewhere: KubeObject = { kind: 'Service', metadata: { name: 'pear-stable', namespace: 'garden' }, spec: {} }
    const [issue] = run([routed({ nginx: { stableIngress: 'pear' } }), elsewhere]).issues
    expect(issue?.message).toContain('(there is one in namespace garden, but the Rollout is in orchard)')
  })
})

describe('what routers need', () => {
  const istio = (more: object) => ({ istio: { virtualService: { name: 'pear', ...more } } })
  const rule = { name: 'pear-rule', canarySubsetName: 'canary', stableSubsetName: 'stable' }
  const pingPong = { pingPong: { pingService: 'ping', pongService: 'pong' }, stableService: '', canaryService: '' }
  test.each<[string, KubeObject, readonly string[]]>([
    ['Ingresses of NGINX', routed({ nginx: { stableIngresses: ['a', 'b'] } }), [...services, 'Ingress a', 'Ingress b']],
    [
      'ALB with a root Service',
      routed({ alb: { ingress: 'pear', servicePort: 80, rootService: 'root' } }),
      [...services, 'Service root', 'Ingress pear'],
    ],
    ['the only route of a VirtualService', routed(istio({})), [...services, 'VirtualService pear']],
    [
      'named, TLS and TCP routes',
      routed(istio({ routes: ['one', 'two'], tlsRoutes: [{ port: 443 }], tcpRoutes: [{ port: 90 }] })),
      [...services, 'VirtualService pear'],
    ],
    [
      'subsets of a DestinationRule',
      routed({ istio: { virtualService: { name: 'pear.mesh' }, destinationRule: rule } }),
      [...services, 'VirtualService pear', 'DestinationRule pear-rule'],
    ],
    ['ping and pong with Istio', routed(istio({}), pingPong), ['Service ping', 'Service pong', 'VirtualService pear']],
    ['mappings of Ambassador', routed({ ambassador: { mappings: ['pear'] } }), [...services, 'Mapping pear']],
    ['App Mesh', routed({ appMesh: { virtualService: { name: 'pear' } } }), [...services, 'VirtualService pear']],
    ['Traefik', routed({ traefik: { weightedTraefikServiceName: 'pear' } }), [...services, 'TraefikService pear']],
    ['Apisix', routed({ apisix: { route: { name: 'pear' } } }), [...services, 'ApisixRoute pear']],
    ['SMI, whose split the controller makes', routed({ smi: { rootService: 'root' } }), [...services, 'Service root']],
  ])('%s is assumed, and the update goes through', (_, rollout, expected) => {
    const timeline = run([rollout])
    expect(names(timeline)).toEqual(expected)
    expect(end(timeline)).toMatchObject({ phase: 'Healthy', message: '' })
  })
})

describe('an analysis whose template is in another file', () => {
  const canary = (...templates: object[]): KubeObject =>
    rolloutOf({ canary: { steps: [{ setWeight: 50 }, { analysis: { templates } }] } })
  const latency = { templateName: 'latency' }

  test('succeeds', () => {
    const timeline = run([canary(latency, { templateName: 'errors', clusterScope: true })])
    expect(names(timeline)).toEqual(['AnalysisTemplate latency', 'ClusterAnalysisTemplate errors'])
    expect(end(timeline)).toMatchObject({ phase: 'Healthy' })
    expect(end(timeline)?.runs.map(({ phase }) => phase)).toEqual(['Successful'])
  })

  test('fails where a series called as the template says so', () => {
    const timeline = run([canary(latency)], { series: { latency: [{ phase: 'Failed' }] } })
    expect(end(timeline)).toMatchObject({ phase: 'Degraded', abort: true })
  })

  test('cannot judge values: it refuses to guess', () => {
    const timeline = run([canary(latency)], { series: { latency: [{ value: 0.4 }] } })
    expect(timeline.frames).toEqual([])
    const issue = timeline.issues.find(({ code }) => code === 'conditions-unknown')
    expect(issue?.path).toBe('series.latency')
    expect(issue?.severity).toBeUndefined()
  })

  test('measures once, and says so of a longer series', () => {
    const series = { latency: [{ phase: 'Successful' as const }, { phase: 'Failed' as const }] }
    const timeline = run([canary(latency)], { series })
    expect(timeline.issues.find(({ code }) => code === 'series-unused')?.message).toContain('measures once')
  })

  test('has the metrics that rules of the Rollout name', () => {
    const analysis = { templates: [latency], dryRun: [{ metricName: 'p99' }] }
    const timeline = run([rolloutOf({ canary: { steps: [{ analysis }] } })])
    expect(end(timeline)?.runs.map(({ phase }) => phase)).toEqual(['Successful'])
  })

  test('is found below a template that is there, which then names it', () => {
    const all: KubeObject = {
      kind: 'AnalysisTemplate',
      metadata: { name: 'all' },
      spec: { templates: [{ templateName: 'all' }, latency] },
    }
    const { assumed } = run([canary({ templateName: 'all' }), all])
    expect(assumed).toMatchObject([
      { name: 'latency', namedBy: { kind: 'AnalysisTemplate', name: 'all' }, path: 'spec.templates[1].templateName' },
    ])
  })

  test('is assumed for background, blue-green and Experiments, too', () => {
    const background = run([rolloutOf({ canary: { steps: [{ setWeight: 50 }], analysis: { templates: [latency] } } })])
    expect(names(background)).toEqual(['AnalysisTemplate latency'])
    const blueGreen = run([
      rolloutOf({ blueGreen: { activeService: 'live', prePromotionAnalysis: { templates: [latency] } } }),
    ])
    expect(names(blueGreen)).toEqual(['Service live', 'AnalysisTemplate latency'])
    expect(end(blueGreen)).toMatchObject({ phase: 'Healthy' })
    const experiment = {
      templates: [{ name: 'trial', specRef: 'canary' }],
      analyses: [{ name: 'check', templateName: 'latency', requiredForCompletion: true }],
    }
    const trial = run([rolloutOf({ canary: { steps: [{ experiment }] } })])
    expect(names(trial)).toEqual(['AnalysisTemplate latency'])
    expect(end(trial)).toMatchObject({ phase: 'Healthy' })
  })
})

describe('a workload in another file', () => {
  const referring = (selector: object | undefined = { matchLabels: labels }): KubeObject =>
    rolloutOf(
      { canary: { stableService: 'pear-stable', canaryService: 'pear-canary', steps: [{ setWeight: 50 }] } },
      { template: undefined, selector, workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'pear' } },
    )

  test('is assumed with pods that fit selector and Services, and a word on what is not known', () => {
    const service: KubeObject = {
      kind: 'Service',
      metadata: { name: 'pear-stable' },
      spec: { selector: { tier: 'front' } },
    }
    const timeline = simulate({ manifests: [referring(), service], untilSeconds: 60 })
    expect(names(timeline)).toEqual(['Deployment pear', 'Service pear-canary'])
    expect(timeline.issues[0]?.message).toContain('names of ReplicaSets are not those of the cluster')
    expect(end(timeline)).toMatchObject({ phase: 'Healthy' })
  })

  test('brings a selector where the Rollout has none', () => {
    const timeline = simulate({ manifests: [referring(undefined)], untilSeconds: 60 })
    expect(end(timeline)).toMatchObject({ phase: 'Healthy' })
  })

  test('of a kind that cannot be named is not assumed', () => {
    const odd = rolloutOf(
      { canary: {} },
      { template: undefined, workloadRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'pear' } },
    )
    const timeline = simulate({ manifests: [odd], untilSeconds: 60 })
    expect(timeline.assumed).toEqual([])
    expect(end(timeline)?.message).toContain('workload of type apps/StatefulSet is not supported')
  })
})

test('a Secret that is not there ends the run under strict', () => {
  const template: KubeObject = {
    kind: 'AnalysisTemplate',
    metadata: { name: 'rate' },
    spec: {
      args: [{ name: 'token', valueFrom: { secretKeyRef: { name: 'vault', key: 'token' } } }],
      metrics: [{ name: 'rate', provider: { web: { url: 'http://rate/{{args.token}}', jsonPath: '{$}' } } }],
    },
  }
  const rollout = rolloutOf({ canary: { steps: [{ analysis: { templates: [{ templateName: 'rate' }] } }] } })
  expect(names(run([rollout, template]))).toEqual(['Secret vault'])
  const strict = run([rollout, template], { missing: 'strict' })
  expect(end(strict)?.message).toContain('secrets "vault" not found')
})

test('objects without a namespace stand beside the Rollout', () => {
  const service = (name: string): KubeObject => ({ kind: 'Service', metadata: { name }, spec: {} })
  const timeline = run([service('pear-stable'), service('pear-canary'), routed({ plugins: { 'a/b': {} } })])
  expect(timeline.assumed).toEqual([])
})
