import type protobuf from 'protobufjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { envoyRoutes, trafficShares } from '../../src/routers/index'
import { fc } from '../properties/fc'
import { envoyDefinitions, problemsOf } from './envoyDefinitions'

// What Envoy gets fits its published API definitions, without a field that they do not know.

const seed = 20_261_129
const split = { canary: 'web-canary', stable: 'web' }
let configuration: protobuf.Type

beforeAll(async () => {
  configuration = (await envoyDefinitions()).lookupType('envoy.config.route.v3.RouteConfiguration')
})

const serviceNames = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/)
const inputs = fc.record({
  weight: fc.integer({ min: 0, max: 100 }),
  destinations: fc.array(fc.record({ weight: fc.integer({ min: 0, max: 40 }), serviceName: serviceNames }), {
    maxLength: 3,
  }),
  domains: fc.array(fc.domain(), { minLength: 1, maxLength: 3 }),
  prefix: fc.webPath(),
})

test('every route configuration fits, and its weights are what was asked for', () => {
  fc.assert(
    fc.property(inputs, ({ weight, destinations, domains, prefix }) => {
      const shares = trafficShares({ ...split, weight, destinations })
      const routes = JSON.parse(JSON.stringify(envoyRoutes({ name: 'web', domains, prefix: prefix || '/' }, shares)))
      expect(problemsOf(configuration, routes)).toEqual([])
      const { clusters } = routes.virtualHosts[0].routes[0].route.weightedClusters
      // Envoy divides by the sum, and refuses a sum of 0.
      expect(clusters.reduce((sum: number, one: { weight: number }) => sum + one.weight, 0)).toBe(100)
      expect(clusters[0]).toEqual({ name: 'web-canary', weight })
    }),
    { seed },
  )
})

describe('the check can fail', () => {
  const routes = () =>
    structuredClone(envoyRoutes({ name: 'web', domains: ['*'] }, trafficShares({ ...split, weight: 20 })))
  type Loose = Record<string, unknown>
  const host = (object: unknown): Loose => (object as { virtualHosts: Loose[] }).virtualHosts[0]!

  test.for([
    ['an unknown field', (one: object) => Object.assign(one, { weight: 1 }), 'is not a field of'],
    ['no domain', (one: object) => Object.assign(host(one), { domains: [] }), 'needs 1 items'],
    ['a weight that is no number', (one: object) => replaceWeight(one, '20'), 'is no uint32'],
    ['a negative weight', (one: object) => replaceWeight(one, -1), 'is no uint32'],
    ['a domain with a line break', (one: object) => Object.assign(host(one), { domains: ['a\nb'] }), 'ends a line'],
    ['no name of the host', (one: object) => Object.assign(host(one), { name: '' }), 'is shorter than 1'],
  ] as const)('%s', ([, spoil, problem]) => {
    const spoiled = routes()
    spoil(spoiled)
    expect(problemsOf(configuration, spoiled).join('\n')).toContain(problem)
  })

  function replaceWeight(object: object, weight: unknown): void {
    const text = JSON.stringify(object).replace('"weight":20', `"weight":${JSON.stringify(weight)}`)
    Object.assign(object, JSON.parse(text))
  }
})
