import { describe, expect, test } from 'vitest'
import { type Rollout, reconcileRollout, validateRollout } from '../../src/index'
import type { RolloutSpec } from '../../src/model/rollout'

// What the controller refuses, by the rules of behaviour 2.1 to 2.3.

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
const spec: RolloutSpec = { replicas: 1, selector: { matchLabels: { app: 'web' } }, template }

const rolloutWith = (fields: Partial<RolloutSpec>): Rollout => ({
  metadata: { name: 'web', namespace: 'shop', uid: 'u', generation: 1 },
  spec: { ...spec, strategy: { canary: {} }, ...fields },
})

const canary = (fields: NonNullable<RolloutSpec['strategy']>['canary'] & object): Rollout =>
  rolloutWith({ strategy: { canary: fields } })

const services = ['web-stable', 'web-canary'].map((name) => ({ metadata: { name, namespace: 'shop' } }))
const routed = { stableService: 'web-stable', canaryService: 'web-canary' }

const noKind =
  'spec.strategy.steps[0]: Invalid value: "step.Experiment: true step.Pause: true step.SetWeight: true step.Analysis: true step.SetCanaryScale: true step.SetHeaderRoute: true step.SetMirrorRoute: true step.Plugin: true": Step must have one of the following set: experiment, setWeight, setCanaryScale, plugin or pause'

describe('a Rollout that the controller refuses', () => {
  const bad = { name: 'b', valueFrom: { fieldRef: { fieldPath: 'metadata.foo' } } }
  const cases: readonly (readonly [name: string, rollout: Rollout, error: string])[] = [
    ['an empty step', canary({ steps: [{}] }), noKind],
    ['a step whose only kind is null', canary({ steps: [{ pause: null as never }] }), noKind],
    [
      'two kinds in one step',
      canary({ steps: [{ setWeight: 5, pause: {} }] }),
      'spec.strategy.steps[0]: Invalid value: "step.Experiment: false step.Pause: true step.SetWeight: true step.Analysis: false": Step must have one of the following set: experiment, setWeight, setCanaryScale, plugin or pause',
    ],
    [
      'a header route that is not managed',
      canary({
        ...routed,
        trafficRouting: { plugins: { 'acme/router': {} }, managedRoutes: [{ name: 'beta' }] },
        steps: [{ setHeaderRoute: { name: 'gamma' } }],
      }),
      'spec.strategy.steps[0].setHeaderRoute: Invalid value: "gamma": Steps define a route that does not exist in spec.strategy.canary.trafficRouting.managedRoutes',
    ],
    [
      'an empty list of managed routes, which the controller never sees',
      canary({
        trafficRouting: { plugins: { 'acme/router': {} }, managedRoutes: [] },
        steps: [{ setHeaderRoute: { name: 'beta' } }],
      }),
      "spec.strategy.trafficRouting.managedRoutes: Required value: Rollout has missing field 'spec.strategy.canary.trafficRouting.managedRoutes'",
    ],
    [
      'a match of two kinds',
      canary({
        trafficRouting: { plugins: { 'acme/router': {} }, managedRoutes: [{ name: 'm' }] },
        steps: [{ setMirrorRoute: { name: 'm', match: [{ path: { exact: '/', prefix: '/a' } }] } }],
      }),
      'spec.strategy.steps[0].setMirrorRoute.match[0]: Invalid value: {"exact":"/","prefix":"/a"}: StringMatch match value must have exactly one of the following: exact, regex, prefix',
    ],
    [
      'the weight of an experiment without a router',
      canary({ steps: [{ experiment: { templates: [{ name: 'a', specRef: 'canary', weight: 5 }] } }] }),
      'spec.strategy.steps[0].experiment.templates[0].weight: Invalid value: 5: Experiment template weight cannot be set unless TrafficRouting is enabled',
    ],
    [
      'both kinds of anti-affinity',
      canary({
        antiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: { weight: 1 },
          requiredDuringSchedulingIgnoredDuringExecution: {},
        },
      }),
      'spec.strategy.antiAffinity: Invalid value: "antiAffinity.PreferredDuringSchedulingIgnoredDuringExecution: true antiAffinity.RequiredDuringSchedulingIgnoredDuringExecution: true": AntiAffinity must have exactly one strategy listed',
    ],
    [
      'anti-affinity of weight 0',
      canary({ antiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: { weight: 0 } } }),
      'spec.strategy.antiAffinity.weight: Invalid value: 0: AntiAffinity weight must be between 1-100',
    ],
    [
      'an argument from a field that no downward API has',
      canary({
        steps: [
          { analysis: { args: [{ name: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.labels' } } }, bad] } },
        ],
      }),
      'spec.strategy.steps[0].analyses: Invalid value: [{"name":"a","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels"}}},{"name":"b","valueFrom":{"fieldRef":{"fieldPath":"metadata.foo"}}}]: Analyses arguments must refer to valid object metadata supported by downwardAPI',
    ],
    [
      'both fields for Ingresses of NGINX',
      canary({ ...routed, trafficRouting: { nginx: { stableIngress: 'a', stableIngresses: ['b'] } } }),
      'spec.strategy.canary.trafficRouting.nginx: Internal error: Either StableIngress or StableIngresses must be configured. Both are configured.',
    ],
    [
      'no field for Ingresses of ALB',
      canary({ ...routed, trafficRouting: { alb: { servicePort: 80 } } }),
      'spec.strategy.canary.trafficRouting.alb: Internal error: Either Ingress or Ingresses must be configured. Neither are configured.',
    ],
    [
      'both fields for VirtualServices',
      canary({
        ...routed,
        trafficRouting: { istio: { virtualService: { name: 'a' }, virtualServices: [{ name: 'b' }] } },
      }),
      'spec.strategy.canary.trafficRouting.istio: Internal error: either VirtualService or VirtualServices must be configured',
    ],
    [
      'a selector that does not pick the pods of the template',
      rolloutWith({ selector: { matchLabels: { app: 'shop' } } }),
      'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
    ],
    [
      'no template at all',
      rolloutWith({ template: undefined }),
      'spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`',
    ],
  ]

  test.each(cases)('%s', (_, rollout, error) => {
    const decision = reconcileRollout({ now: '2030-01-01T00:00:00Z', rollout, replicaSets: [], services })
    expect(decision.error?.message).toBe(error)
    expect(decision.changes).toEqual([])
    expect(decision.status.message).toBe(`InvalidSpec: The Rollout "web" is invalid: ${error}`)
  })
})

test('an operator that Kubernetes does not know ends the reconcile before the Rollout is validated', () => {
  const rollout = rolloutWith({ selector: { matchExpressions: [{ key: 'app', operator: 'Near' }] } })
  const decision = reconcileRollout({ now: '2030-01-01T00:00:00Z', rollout, replicaSets: [] })
  expect(decision.error?.message).toBe(
    'rollout shop/web has invalid label selector: "Near" is not a valid label selector operator',
  )
  expect([decision.changes, decision.requeueSoon]).toEqual([[], true])
})

describe('what a Rollout refers to', () => {
  const istio = canary({
    ...routed,
    trafficRouting: { istio: { virtualService: { name: 'web.mesh', routes: ['primary'] } } },
  })
  const virtualService = (namespace: string, hosts: readonly string[]) => ({
    apiVersion: 'networking.istio.io/v1beta1',
    kind: 'VirtualService',
    metadata: { name: 'web', namespace },
    spec: { http: [{ name: 'primary', route: hosts.map((host) => ({ destination: { host } })) }] },
  })
  const field = 'spec.strategy.canary.trafficRouting.istio.virtualService.name'

  test('a VirtualService of another namespace has to be there', () => {
    const here = virtualService('shop', ['web-stable', 'web-canary.shop'])
    const there = virtualService('mesh', ['web-stable', 'web-canary.shop'])
    expect(validateRollout({ rollout: istio, virtualServices: [there] })).toEqual([])
    expect(validateRollout({ rollout: istio, virtualServices: [here] }).map(({ message }) => message)).toEqual([
      `${field}: Invalid value: "web": virtualservices.networking.istio.io "web" not found`,
    ])
  })

  test('its routes have to lead to both sides', () => {
    const virtualServices = [virtualService('mesh', ['web-stable'])]
    expect(validateRollout({ rollout: istio, virtualServices }).map(({ message }) => message)).toEqual([
      `${field}: Invalid value: "web": Istio VirtualService has invalid HTTP routes. Error: Canary Service 'web-canary' not found in route`,
    ])
  })

  test('of what the host did not look at nothing is said', () => {
    expect(validateRollout({ rollout: istio })).toEqual([])
    const decision = reconcileRollout({ now: '2030-01-01T00:00:00Z', rollout: istio, replicaSets: [], services })
    expect(decision.changes[0]?.kind).toBe('createReplicaSet')
  })

  test('an Ingress leads to the Service that is split', () => {
    const rollout = canary({ ...routed, trafficRouting: { nginx: { stableIngress: 'web' } } })
    const ingress = (service: string) => ({
      kind: 'Ingress',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { rules: [{ http: { paths: [{ backend: { service: { name: service } } }] } }] },
    })
    expect(validateRollout({ rollout, ingresses: [ingress('web-stable')] })).toEqual([])
    expect(validateRollout({ rollout, ingresses: [ingress('other')] })[0]?.message).toBe(
      'spec.strategy.canary.trafficRouting.nginx.stableIngress: Invalid value: "web": ingress `web` has no rules using service web-stable backend',
    )
    expect(validateRollout({ rollout, ingresses: [] })[0]?.message).toBe(
      'spec.strategy.canary.trafficRouting.nginx.stableIngress: Invalid value: "web": ingress.networking.k8s.io "web" not found',
    )
  })
})

test('validateRollout tells everything at once, a reconcile the first', () => {
  const rollout = rolloutWith({
    replicas: -1,
    strategy: { canary: { steps: [{ setWeight: 101 }, {}], scaleDownDelaySeconds: 5 } },
  })
  expect(validateRollout({ rollout }).map(({ code, path }) => [code, path])).toEqual([
    ['negative', 'spec.replicas'],
    ['needs-traffic-routing', 'spec.strategy.scaleDownDelaySeconds'],
    ['weight-range', 'spec.strategy.steps[0].setWeight'],
    ['one-step-kind', 'spec.strategy.steps[1]'],
  ])
  const decision = reconcileRollout({ now: '2030-01-01T00:00:00Z', rollout, replicaSets: [] })
  expect(decision.error?.path).toBe('spec.replicas')
})
