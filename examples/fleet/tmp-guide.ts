import { fetchMetrics } from 'rollout-engine/adapters'
import { parseManifests } from 'rollout-engine/input'
import { manualClock, memoryHost } from 'rollout-engine/memory'

// The platform. A host in production leaves `clock` out, and has a real Prometheus.
const clock = manualClock('2030-01-01T00:00:00Z')
const splits: number[] = []
const errorRate = { now: 0.001 }
const dock = { start: (_template: unknown, _copies: number, started: () => void) => void clock.after(3000, started) }
const prometheus = async () =>
  Response.json({ status: 'success', data: { resultType: 'vector', result: [{ metric: {}, value: [0, String(errorRate.now)] }] } })

// What runs on it: a canary that Prometheus judges, and a blue-green Rollout.
const manifests = (image: string) => parseManifests(`
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web, namespace: shop }
spec:
  replicas: 4
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: "${image}" }] } }
  strategy:
    canary:
      canaryService: web-canary
      stableService: web-stable
      trafficRouting: { plugins: { dock/split: {} } }
      steps: [{ setWeight: 25 }, { analysis: { templates: [{ templateName: errors }] } }, { setWeight: 50 }, { pause: { duration: 10s } }]
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: errors, namespace: shop }
spec:
  metrics: [{ name: errors, interval: 5s, count: 3, successCondition: "result[0] < 0.01", provider: { prometheus: { address: "http://prometheus:9090", query: errors } } }]
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: admin, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: admin } }
  template: { metadata: { labels: { app: admin } }, spec: { containers: [{ name: admin, image: "${image}" }] } }
  strategy: { blueGreen: { activeService: admin } }
---
{ apiVersion: v1, kind: Service, metadata: { name: web-canary, namespace: shop }, spec: { selector: { app: web } } }
---
{ apiVersion: v1, kind: Service, metadata: { name: web-stable, namespace: shop }, spec: { selector: { app: web } } }
---
{ apiVersion: v1, kind: Service, metadata: { name: admin, namespace: shop }, spec: { selector: { app: admin } } }
`).objects
// The host.
const host = memoryHost(manifests('shop:1'), {
  clock,
  scale: ({ metadata: { name }, spec }, replicas) =>
    dock.start(spec.template, replicas, () => host.cluster.reportPods({ namespace: 'shop', name }, { replicas })),
  traffic: {
    apply: (change) => (change.kind === 'setWeight' ? void splits.push(change.weight) : undefined),
    verifyWeight: ({ weight }) => ({ verified: splits.at(-1) === weight }),
  },
  metrics: fetchMetrics({ now: () => new Date(clock.now()).toISOString(), fetch: prometheus }),
  events: { emit: ({ reason, message }) => void (reason === 'RolloutAborted' && console.log(message)) },
})
const stop = new AbortController()
const running = host.run(stop.signal)
await clock.advance(60)

// A day in its life.
const deploy = async (image: string) => {
  for (const object of manifests(image)) host.cluster.applyObject(object)
  await clock.advance(120)
  for (const { kind, metadata, status } of host.cluster.objects())
    if (kind === 'Rollout') console.log(metadata.name, (status as { phase?: string }).phase)
}
await deploy('shop:2')
console.log('the splits were', ...new Set(splits))
errorRate.now = 0.2
await deploy('shop:3')
console.log('the split is', splits.at(-1))
stop.abort()
await running
