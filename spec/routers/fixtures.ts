import type { KubeObject } from '../../src/model/meta'
import type { Rollout } from '../../src/model/rollout'
import type { TrafficRouting } from '../../src/model/trafficRouting'

/** A Rollout with one router, the objects of that router, and how its weights are read back. */
export interface RouterFixture {
  readonly router: string
  readonly rollout: Rollout
  readonly objects: readonly KubeObject[]
  /** Weights by Service; what an object does not mention is absent. */
  readonly weightsOf: (objects: readonly KubeObject[]) => Readonly<Record<string, number>>
  /** It gives experiments their share. */
  readonly hasExperiments: boolean
  readonly hasHeaderRoutes: boolean
}

export const managedNames = ['first', 'second', 'third']

function rolloutWith(trafficRouting: TrafficRouting): Rollout {
  const managedRoutes = managedNames.map((name) => ({ name }))
  const canary = {
    canaryService: 'web-canary',
    stableService: 'web',
    trafficRouting: { ...trafficRouting, managedRoutes },
  }
  return { metadata: { name: 'web', namespace: 'shop', uid: 'u-web' }, spec: { replicas: 4, strategy: { canary } } }
}

const object = (apiVersion: string, kind: string, name: string, rest: object, metadata: object = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop', labels: { team: 'x' }, ...metadata },
  ...rest,
})

// biome-ignore lint/suspicious/noExplicitAny: fields of many kinds are read here
const named = (objects: readonly KubeObject[], kind: string, name: string): any =>
  objects.find((one) => one.kind === kind && one.metadata.name === name)

type Pair = readonly [service: string, weight: number | undefined]
const record = (pairs: readonly Pair[]): Record<string, number> =>
  Object.fromEntries(pairs.map(([service, weight]) => [service, weight ?? 0]))

// biome-ignore lint/suspicious/noExplicitAny: as above
type Any = any

const istioRoute = (name: string, hosts: readonly string[]) => ({
  name,
  timeout: '5s',
  route: hosts.map((host, at) => ({ destination: { host, port: { number: 80 } }, weight: at === 0 ? 100 : 0 })),
})

const ingressSpec = {
  ingressClassName: 'any',
  tls: [{ hosts: ['web.test'], secretName: 'tls' }],
  rules: [
    {
      host: 'web.test',
      http: {
        paths: [
          { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } },
          { path: '/api', pathType: 'Prefix', backend: { service: { name: 'api', port: { number: 81 } } } },
        ],
      },
    },
  ],
}

const albActions = (objects: readonly KubeObject[]): readonly Pair[] => {
  const text = named(objects, 'Ingress', 'web').metadata.annotations['alb.ingress.kubernetes.io/actions.web']
  return JSON.parse(text).ForwardConfig.TargetGroups.map((one: Any) => [one.ServiceName, one.Weight])
}

const gatewayRoute = (kind: string) =>
  object('gateway.networking.k8s.io/v1', kind, 'web', {
    spec: {
      parentRefs: [{ name: 'gate' }],
      rules: [
        {
          matches: [{}],
          backendRefs: [
            { name: 'web', port: 80, weight: 100 },
            { name: 'web-canary', port: 80, weight: 0 },
            { name: 'elsewhere', port: 81, weight: 0 },
          ],
        },
      ],
    },
  })

export const fixtures: readonly RouterFixture[] = [
  {
    router: 'istio',
    rollout: rolloutWith({ istio: { virtualService: { name: 'web', routes: ['main'] } } }),
    objects: [
      object('networking.istio.io/v1', 'VirtualService', 'web', {
        spec: {
          hosts: ['web.test'],
          http: [istioRoute('main', ['web', 'web-canary']), istioRoute('other', ['api'])],
        },
      }),
    ],
    weightsOf: (objects) => {
      const routes = named(objects, 'VirtualService', 'web').spec.http
      const main = routes.find((one: Any) => one.name === 'main')
      return record(main.route.map((one: Any) => [one.destination.host, one.weight]))
    },
    hasExperiments: true,
    hasHeaderRoutes: true,
  },
  {
    router: 'nginx',
    rollout: rolloutWith({ nginx: { stableIngress: 'web' } }),
    objects: [object('networking.k8s.io/v1', 'Ingress', 'web', { spec: ingressSpec })],
    weightsOf: (objects) => {
      const { annotations } = named(objects, 'Ingress', 'web-web-canary').metadata
      const weight = Number(annotations['nginx.ingress.kubernetes.io/canary-weight'])
      return { 'web-canary': weight, web: 100 - weight }
    },
    hasExperiments: false,
    hasHeaderRoutes: false,
  },
  {
    router: 'alb',
    rollout: rolloutWith({ alb: { ingress: 'web', servicePort: 80 } }),
    objects: [
      object(
        'networking.k8s.io/v1',
        'Ingress',
        'web',
        { spec: ingressSpec },
        { annotations: { mine: 'kept', 'rollouts.argoproj.io/managed-alb-annotations': '{"web":[]}' } },
      ),
    ],
    weightsOf: (objects) => record(albActions(objects)),
    hasExperiments: true,
    hasHeaderRoutes: true,
  },
  {
    router: 'smi',
    rollout: rolloutWith({ smi: {} }),
    objects: [],
    weightsOf: (objects) =>
      record(named(objects, 'TrafficSplit', 'web').spec.backends.map((one: Any) => [one.service, Number(one.weight)])),
    hasExperiments: true,
    hasHeaderRoutes: false,
  },
  {
    router: 'ambassador',
    rollout: rolloutWith({ ambassador: { mappings: ['web'] } }),
    objects: [
      object('getambassador.io/v2', 'Mapping', 'web', { spec: { prefix: '/', service: 'web:80', rewrite: '' } }),
    ],
    weightsOf: (objects) => {
      const weight = named(objects, 'Mapping', 'web-canary')?.spec.weight ?? 0
      return { 'web-canary': weight, web: 100 - weight }
    },
    hasExperiments: false,
    hasHeaderRoutes: false,
  },
  {
    router: 'appMesh',
    rollout: rolloutWith({
      appMesh: {
        virtualService: { name: 'web' },
        virtualNodeGroup: { canaryVirtualNodeRef: { name: 'web-canary' }, stableVirtualNodeRef: { name: 'web' } },
      },
    }),
    objects: [
      object('appmesh.k8s.aws/v1beta2', 'VirtualService', 'web', {
        spec: { provider: { virtualRouter: { virtualRouterRef: { name: 'web' } } } },
      }),
      object('appmesh.k8s.aws/v1beta2', 'VirtualRouter', 'web', {
        spec: {
          listeners: [{ portMapping: { port: 80, protocol: 'http' } }],
          routes: [
            {
              name: 'main',
              httpRoute: {
                match: { prefix: '/' },
                action: {
                  weightedTargets: [
                    { virtualNodeRef: { name: 'web' }, weight: 100 },
                    { virtualNodeRef: { name: 'web-canary' }, weight: 0 },
                    { virtualNodeRef: { name: 'elsewhere' }, weight: 7 },
                  ],
                },
              },
            },
          ],
        },
      }),
    ],
    weightsOf: (objects) => {
      const targets = named(objects, 'VirtualRouter', 'web').spec.routes[0].httpRoute.action.weightedTargets
      const own = targets.filter((one: Any) => one.virtualNodeRef.name !== 'elsewhere')
      return record(own.map((one: Any) => [one.virtualNodeRef.name, one.weight]))
    },
    hasExperiments: false,
    hasHeaderRoutes: false,
  },
  {
    router: 'traefik',
    rollout: rolloutWith({ traefik: { weightedTraefikServiceName: 'web' } }),
    objects: [
      object('traefik.io/v1alpha1', 'TraefikService', 'web', {
        spec: {
          weighted: {
            sticky: { cookie: {} },
            services: [
              { name: 'web', port: 80 },
              { name: 'web-canary', port: 80 },
              { name: 'elsewhere', weight: 7 },
            ],
          },
        },
      }),
    ],
    weightsOf: (objects) => {
      const { services } = named(objects, 'TraefikService', 'web').spec.weighted
      const own = services.filter((one: Any) => one.name !== 'elsewhere')
      return record(own.map((one: Any) => [one.name, one.weight]))
    },
    hasExperiments: false,
    hasHeaderRoutes: false,
  },
  {
    router: 'apisix',
    rollout: rolloutWith({ apisix: { route: { name: 'web' } } }),
    objects: [
      object('apisix.apache.org/v2', 'ApisixRoute', 'web', {
        spec: {
          http: [
            {
              name: 'web',
              match: { paths: ['/*'] },
              backends: [
                { serviceName: 'web', servicePort: 80 },
                { serviceName: 'web-canary', servicePort: 80 },
              ],
            },
            { name: 'other', match: { paths: ['/other'] }, backends: [{ serviceName: 'api', servicePort: 81 }] },
          ],
        },
      }),
    ],
    weightsOf: (objects) => {
      const [main] = named(objects, 'ApisixRoute', 'web').spec.http
      return record(main.backends.map((one: Any) => [one.serviceName, one.weight]))
    },
    hasExperiments: false,
    hasHeaderRoutes: true,
  },
  {
    router: 'plugins/argoproj-labs/gatewayAPI',
    rollout: rolloutWith({ plugins: { 'argoproj-labs/gatewayAPI': { httpRoute: 'web' } } }),
    objects: [gatewayRoute('HTTPRoute')],
    weightsOf: (objects) => {
      const [rule] = named(objects, 'HTTPRoute', 'web').spec.rules
      const own = rule.backendRefs.filter((one: Any) => one.name !== 'elsewhere')
      return record(own.map((one: Any) => [one.name, one.weight]))
    },
    hasExperiments: false,
    hasHeaderRoutes: true,
  },
  {
    router: 'plugins/argoproj-labs/openshift',
    rollout: rolloutWith({ plugins: { 'argoproj-labs/openshift': { routes: ['web'] } } }),
    objects: [
      object('route.openshift.io/v1', 'Route', 'web', {
        spec: { host: 'web.test', to: { kind: 'Service', name: 'web', weight: 100 } },
      }),
    ],
    weightsOf: (objects) => {
      const { to, alternateBackends = [] } = named(objects, 'Route', 'web').spec
      return { 'web-canary': alternateBackends[0]?.weight ?? 0, web: to.weight }
    },
    hasExperiments: false,
    hasHeaderRoutes: false,
  },
]
