import { describe, expect, test } from 'vitest'
import { isPlainTemplate } from '../../../src/kube/podTemplate/plainTemplate'
import { judgedTemplate } from '../../../src/kube/podTemplate/podTemplateErrors'
import { readCases, vectorsFolder } from '../../conformance/vectors'
import { fc } from '../../properties/fc'

/** Values that fit here and there, and values that fit nowhere. */
const texts = fc.constantFrom(
  'web',
  'web:1',
  'a.b',
  'A_b',
  '',
  ' ',
  '-a',
  'a-',
  'Always',
  'None',
  'TCP',
  'File',
  '100m',
  '1Gi',
  '-1',
  '2',
  'x'.repeat(64),
  '__proto__',
)
const values = fc.oneof(
  texts,
  fc.constantFrom<unknown>(0, 1, -1, 80, 70_000, 1.5, true, null, {}, [], [null], { name: 'web' }, { a: 'b' }),
)
const mostly = (good: readonly unknown[], other: fc.Arbitrary<unknown> = values) =>
  fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: other })
const more = fc.tuple(fc.constantFrom('hostname', 'lifecycle', 'volumeMounts', 'a'), values)
const mapOf = (keys: readonly string[], ...good: readonly unknown[]) =>
  fc.dictionary(
    fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...keys) },
      { weight: 1, arbitrary: fc.constantFrom('a/b', 'kubernetes.io/config.mirror', '-', 'hugepages-2Mi', 'gpu') },
    ),
    mostly(good),
    { maxKeys: 2 },
  )
const listOf = (item: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 30, arbitrary: fc.array(item, { minLength: 1, maxLength: 2 }) }, { weight: 1, arbitrary: values })
/** Any of these fields, and now and then one more. */
const record = (fields: Record<string, fc.Arbitrary<unknown>>, ...requiredKeys: string[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.record(fields, { requiredKeys }), fc.integer({ min: 0, max: 30 }), more)
    .map(([given, chance, [key, value]]) => (chance === 0 ? { ...given, [key]: value } : given))

const amounts = mapOf(['cpu', 'memory'], '100m', '1', '1Gi', '64M', 2)
const port = record(
  { containerPort: mostly([80, 81]), name: mostly(['http', 'grpc']), protocol: mostly(['TCP']) },
  'containerPort',
  'name',
)
const container = record(
  {
    name: mostly(['web', 'side', 'proxy']),
    image: mostly(['web:1']),
    imagePullPolicy: mostly(['Always']),
    ports: listOf(port),
    env: listOf(record({ name: mostly(['A', 'B_1']), value: mostly(['x']) }, 'name')),
    resources: record({ limits: amounts, requests: amounts }),
    terminationMessagePolicy: mostly(['File']),
  },
  'name',
  'image',
)
const spec = record(
  {
    containers: listOf(container),
    dnsPolicy: mostly(['ClusterFirst']),
    nodeSelector: mapOf(['disk'], 'ssd'),
    restartPolicy: mostly(['Always']),
    serviceAccountName: mostly(['web']),
    terminationGracePeriodSeconds: mostly([30]),
    securityContext: mostly([{}]),
  },
  'containers',
)
const labels = mapOf(['app', 'tier'], 'web', '')
const templates = record({ metadata: record({ labels, annotations: labels }), spec }, 'spec')

describe('a plain template', () => {
  test('is one that no rule complains about', () => {
    let plain = 0
    fc.assert(
      fc.property(templates, (template) => {
        if (!isPlainTemplate(template)) return
        plain++
        expect(judgedTemplate(template, 'spec.template')).toEqual([])
      }),
      { numRuns: 5000 },
    )
    expect(plain).toBeGreaterThan(500)
  })

  test('is what nearly every recorded Rollout has, and none that the controller refused', () => {
    const refused = readCases(vectorsFolder, 'pod-template-validation').map(({ given }) => given.rollout.spec.template)
    for (const template of refused)
      if (isPlainTemplate(template)) expect(judgedTemplate(template, 'spec.template')).toEqual([])
    const recorded = readCases(vectorsFolder, 'canary-basic').flatMap(({ start }) =>
      Object.entries(start?.objects ?? {}).flatMap(([key, object]) =>
        key.startsWith('rollouts/') ? [(object as { spec: { template?: unknown } }).spec.template] : [],
      ),
    )
    const own = recorded.filter((template) => template !== undefined)
    expect(own.length).toBeGreaterThan(10)
    expect(own.filter(isPlainTemplate).length / own.length).toBeGreaterThan(0.9)
  })
})
