import { describe, expect, test } from 'vitest'
import { parseManifests, readObject } from '../../src/input'

// What the custom resource definitions of argo-rollouts 9f8d111 (manifests/crds) refuse and fill in.

const argo = (kind: string, spec: object, uid?: string) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind,
  metadata: { name: 'x', ...(uid && { uid }) },
  spec,
})
const problemsOf = (value: object): readonly string[] =>
  readObject(value).issues.map(({ code, path }) => `${code} ${path}`)
const specOf = (value: object): unknown => {
  const { object, issues } = readObject(value)
  expect(issues).toEqual([])
  return (object as unknown as { readonly spec: unknown }).spec
}
const withProvider = (provider: object) => ({ metrics: [{ name: 'm', provider }] })
const container = { name: 'web', image: 'web:1' }

describe('what an API server refuses', () => {
  test('a job without its spec, with the line where it stands', () => {
    const text = `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: gate}
spec:
  metrics:
  - name: m
    provider:
      job: {template: {}}
`
    const [issue] = parseManifests(text).issues
    expect(issue).toMatchObject({ code: 'missing-field', path: 'spec.metrics[0].provider.job.spec', line: 8 })
    expect(issue?.message).toContain('spec is required')
  })

  test.for<readonly [string, object, ...string[]]>([
    [
      'AnalysisTemplate',
      withProvider({ job: { spec: {} } }),
      'missing-field spec.metrics[0].provider.job.spec.template',
    ],
    [
      'AnalysisRun',
      withProvider({ datadog: { apiVersion: 'v3' } }),
      'wrong-value spec.metrics[0].provider.datadog.apiVersion',
    ],
    [
      'ClusterAnalysisTemplate',
      withProvider({ newRelic: { profile: 'a' } }),
      'missing-field spec.metrics[0].provider.newRelic.query',
    ],
    [
      'Experiment',
      { templates: [{ name: 'a', selector: {}, template: { spec: { containers: [{ ports: [{}] }] } } }] },
      'missing-field spec.templates[0].template.spec.containers[0].name',
      'missing-field spec.templates[0].template.spec.containers[0].ports[0].containerPort',
    ],
    ['Rollout', { template: { spec: {} } }, 'missing-field spec.template.spec.containers'],
    [
      'Rollout',
      { template: { spec: { containers: [{ ...container, livenessProbe: { tcpSocket: {} }, tty: 'yes' }] } } },
      'missing-field spec.template.spec.containers[0].livenessProbe.tcpSocket.port',
      'wrong-type spec.template.spec.containers[0].tty',
    ],
    [
      'Rollout',
      { template: { spec: { containers: [], overhead: { cpu: 'much' } } } },
      'wrong-type spec.template.spec.overhead.cpu',
    ],
  ])('%s %j', ([kind, spec, ...problems]) => {
    expect(problemsOf(argo(kind, spec))).toEqual(expect.arrayContaining(problems))
    expect(problemsOf(argo(kind, spec))).toHaveLength(problems.length)
  })

  test('an object of ours without a spec', () => {
    const { spec: _, ...bare } = argo('Rollout', {})
    expect(problemsOf(bare)).toEqual(['missing-field spec'])
  })
})

describe('what an API server fills in', () => {
  test("Datadog's defaults", () => {
    const filled = { query: 'q', apiVersion: 'v1', interval: '5m', requestTimeout: '10s' }
    for (const kind of ['AnalysisTemplate', 'ClusterAnalysisTemplate', 'AnalysisRun']) {
      expect(specOf(argo(kind, withProvider({ datadog: { query: 'q' } })))).toEqual(withProvider({ datadog: filled }))
    }
    const given = withProvider({ datadog: { query: 'q', apiVersion: 'v2', interval: '1m', requestTimeout: '5s' } })
    expect(specOf(argo('AnalysisTemplate', given))).toEqual(given)
  })

  test('the protocol of the ports of every kind of container, and null counts as absent', () => {
    const template = (port: object) => ({
      spec: Object.fromEntries(
        ['containers', 'initContainers', 'ephemeralContainers'].map((list) => [
          list,
          [{ ...container, ports: [port] }],
        ]),
      ),
    })
    const given = template({ containerPort: 80, protocol: null })
    const filled = template({ containerPort: 80, protocol: 'TCP' })
    expect(specOf(argo('Rollout', { template: given }))).toEqual({ template: filled })
    const templates = (one: object) => [{ name: 'a', selector: {}, template: one }]
    expect(specOf(argo('Experiment', { templates: templates(given) }))).toEqual({ templates: templates(filled) })
    expect(specOf(argo('AnalysisTemplate', withProvider({ job: { spec: { template: given } } })))).toEqual(
      withProvider({ job: { spec: { template: filled } } }),
    )
  })

  test("empty names of references and of a probe's service", () => {
    const template = {
      spec: {
        containers: [{ ...container, envFrom: [{ secretRef: {} }], livenessProbe: { grpc: { port: 5 } } }],
        imagePullSecrets: [{}],
      },
    }
    expect(specOf(argo('Rollout', { template }))).toMatchObject({
      template: {
        spec: {
          containers: [{ envFrom: [{ secretRef: { name: '' } }], livenessProbe: { grpc: { port: 5, service: '' } } }],
          imagePullSecrets: [{ name: '' }],
        },
      },
    })
  })

  test('all of a pod template in a Deployment, for the hash of a Rollout that refers to it depends on it', () => {
    const deployment = {
      ...argo('Deployment', { template: { spec: { containers: [container] } } }),
      apiVersion: 'apps/v1',
    }
    expect(specOf(deployment)).toMatchObject({
      template: { spec: { restartPolicy: 'Always', containers: [{ imagePullPolicy: 'IfNotPresent' }] } },
    })
  })

  test('nothing where the object has been stored already', () => {
    const stored = argo('AnalysisTemplate', withProvider({ datadog: { query: 'q' } }), 'a-uid')
    expect(readObject(stored).object).toBe(stored)
  })
})
