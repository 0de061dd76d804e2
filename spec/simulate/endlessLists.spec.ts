import { expect, test } from 'vitest'
import { simulate } from '../../src/simulate/index'
import { fieldsOf, replaced } from '../hostile/sweep/fields'

// A sparse list of any length takes no memory, and whoever walks it never comes back: a hang shows as the time-out of this test.

const metadata = (name: string) => ({ name, namespace: 'shop', labels: { app: 'web' }, ownerReferences: [] })
const selector = { matchLabels: { app: 'web' } }
const template = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'web:1', ports: [{ containerPort: 80 }] }] },
}
const metrics = [{ name: 'rate', interval: '10s', count: 2, provider: { web: { url: 'http://web' } } }]
const args = [{ name: 'a', value: 'x' }]
const canary = {
  canaryService: 'canary',
  stableService: 'stable',
  trafficRouting: { istio: { virtualService: { name: 'web', routes: ['primary'] } } },
  analysis: { templates: [{ templateName: 'rate' }], args },
  steps: [
    { setWeight: 50 },
    { analysis: { templates: [{ templateName: 'cluster', clusterScope: true }] } },
    { experiment: { templates: [{ name: 'a', specRef: 'stable' }] } },
    { pause: { duration: '5s' } },
  ],
}
const routes = ['stable', 'canary'].map((host) => ({ destination: { host }, weight: 50 }))

const story = {
  manifests: [
    { kind: 'Rollout', metadata: metadata('web'), spec: { replicas: 2, selector, template, strategy: { canary } } },
    { kind: 'AnalysisTemplate', metadata: metadata('rate'), spec: { args, metrics } },
    { kind: 'ClusterAnalysisTemplate', metadata: { name: 'cluster' }, spec: { args, metrics } },
    { kind: 'Service', metadata: metadata('canary'), spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } },
    { kind: 'Service', metadata: metadata('stable'), spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } },
    { kind: 'VirtualService', metadata: metadata('web'), spec: { http: [{ name: 'primary', route: routes }] } },
    { kind: 'ReplicaSet', metadata: metadata('web-1'), spec: { replicas: 1, selector, template } },
    { kind: 'Pod', metadata: metadata('web-1-1'), spec: template.spec, status: { conditions: [{ type: 'Ready' }] } },
    { kind: 'AnalysisRun', metadata: metadata('run'), spec: { args, metrics }, status: { metricResults: [] } },
    {
      kind: 'Experiment',
      metadata: metadata('trial'),
      spec: { duration: '5s', templates: [{ name: 'a', replicas: 1, selector, template }], analyses: [] },
    },
  ],
  events: [
    { atSeconds: 10, image: 'web:2' },
    { atSeconds: 20, apply: [] },
  ],
  series: { rate: ['Successful', 'Failed'] },
  untilSeconds: 30,
  maxReconciles: 12,
}

test('an endless list in any place of a story ends', () => {
  const endless = new Array(2 ** 32 - 1)
  const places = fieldsOf(story).filter(({ steps }) => steps.length > 1)
  expect(places.length).toBeGreaterThan(200)
  for (const { steps } of places) {
    const timeline = simulate(replaced(story, steps, endless) as never)
    expect(timeline.reconciles, steps.join('.')).toBeLessThan(200)
  }
})
