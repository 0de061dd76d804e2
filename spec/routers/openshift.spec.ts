import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import type { Rollout } from '../../src/model/rollout'
import { routeTraffic } from '../../src/routers/index'

// What the plugin's own unit tests (argoproj-labs/rollouts-plugin-trafficrouter-openshift at ec4d284) expect, in our words.

const router = 'plugins/argoproj-labs/openshift'

const rolloutOf = (config: unknown = { routes: ['web'] }, canary: object = {}): Rollout => ({
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    strategy: {
      canary: {
        stableService: 'web',
        canaryService: 'web-canary',
        trafficRouting: { plugins: config === 'none' ? {} : { 'argoproj-labs/openshift': config } },
        ...canary,
      },
    },
  },
})

const routeOf = (to: object = { weight: 100 }, namespace = 'shop'): KubeObject => ({
  apiVersion: 'route.openshift.io/v1',
  kind: 'Route',
  metadata: { name: 'web', namespace },
  spec: { host: 'web.test', to: { kind: 'Service', name: 'web', ...to }, alternateBackends: [] },
})

const setWeight = (weight: number, rollout = rolloutOf(), objects = [routeOf()], failures = {}) =>
  routeTraffic({
    rollout,
    change: { kind: 'setWeight', router, weight, destinations: [] },
    objects,
    answers: { failures },
  })

describe('SetWeight', () => {
  test('splits between the Service of the Route and the canary', () => {
    const [change] = setWeight(30).changes
    expect(change).toMatchObject({
      kind: 'updateResource',
      object: {
        spec: {
          host: 'web.test',
          to: { name: 'web', weight: 70 },
          alternateBackends: [{ kind: 'Service', name: 'web-canary', weight: 30 }],
        },
      },
    })
  })

  test('takes the alternate backends away at weight 0', () => {
    const split = { ...routeOf({ weight: 70 }) }
    const [change] = setWeight(0, rolloutOf(), [split]).changes
    expect(change?.kind === 'updateResource' && change.object.spec).toEqual({
      host: 'web.test',
      to: { kind: 'Service', name: 'web', weight: 100 },
    })
  })

  test('writes nothing where the weight is the same', () => {
    expect(setWeight(80, rolloutOf(), [routeOf({ weight: 20 })]).changes).toEqual([])
  })

  test.for([
    ['no configuration', rolloutOf('none'), 'unexpected end of JSON input'],
    ['no canary Service', rolloutOf({ routes: ['web'] }, { canaryService: '' }), 'illegal parameter(s)'],
    ['no stable Service', rolloutOf({ routes: ['web'] }, { stableService: '' }), 'illegal parameter(s)'],
    ['no such Route', rolloutOf({ routes: ['gone'] }), 'routes.route.openshift.io "gone" not found'],
  ] as const)('%s is an error', ([, rollout, message]) => {
    const { error, changes } = setWeight(30, rollout)
    expect(error?.message).toBe(message)
    expect(changes).toEqual([])
  })

  test.for([
    ['a list where the configuration belongs', [], 'array into Go value of type plugin.OpenshiftTrafficRouting'],
    ['a text', { routes: 'web' }, 'string into Go struct field OpenshiftTrafficRouting.routes of type []string'],
    ['numbers', { routes: [1] }, 'number into Go struct field OpenshiftTrafficRouting.routes of type string'],
  ] as const)('%s ends in the error of Go', ([, config, problem]) => {
    expect(setWeight(30, rolloutOf(config)).error?.message).toBe(`json: cannot unmarshal ${problem}`)
  })

  test.for([
    ['null', [null], 'resource name may not be empty'],
    ['no name', ['shop/'], 'resource name may not be empty'],
    ['no namespace', ['/web'], 'the server could not find the requested resource (get routes.route.openshift.io web)'],
  ] as const)('%s among the names of Routes is an error', ([, routes, message]) => {
    expect(setWeight(30, rolloutOf({ routes })).error?.message).toBe(message)
  })

  test.for([{ Routes: ['web'] }, { ROUTES: [], routes: ['web'] }] as const)(
    'reads %o in any case of letters',
    (config) => {
      expect(setWeight(30, rolloutOf(config)).changes).toHaveLength(1)
    },
  )

  test('a Route that is named twice is written once, as the plugin sees its own write', () => {
    const { changes, error } = setWeight(30, rolloutOf({ routes: ['web', 'shop/web', 'gone'] }))
    expect(changes).toHaveLength(1)
    expect(error?.message).toBe('routes.route.openshift.io "gone" not found')
  })

  test('a refused update is the error', () => {
    const failures = { 'update routes/shop/web': { message: 'failed to update route' } }
    expect(setWeight(30, rolloutOf(), [routeOf()], failures).error?.message).toBe('failed to update route')
  })

  test('a Route of another namespace is read there, and written where an API server refuses it', () => {
    const { error } = setWeight(30, rolloutOf({ routes: ['edge/web'] }), [routeOf({ weight: 100 }, 'edge')])
    expect(error?.message).toContain('does not match the namespace')
  })
})

describe('everything else is obeyed without a word', () => {
  test.for([
    { kind: 'updateHash', router, canaryHash: 'a', stableHash: 'b', destinations: [] },
    { kind: 'setHeaderRoute', router, route: { name: 'x' } },
    { kind: 'setMirrorRoute', router, route: { name: 'x' } },
    { kind: 'removeManagedRoutes', router },
    { kind: 'verifyWeight', router, weight: 30, destinations: [] },
  ] as const)('$kind', (change) => {
    const decision = routeTraffic({ rollout: rolloutOf(), change, objects: [routeOf()] })
    expect(decision).toEqual({ changes: [], events: [], asks: [] })
  })
})
