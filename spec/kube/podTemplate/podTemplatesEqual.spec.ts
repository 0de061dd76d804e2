import { describe, expect, it } from 'vitest'
import { podTemplateMatcher, podTemplatesEqual } from '../../../src/kube/podTemplate/podTemplatesEqual'
import { controllerVersions } from '../../../src/model/controllerVersion'
import { mergeObjects } from '../../conformance/trace'
import { familiesIn, readCases, vectorsFolder } from '../../conformance/vectors'

const template = (container: object, labels: object = { app: 'a' }, pod: object = {}) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'a', image: 'a:1', ...container }], ...pod },
})
const defaulted = (container: object = {}, labels: object = { app: 'a' }, pod: object = {}) =>
  template(
    {
      imagePullPolicy: 'IfNotPresent',
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      ...container,
    },
    labels,
    {
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
      ...pod,
    },
  )

describe('a live pod template and the desired one', () => {
  it('are equal when the live one went through the API server', () => {
    expect(podTemplatesEqual(defaulted(), template({}))).toBe(true)
    expect(podTemplatesEqual(defaulted(), defaulted())).toBe(true)
  })

  it('are different when only the desired one did: a live ReplicaSet always has its defaults', () => {
    expect(podTemplatesEqual(template({}), template({}))).toBe(false)
  })

  it('are different with another image in any container, and equal where images say the same or nothing', () => {
    const two = (image: unknown) => {
      const { metadata, spec } = defaulted()
      const sidecar = { ...spec.containers[0], name: 'b', image }
      return { metadata, spec: { ...spec, containers: [...spec.containers, sidecar] } }
    }
    expect(podTemplatesEqual(two('b:1'), two('b:1'))).toBe(true)
    expect(podTemplatesEqual(two('b:1'), two('b:2'))).toBe(false)
    expect(podTemplatesEqual(two('b:1'), defaulted())).toBe(false)
    expect(podTemplatesEqual(two('b:\ud800'), two('b:\ud801'))).toBe(true)
    expect(podTemplatesEqual(two(undefined), two(''))).toBe(true)
    expect(podTemplatesEqual(two(null), two('b:1'))).toBe(false)
  })

  it('may differ in the hash label and in the deprecated service account', () => {
    const live = defaulted(
      {},
      { app: 'a', 'rollouts-pod-template-hash': '123' },
      { serviceAccountName: 'x', serviceAccount: 'x' },
    )
    expect(podTemplatesEqual(live, template({}, { app: 'a' }, { serviceAccountName: 'x' }))).toBe(true)
    expect(podTemplatesEqual(live, template({}, { app: 'b' }, { serviceAccountName: 'x' }))).toBe(false)
    expect(podTemplatesEqual(live, template({}, { app: 'a' }, { serviceAccountName: 'y' }))).toBe(false)
    const onlyHash = { 'rollouts-pod-template-hash': '1' }
    expect(podTemplatesEqual(defaulted({}, onlyHash), { spec: template({}).spec })).toBe(true)
  })

  it('are compared by what quantities and times are worth', () => {
    const limits = (memory: unknown) => ({ resources: { limits: { memory } } })
    expect(podTemplatesEqual(defaulted(limits('1Gi')), template(limits('1024Mi')))).toBe(true)
    expect(podTemplatesEqual(defaulted(limits('1Gi')), template(limits(1073741824)))).toBe(true)
    expect(podTemplatesEqual(defaulted(limits('0')), template(limits(null)))).toBe(true)
    expect(podTemplatesEqual(defaulted(limits('1Gi')), template(limits('1G')))).toBe(false)
    expect(podTemplatesEqual(defaulted(limits('1m')), template(limits('1u')))).toBe(true)
    const created = (creationTimestamp: string, make: typeof template) => {
      const made = make({})
      return { ...made, metadata: { ...made.metadata, creationTimestamp } }
    }
    expect(
      podTemplatesEqual(created('2030-01-01T01:00:00+01:00', defaulted), created('2030-01-01T00:00:00Z', template)),
    ).toBe(true)
    expect(
      podTemplatesEqual(created('2030-01-01T00:00:00.5Z', defaulted), created('2030-01-01T00:00:00Z', template)),
    ).toBe(false)
    expect(
      podTemplatesEqual(created('2030-01-01T00:00:00Z', defaulted), created('2030-01-01T00:00:00.5Z', template)),
    ).toBe(false)
  })

  it('know the year 1 as no time', () => {
    const zero = { creationTimestamp: '0001-01-01T00:00:00Z' }
    expect(podTemplatesEqual({ ...defaulted(), metadata: zero }, { ...template({}), metadata: {} })).toBe(true)
  })

  it('are equal though one has empty lists and maps where the other has none; empty structs behind pointers count', () => {
    const empty = { env: [], args: null, resources: { limits: {} }, unknown: 1 }
    expect(podTemplatesEqual(defaulted(), template(empty))).toBe(true)
    expect(podTemplatesEqual(defaulted(empty), template({}))).toBe(true)
    expect(podTemplatesEqual(defaulted({ securityContext: {} }), template({}))).toBe(false)
    expect(
      podTemplatesEqual(defaulted({ securityContext: { privileged: false } }), template({ securityContext: {} })),
    ).toBe(false)
    const noContainers = { containers: [] }
    expect(podTemplatesEqual(defaulted({}, {}, noContainers), template({}, {}, { containers: null }))).toBe(true)
    expect(podTemplatesEqual(defaulted({ env: [{}] }), template({ env: [null] }))).toBe(true)
  })

  it('may be anything', () => {
    for (const value of [undefined, null, 5, 'x', [], { spec: [] }, { metadata: 1 }]) {
      expect(podTemplatesEqual(value, value)).toBe(false)
      expect(podTemplatesEqual(value, template({}))).toBe(false)
    }
  })

  it('can be many live ones', () => {
    const matches = podTemplateMatcher(template({}))
    expect([defaulted(), template({}), defaulted({ image: 'a:2' }), defaulted()].map(matches)).toEqual([
      true,
      false,
      false,
      true,
    ])
  })
})

describe('a template with fields that Kubernetes 0.29 does not know', () => {
  const old = ['v1.7', 'v1.8'] as const
  const young = ['v1.9', 'v1.10', 'main'] as const
  const equalFor = (live: unknown, desired: unknown) =>
    controllerVersions.filter((version) => podTemplatesEqual(live, desired, version))

  it('is compared without them by the controllers built on it', () => {
    const stop = { lifecycle: { stopSignal: 'SIGUSR1' } }
    const lifecycle = { lifecycle: {} }
    expect(equalFor(defaulted(stop), template(lifecycle))).toEqual(old)
    expect(equalFor(defaulted(stop), template(stop))).toEqual(controllerVersions)
    expect(equalFor(defaulted(lifecycle), template(stop))).toEqual(old)
    const pod = { resources: { limits: { cpu: '1' } } }
    expect(equalFor(defaulted({}, {}, pod), template({}, {}))).toEqual(old)
    expect(equalFor(defaulted({}, {}, { nodeName: 'a' }), template({}, {}))).toEqual([])
  })

  it('is never recognised by them with a volume whose only source they do not know: they default it to an emptyDir', () => {
    const image = { volumes: [{ name: 'models', image: { reference: 'models:1', pullPolicy: 'IfNotPresent' } }] }
    expect(equalFor(defaulted({}, {}, image), template({}, {}, image))).toEqual(young)
    const empty = { volumes: [{ name: 'models', emptyDir: {} }] }
    expect(equalFor(defaulted({}, {}, empty), template({}, {}, image))).toEqual(old)
    expect(equalFor(defaulted({}, {}, empty), template({}, {}, { volumes: [{ name: 'models' }] }))).toEqual(
      controllerVersions,
    )
  })

  it('has claims whose source is a struct there, and none later', () => {
    const claims = (fields: object) => ({ resourceClaims: [{ name: 'gpu', ...fields }] })
    const source = { source: { resourceClaimName: 'shared' } }
    expect(equalFor(defaulted({}, {}, claims(source)), template({}, {}, claims({})))).toEqual(young)
    expect(equalFor(defaulted({}, {}, claims({ source: {} })), template({}, {}, claims({})))).toEqual(
      controllerVersions,
    )
    const named = { resourceClaimName: 'shared' }
    expect(equalFor(defaulted({}, {}, claims(named)), template({}, {}, claims({})))).toEqual(old)
  })
})

describe('the recorded API server', () => {
  it('gives defaults that are ours', () => {
    let seen = 0
    for (const family of familiesIn(vectorsFolder)) {
      for (const testCase of readCases(vectorsFolder, family)) {
        let objects = (testCase.start?.objects ?? {}) as Parameters<typeof mergeObjects>[0]
        for (const step of testCase.steps ?? []) {
          const next = mergeObjects(objects, step.world ?? step.expect?.objects ?? {})
          if (step.what === 'API server defaults') {
            for (const key of Object.keys(step.world ?? {})) {
              const before = templateOf(objects[key])
              const after = templateOf(next[key])
              expect([testCase.id, key, podTemplatesEqual(after, before)]).toEqual([testCase.id, key, true])
              expect(podTemplatesEqual(before, before)).toBe(false)
              seen++
            }
          }
          objects = next
        }
      }
    }
    expect(seen).toBeGreaterThan(100)
  })
})

const templateOf = (object: unknown): unknown => (object as { spec: { template: unknown } }).spec.template
