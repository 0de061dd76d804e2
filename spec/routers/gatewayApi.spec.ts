import { expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import { applyResource, type RouterObservation, routeTraffic } from '../../src/routers/index'

// What running the plugin's own code (v0.15.0) beside the engine on 22,000 generated lives showed beyond the recorded ones.

const router = 'plugins/argoproj-labs/gatewayAPI'

const rolloutWith = (config: object) => ({
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    strategy: {
      canary: {
        stableService: 'web',
        canaryService: 'web-canary',
        trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': config } },
      },
    },
  },
})

const route: KubeObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: {
    rules: [
      {
        backendRefs: [
          { name: 'web', port: 80 },
          { name: 'web-canary', port: 80 },
          { name: 'old-experiment', port: 80, weight: 5 },
        ],
      },
    ],
  },
}

const headerRoute = (headerValue: object): RouterObservation['change'] => ({
  kind: 'setHeaderRoute',
  router,
  route: { name: 'internal', match: [{ headerName: 'x-a', headerValue }] },
})

test('a header without a kind of match is refused before any route is read', () => {
  const rollout = rolloutWith({ httpRoute: 'gone' })
  const { error } = routeTraffic({ rollout, change: headerRoute({}), objects: [] })
  expect(error?.message).toBe('invalid header match type')
})

test('where no route takes header routes, a header without a kind of match is nobody’s problem', () => {
  const rollout = rolloutWith({ httpRoutes: [{ name: 'web' }] })
  expect(routeTraffic({ rollout, change: headerRoute({}), objects: [route] }).error).toBeUndefined()
})

test('a route that is named and selected is seen the second time as the first visit left it', () => {
  const additional = [{ serviceName: 'old-experiment', weight: 5 }]
  const weights = { canary: { weight: 0 }, stable: { weight: 95 }, additional }
  const rollout = {
    ...rolloutWith({ httpRoute: 'web', httpRouteSelector: { matchLabels: { app: 'web' } } }),
    status: { canary: { weights } },
  }
  const change = { kind: 'setWeight', router, weight: 30, destinations: [] } as const
  const { changes } = routeTraffic({ rollout, change, objects: [route] })
  // The first visit takes the experiment away and all weight back; the second finds no experiment and sets the weights.
  expect(changes).toHaveLength(2)
  const [after] = changes.reduce(applyResource, [route] as readonly KubeObject[])
  expect(after?.spec).toEqual({
    rules: [
      {
        backendRefs: [
          { name: 'web', port: 80, weight: 70 },
          { name: 'web-canary', port: 80, weight: 30 },
        ],
      },
    ],
  })
})
