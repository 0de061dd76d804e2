import { emptyState, type PlaygroundState } from './state'

// What a reader may start from; the first is there when the page opens.

const rollout = (strategy: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: web
  namespace: shop
spec:
  replicas: 10
  selector:
    matchLabels: { app: web }
  strategy:
${strategy}
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: web:1
`

const canary = `    canary:
      steps:
        - setWeight: 20
        - pause: { duration: 2m }
        - setWeight: 50
        - pause: {}`

const routed = `    canary:
      canaryService: web-canary
      stableService: web-stable
      trafficRouting:
        nginx: { stableIngress: web }
      steps:
        - setWeight: 10
        - pause: { duration: 1m }
        - setWeight: 40
        - pause: { duration: 1m }`

const analysed = `${routed}
      analysis:
        startingStep: 1
        templates:
          - templateName: success-rate`

const template = `---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata:
  name: success-rate
  namespace: shop
spec:
  metrics:
    - name: success-rate
      interval: 30s
      failureLimit: 1
      successCondition: result[0] >= 0.95
      provider:
        prometheus:
          address: http://prometheus.example
          query: success_rate
`

const blueGreen = `    blueGreen:
      activeService: web-active
      previewService: web-preview
      autoPromotionEnabled: false
      scaleDownDelaySeconds: 60`

const state = (given: Partial<PlaygroundState>): PlaygroundState => ({ ...emptyState, image: 'web=web:2', ...given })

export const samples: readonly { readonly name: string; readonly state: PlaygroundState }[] = [
  {
    name: 'a canary that waits for a person',
    state: state({ manifests: rollout(canary), commands: [{ at: '5m', what: 'promote', value: '' }] }),
  },
  {
    name: 'a canary behind a router, aborted',
    state: state({ manifests: rollout(routed), commands: [{ at: '1m40s', what: 'abort', value: '' }] }),
  },
  {
    name: 'a canary that an analysis stops',
    state: state({
      manifests: rollout(analysed) + template,
      measurements: 'seconds,success-rate\n0,0.99\n60,0.97\n90,0.61\n120,0.42\n',
    }),
  },
  {
    name: 'blue-green',
    state: state({ manifests: rollout(blueGreen), commands: [{ at: '', what: 'promote', value: '' }] }),
  },
  {
    name: 'an image that never becomes ready',
    state: state({ manifests: rollout(canary), isBroken: true }),
  },
]
