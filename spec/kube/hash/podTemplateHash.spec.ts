import { describe, expect, it } from 'vitest'
import { hashOfJson, podTemplateHash, podTemplateJson } from '../../../src/kube/hash/podTemplateHash'
import { fc } from '../../properties/fc'
import { propertySeed } from '../../properties/seed'

const demo = (image: string) => ({
  metadata: { labels: { app: 'quarkus-rollout-bluegreen' } },
  spec: {
    containers: [
      {
        name: 'rollouts-demo',
        image: `registry.hub.docker.com/cch0124/argorollout:${image}`,
        imagePullPolicy: 'Always',
        // the manifest has no protocol; the CRD's default adds it before the controller sees it
        ports: [{ containerPort: 8080, protocol: 'TCP' }],
      },
    ],
  },
})

describe('the pod template hash', () => {
  it('names the ReplicaSets that a real cluster had', () => {
    const older = 'v1.8'
    expect(podTemplateHash(demo('blue'), undefined, older)).toBe('55878c98f8')
    expect(podTemplateHash(demo('green'), undefined, older)).toBe('8489bcffd9')
    expect(podTemplateHash(demo('blue'))).not.toBe('55878c98f8')
  })

  it('differs between Kubernetes libraries by the unset creationTimestamp, also of nested metadata', () => {
    const volumes = [{ name: 'data', ephemeral: { volumeClaimTemplate: { spec: {} } } }]
    expect(podTemplateJson({ spec: { volumes } })).not.toContain('creationTimestamp')
    const older = podTemplateJson({ spec: { volumes } }, 'v1.8')
    expect(older.split('"creationTimestamp":null')).toHaveLength(3)
    expect(podTemplateJson({ spec: { hostnameOverride: 'a' } }, 'v1.8')).not.toContain('hostnameOverride')
  })

  it('takes the year 1 for no time at all, unless a pointer points to it', () => {
    const zero = '0001-01-01T00:00:00Z'
    const metadata = { creationTimestamp: zero, deletionTimestamp: zero }
    const spec = '"spec":{"containers":null}}'
    expect(podTemplateJson({ metadata })).toBe(`{"metadata":{"deletionTimestamp":null},${spec}`)
    expect(podTemplateJson({ metadata }, 'v1.8')).toBe(
      `{"metadata":{"creationTimestamp":null,"deletionTimestamp":null},${spec}`,
    )
  })

  it('adds the collision count, also 0 and negative ones, but not a missing one', () => {
    const hashes = [undefined, 0, 1, 256, 65536, 16777216, -1].map((count) => podTemplateHash({}, count))
    expect(new Set(hashes).size).toBe(hashes.length)
    expect(podTemplateHash({}, null)).toBe(hashes[0])
  })

  it('counts what the types refuse as missing', () => {
    const wrong = {
      metadata: {
        labels: ['a'],
        name: 5,
        creationTimestamp: 'yesterday',
        deletionGracePeriodSeconds: 1.5,
        generation: 2 ** 64,
      },
      spec: {
        containers: [
          { name: {}, ports: [{ containerPort: 2 ** 31, hostPort: '80' }], resources: { limits: { cpu: 'much' } } },
        ],
        hostNetwork: 'true',
        priority: Number.NaN,
        volumes: { name: 'data' },
        affinity: 'here',
      },
    }
    expect(podTemplateJson(wrong)).toBe(
      '{"metadata":{},"spec":{"containers":[{"name":"","ports":[{"containerPort":0}],"resources":{"limits":{"cpu":"0"}}}]}}',
    )
    for (const nothing of [undefined, null, 5, '', [], true]) expect(podTemplateHash(nothing)).toBe(podTemplateHash({}))
  })

  it('prints whole numbers to the last digit that they have', () => {
    const seconds = (value: number) =>
      podTemplateJson({ spec: { terminationGracePeriodSeconds: value } }).match(/-?\d+/)?.[0]
    expect([2 ** 60, 2 ** 63, -(2 ** 63), 2 ** 64].map(seconds)).toEqual([
      '1152921504606846976',
      '9223372036854775807',
      '-9223372036854775808',
      undefined,
    ])
    const port = (value: number) => podTemplateJson({ spec: { containers: [{ ports: [{ containerPort: value }] }] } })
    expect(port(2 ** 31 - 1)).toContain('2147483647')
    expect(port(-(2 ** 31))).toContain('-2147483648')
    expect(port(-(2 ** 31) - 1)).toContain('"containerPort":0')
    expect(port(-0)).toContain('"containerPort":0')
  })
})

/** Templates with known and unknown fields, odd strings and odd values. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', '\ud800', '<&>', '\u2028', '1Gi', '0.5'),
)
const labels = fc.dictionary(text, text, { maxKeys: 4 })
const container = fc.record(
  {
    name: text,
    image: text,
    args: fc.array(text, { maxLength: 3 }),
    resources: fc.record({ limits: fc.dictionary(text, fc.oneof(text, fc.double({ noNaN: true })), { maxKeys: 3 }) }),
    livenessProbe: fc.record({
      httpGet: fc.record({ port: fc.oneof(fc.integer(), text), path: text }, { requiredKeys: [] }),
    }),
    stdin: fc.boolean(),
  },
  { requiredKeys: [] },
)
const template = fc.record(
  {
    metadata: fc.record({ labels, annotations: labels, name: text }, { requiredKeys: [] }),
    spec: fc.record(
      {
        containers: fc.array(container, { maxLength: 3 }),
        nodeSelector: labels,
        hostNetwork: fc.boolean(),
        priority: fc.integer(),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
)

type Json = unknown

function rewriteObjects(value: Json, rewrite: (entries: [string, Json][]) => [string, Json][]): Json {
  if (Array.isArray(value)) return value.map((item) => rewriteObjects(item, rewrite))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(rewrite(Object.entries(value).map(([key, item]) => [key, rewriteObjects(item, rewrite)])))
}

describe('any template', () => {
  it('has one hash whatever the order of its keys', () => {
    fc.assert(
      fc.property(template, (given) => {
        expect(podTemplateHash(rewriteObjects(given, (entries) => entries.reverse()))).toBe(podTemplateHash(given))
      }),
      { verbose: 1, numRuns: 300 },
    )
  })

  it('has one hash whatever unknown fields stand in it', () => {
    // maps take any key, so only objects of known types get one
    const maps = new Set(['labels', 'annotations', 'nodeSelector', 'limits'])
    const withUnknown = (value: Json): Json => {
      if (Array.isArray(value)) return value.map(withUnknown)
      if (typeof value !== 'object' || value === null) return value
      const entries = Object.entries(value).map(([key, item]): [string, Json] => [
        key,
        maps.has(key) ? item : withUnknown(item),
      ])
      return Object.fromEntries([['Name', 'x'], ['unknown', { name: 1 }], ...entries, ['__proto__', { image: 'evil' }]])
    }
    fc.assert(
      fc.property(template, (given) => {
        expect(podTemplateJson(withUnknown(given))).toBe(podTemplateJson(given))
      }),
      { verbose: 1, numRuns: 300 },
    )
  })

  it('has the hash of its JSON', () => {
    fc.assert(
      fc.property(template, fc.constantFrom('main' as const, 'v1.8' as const), (given, variant) => {
        expect(podTemplateHash(JSON.parse(JSON.stringify(given)), 1, variant)).toBe(podTemplateHash(given, 1, variant))
      }),
      { verbose: 1, numRuns: 300 },
    )
  })

  it('prints JSON that prints as itself', () => {
    fc.assert(
      fc.property(template, (given) => {
        const printed = podTemplateJson(given)
        expect(podTemplateJson(JSON.parse(printed))).toBe(printed)
      }),
      { verbose: 1, numRuns: 300 },
    )
  })

  it('is not changed, and may be frozen', () => {
    const freeze = (value: Json): Json => {
      if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze)
      return value
    }
    fc.assert(
      fc.property(template, (given) => {
        const before = JSON.stringify(given)
        podTemplateHash(freeze(given))
        expect(JSON.stringify(given)).toBe(before)
      }),
      { verbose: 1 },
    )
  })

  it('never makes the hash throw, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.jsonValue(), (anything, json) => {
        for (const given of [
          anything,
          { metadata: anything, spec: json },
          { spec: { containers: json, volumes: anything } },
        ]) {
          expect(podTemplateHash(given)).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{1,10}$/)
        }
      }),
      { verbose: 1, numRuns: 500 },
    )
  })
})

describe('hostile templates', () => {
  const deep = (levels: number) => JSON.parse('{"a":['.repeat(levels / 2) + ']}'.repeat(levels / 2))

  it('may be deep', () => {
    const managedFields = (fieldsV1: unknown) => podTemplateJson({ metadata: { managedFields: [{ fieldsV1 }] } })
    expect(managedFields(deep(10_000))).toContain('{"a":[]}]}')
    // Go's decoder gives up here, so there is no printing to be true to
    expect(managedFields(deep(100_000))).toContain('{"a":[null]}]}')
    expect(podTemplateHash(deep(100_000))).toBe(podTemplateHash({}))
    expect(podTemplateHash({ spec: deep(100_000) })).toBe(podTemplateHash({}))
  })

  it('may be huge', () => {
    const huge = '<\ud800é'.repeat(1_000_000)
    expect(podTemplateJson({ metadata: { name: huge } })).toHaveLength(
      '{"metadata":{"name":""},"spec":{"containers":null}}'.length + 8_000_000,
    )
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, 'v']))
    expect(podTemplateHash({ metadata: { labels: many } })).not.toBe(podTemplateHash({}))
  })

  it('may have keys that JavaScript gives a meaning to', () => {
    const labels = JSON.parse('{"__proto__":"a","constructor":"b","toString":"c"}')
    expect(podTemplateJson({ metadata: { labels } })).toContain(
      '"labels":{"__proto__":"a","constructor":"b","toString":"c"}',
    )
    expect(podTemplateHash(JSON.parse('{"__proto__":{"spec":{"hostNetwork":true}}}'))).toBe(podTemplateHash({}))
  })
})

describe(`what is hashed piece by piece (PROPERTY_SEED=${propertySeed})`, () => {
  it('has the hash of the whole text', () => {
    fc.assert(
      fc.property(template, fc.option(fc.nat()), (given, collisions) => {
        expect(podTemplateHash(given, collisions)).toBe(hashOfJson(podTemplateJson(given), collisions))
      }),
      { seed: propertySeed, numRuns: 300 },
    )
  })
})
