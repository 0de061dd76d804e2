import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../../src/model/meta'
import { applyResource, type RouterObservation, routeTraffic } from '../../src/routers/index'
import { fc } from '../properties/fc'
import { fixtures, managedNames, type RouterFixture } from './fixtures'

type RouterChange = RouterObservation['change'] extends infer Change
  ? Change extends { readonly router: string }
    ? Omit<Change, 'router'>
    : never
  : never

/** The objects once the router has been told something; fails where it refuses. */
function tell({ router, rollout }: RouterFixture, objects: readonly KubeObject[], change: RouterChange) {
  const decision = routeTraffic({ rollout, change: { ...change, router } as RouterObservation['change'], objects })
  expect(decision.error).toBeUndefined()
  return decision.changes.reduce(applyResource, objects)
}

const setWeight = (weight: number, others: readonly number[] = []): RouterChange => ({
  kind: 'setWeight',
  weight,
  destinations: others.map((one, at) => ({ serviceName: `experiment-${at}`, podTemplateHash: `h${at}`, weight: one })),
})

const headerRoute = (name: string): RouterChange => ({
  kind: 'setHeaderRoute',
  route: { name, match: [{ headerName: `x-${name}`, headerValue: { exact: 'yes' } }] },
})

const weights = fc.integer({ min: 0, max: 100 })
const seed = 20_261_129
const run = { seed, numRuns: 200 }

/** What a router writes itself: weights, and what it marks objects with. */
const isOwn = (key: string): boolean =>
  ['weight', 'alternateBackends', 'rollouts.argoproj.io/gatewayapi-canary'].includes(key) ||
  /^(alb\.ingress\.kubernetes\.io\/actions|rollouts\.argoproj\.io\/managed-alb)/.test(key)

function foreignParts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(foreignParts)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => !isOwn(key))
  return Object.fromEntries(entries.map(([key, one]) => [key, foreignParts(one)]))
}

describe.for(fixtures)('$router', (fixture) => {
  const { objects, weightsOf } = fixture

  test('weights read back are those commanded, for every number from 0 to 100', () => {
    for (let weight = 0; weight <= 100; weight++) {
      const after = tell(fixture, objects, setWeight(weight))
      expect(weightsOf(after)).toEqual({ 'web-canary': weight, web: 100 - weight })
    }
  })

  test('the same weight twice changes nothing', () => {
    fc.assert(
      fc.property(weights, weights, (before, weight) => {
        const once = tell(fixture, tell(fixture, objects, setWeight(before)), setWeight(weight))
        expect(tell(fixture, once, setWeight(weight))).toEqual(once)
      }),
      run,
    )
  })

  test('what others wrote survives any walk of weights', () => {
    fc.assert(
      fc.property(fc.array(weights, { maxLength: 6 }), (walk) => {
        const after = walk.reduce((now, weight) => tell(fixture, now, setWeight(weight)), objects)
        const kept = after.filter((one) => objects.some((given) => given.metadata.name === one.metadata.name))
        expect(foreignParts(kept)).toEqual(foreignParts(objects))
      }),
      run,
    )
  })

  test('observed objects are never changed', () => {
    const text = JSON.stringify(objects)
    tell(fixture, objects, setWeight(33))
    expect(JSON.stringify(objects)).toBe(text)
  })
})

describe.for(fixtures.filter(({ hasExperiments }) => hasExperiments))('$router with experiments', (fixture) => {
  test('every destination gets its weight, and stable what is left', () => {
    const shares = fc.tuple(weights, fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }))
    fc.assert(
      fc.property(shares, ([weight, others]) => {
        const rest = 100 - weight - others.reduce((sum, one) => sum + one, 0)
        fc.pre(rest >= 0)
        const after = tell(fixture, fixture.objects, setWeight(weight, others))
        const expected = Object.fromEntries(others.map((one, at) => [`experiment-${at}`, one]))
        expect(fixture.weightsOf(after)).toEqual({ ...expected, 'web-canary': weight, web: rest })
      }),
      run,
    )
  })

  test('an experiment that ends leaves nothing behind', () => {
    const during = tell(fixture, fixture.objects, setWeight(20, [5, 5]))
    expect(tell(fixture, during, setWeight(20))).toEqual(tell(fixture, fixture.objects, setWeight(20)))
  })
})

describe.for(fixtures.filter(({ hasHeaderRoutes }) => hasHeaderRoutes))('$router with header routes', (fixture) => {
  const start = tell(fixture, fixture.objects, setWeight(20))

  test('setting and removing gives back what was there', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(managedNames), (names) => {
        const during = names.reduce((now, name) => tell(fixture, now, headerRoute(name)), start)
        expect(tell(fixture, during, { kind: 'removeManagedRoutes' })).toEqual(start)
      }),
      run,
    )
  })

  test('the same header route twice changes nothing', () => {
    const once = tell(fixture, start, headerRoute('second'))
    expect(once).not.toEqual(start)
    expect(tell(fixture, once, headerRoute('second'))).toEqual(once)
  })
})

test.for(['istio', 'alb'])('%s: any order of header routes ends in the order of managedRoutes', (router) => {
  const fixture = fixtures.find((one) => one.router === router)!
  fc.assert(
    fc.property(fc.shuffledSubarray(managedNames), (names) => {
      const after = names.reduce((now, name) => tell(fixture, now, headerRoute(name)), fixture.objects)
      const places = managedNames
        .filter((name) => names.includes(name))
        .map((name) => JSON.stringify(after).search(new RegExp(`"(name)":"${name}"`)))
      expect(places).toEqual([...places].sort((left, right) => left - right))
    }),
    run,
  )
})
