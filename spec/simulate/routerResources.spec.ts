import { describe, expect, test } from 'vitest'
import { printResources, readResourceQuestion } from '../../src/cli/resourceOptions'
import type { KubeObject } from '../../src/model/meta'
import { resourceAt, simulate } from '../../src/simulate/index'

const service = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
})

const route = (weights: readonly [number, number]) => [
  { destination: { host: 'web' }, weight: weights[0] },
  { destination: { host: 'web-canary' }, weight: weights[1] },
]

const virtualService: KubeObject = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { hosts: ['web.test'], http: [{ name: 'main', route: route([100, 0]) }] },
}

const rollout: KubeObject = {
  kind: 'Rollout',
  apiVersion: 'argoproj.io/v1alpha1',
  metadata: { name: 'web', namespace: 'shop', uid: 'u1' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
    strategy: {
      canary: {
        stableService: 'web',
        canaryService: 'web-canary',
        trafficRouting: {
          istio: { virtualService: { name: 'web', routes: ['main'] } },
          managedRoutes: [{ name: 'testers' }],
        },
        steps: [
          { setWeight: 20 },
          { setHeaderRoute: { name: 'testers', match: [{ headerName: 'x-test', headerValue: { exact: 'yes' } }] } },
          { pause: { duration: 60 } },
          { setWeight: 60 },
          { pause: { duration: 60 } },
        ],
      },
    },
  },
}

const simulated = (objects: readonly KubeObject[] = [virtualService]) =>
  simulate({
    manifests: [rollout, service('web'), service('web-canary'), ...objects],
    events: [{ atSeconds: 10, image: 'web:2' }],
    pods: { readyAfterSeconds: 5 },
    untilSeconds: 300,
  })

const httpAt = (second: number) => {
  const spec = resourceAt(simulated(), { kind: 'virtualservice', name: 'web' }, second)?.spec
  return (spec as { readonly http: readonly object[] }).http
}

describe('the object of the router at any second', () => {
  test('has the weights and header routes that the step commanded, and none after the promotion', () => {
    expect(httpAt(9)).toEqual([{ name: 'main', route: route([100, 0]) }])
    expect(httpAt(30)).toMatchObject([{ name: 'testers' }, { name: 'main', route: route([80, 20]) }])
    expect(httpAt(100)).toMatchObject([{ name: 'testers' }, { name: 'main', route: route([40, 60]) }])
    expect(httpAt(300)).toEqual([{ name: 'main', route: route([100, 0]) }])
  })

  test('what the given manifests held is not changed', () => {
    const text = JSON.stringify(virtualService)
    simulated()
    expect(JSON.stringify(virtualService)).toBe(text)
  })

  test('a VirtualService that is only assumed is shown as well', () => {
    const timeline = simulated([])
    expect(timeline.assumed.map(({ kind }) => kind)).toContain('VirtualService')
    expect(JSON.stringify(resourceAt(timeline, { kind: 'VirtualService', name: 'web' }, 30))).toContain('"weight":20')
  })

  test('what the router cannot do is told in its own words', () => {
    const { strategy } = rollout.spec as { readonly strategy: { readonly canary: object } }
    const trafficRouting = { traefik: { weightedTraefikServiceName: 'gone' } }
    const canary = { ...strategy.canary, trafficRouting, steps: [{ setWeight: 20 }, { pause: {} }] }
    const manifest = { ...rollout, spec: { ...(rollout.spec as object), strategy: { canary } } }
    const manifests = [manifest, service('web'), service('web-canary')]
    const { resources } = simulate({ manifests, missing: 'strict', untilSeconds: 30 })
    expect(resources.at(-1)?.problems.join()).toContain('"gone" not found')
  })

  test('upstream changes no weight where the only route is named, nobody lists it, and a header route stands beside it', () => {
    const canary = (rollout.spec as { readonly strategy: { readonly canary: object } }).strategy.canary
    const trafficRouting = { istio: { virtualService: { name: 'web' } }, managedRoutes: [{ name: 'testers' }] }
    const spec = { ...(rollout.spec as object), strategy: { canary: { ...canary, trafficRouting } } }
    const timeline = simulate({
      manifests: [{ ...rollout, spec }, service('web'), service('web-canary'), virtualService],
      events: [{ atSeconds: 10, image: 'web:2' }],
      untilSeconds: 100,
    })
    const after = resourceAt(timeline, { kind: 'VirtualService', name: 'web' }, 100)
    expect(after?.spec).toMatchObject({ http: [{ name: 'testers' }, { name: 'main', route: route([80, 20]) }] })
  })
})

describe('as the command line prints it', () => {
  const seconds = (text: string): number | undefined => (/^\d+s$/.test(text) ? Number.parseInt(text, 10) : undefined)
  const shown = readResourceQuestion('virtualservice/web@30s', false, seconds)
  const compared = readResourceQuestion('virtualservice/web@30s..100s', true, seconds)

  test('the whole object as YAML', () => {
    const text = printResources(simulated(), shown ? [shown] : [])
    expect(text).toMatch(/^virtualservice\/web at 30s:\napiVersion: networking.istio.io\/v1\n/)
    expect(text).toContain('weight: 80')
  })

  test('field by field between two seconds', () => {
    expect(printResources(simulated(), compared ? [compared] : [])).toBe(
      [
        'virtualservice/web at 30s and at 1m40s:',
        '  spec.http[1].route[0].weight: 80 → 40',
        '  spec.http[1].route[1].weight: 20 → 60',
      ].join('\n'),
    )
  })

  test.for(['virtualservice', 'virtualservice/web', 'virtualservice/web@soon', '/web@3s', 'virtualservice/web@1s..2s'])(
    '%s is no question',
    (text) => {
      expect(readResourceQuestion(text, false, seconds)).toBeUndefined()
    },
  )
})
