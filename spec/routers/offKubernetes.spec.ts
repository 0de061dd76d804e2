import { describe, expect, test } from 'vitest'
import { envoyRoutes, haproxyBackend, haproxyCommands, nginxSplitClients, trafficShares } from '../../src/routers/index'
import { fc } from '../properties/fc'

const seed = 20_261_130
const split = { canary: 'web-canary', stable: 'web' }
const weights = fc.integer({ min: 0, max: 100 })
const destinations = fc.array(
  fc.integer({ min: 0, max: 40 }).map((weight) => ({ weight })),
  { maxLength: 3 },
)

describe('the table of shares', () => {
  test('adds up to 100 and gives the canary what it asks for', () => {
    fc.assert(
      fc.property(weights, destinations, (weight, others) => {
        const named = others.map((one, at) => ({ ...one, serviceName: `e${at}` }))
        const shares = trafficShares({ ...split, weight, destinations: named })
        expect(shares.reduce((sum, one) => sum + one.weightPercent, 0)).toBe(100)
        expect(shares[0]).toEqual({ service: 'web-canary', weightPercent: weight })
        expect(shares.every(({ weightPercent }) => weightPercent >= 0)).toBe(true)
      }),
      { seed },
    )
  })

  test.for([
    [250, 1000, 25],
    [5, 1000, 1],
    [1000, 1000, 100],
    [5000, 1000, 100],
    [-3, 100, 0],
    [1, 0, 0],
  ] as const)('weight %i of %i is %i percent', ([weight, maxWeight, percent]) => {
    expect(trafficShares({ ...split, weight, maxWeight })[0]?.weightPercent).toBe(percent)
  })
})

describe('HAProxy', () => {
  const servers = [
    { name: 's1', address: '127.0.0.1:1', service: 'web' },
    { name: 's2', address: '127.0.0.1:2', service: 'web' },
    { name: 'c1', address: '127.0.0.1:3', service: 'web-canary' },
  ]

  test('one server a Service: its weight is the percentage, for every number', () => {
    const pair = [servers[0]!, servers[2]!]
    for (let weight = 0; weight <= 100; weight++) {
      const { lines } = haproxyCommands({ name: 'web', servers: pair }, trafficShares({ ...split, weight }))
      expect(lines).toEqual([`set server web/s1 weight ${100 - weight}`, `set server web/c1 weight ${weight}`])
    }
  })

  test('several servers share the weight of their Service, within half a point', () => {
    for (let weight = 0; weight <= 100; weight++) {
      const { lines } = haproxyCommands({ name: 'web', servers }, trafficShares({ ...split, weight }))
      const [s1 = 0, s2 = 0, c1 = 0] = lines.map((line) => Number(line.split(' ').at(-1)))
      expect(Math.abs((c1 / (s1 + s2 + c1)) * 100 - weight)).toBeLessThan(0.5)
      expect(Math.max(s1, s2, c1)).toBeLessThanOrEqual(256)
    }
  })

  test('names that would end a line, and traffic for nobody, are issues', () => {
    const bad = [{ name: 'x\nbackend evil', address: '127.0.0.1:1', service: 'web' }]
    const { lines, issues } = haproxyBackend({ name: 'web', servers: bad }, trafficShares({ ...split, weight: 20 }))
    expect(lines).toEqual([])
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'invalid-name servers[0].name',
      'no-server servers',
    ])
  })
})

describe('nginx', () => {
  const options = { variable: 'upstream', key: '$request_id' }
  const linesAt = (weight: number) => nginxSplitClients(options, trafficShares({ ...split, weight })).lines

  test('never names 0 percent, and always has a rest', () => {
    expect(linesAt(0)).toEqual(['split_clients "$request_id" $upstream {', '    * web;', '}'])
    expect(linesAt(100)).toEqual(['split_clients "$request_id" $upstream {', '    * web-canary;', '}'])
    expect(linesAt(7)[1]).toBe('    7% web-canary;')
  })

  test('a key that would leave its quotes is an issue', () => {
    const { issues } = nginxSplitClients({ ...options, key: '" evil' }, trafficShares({ ...split, weight: 1 }))
    expect(issues.map(({ path }) => path)).toEqual(['key'])
  })
})

test('Envoy gets whole weights that add up to 100', () => {
  const { virtualHosts } = envoyRoutes({ name: 'web', domains: ['*'] }, trafficShares({ ...split, weight: 33 }))
  expect(virtualHosts[0]?.routes[0]?.route.weightedClusters.clusters).toEqual([
    { name: 'web-canary', weight: 33 },
    { name: 'web', weight: 67 },
  ])
})
