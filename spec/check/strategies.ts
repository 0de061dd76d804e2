import type { KubeObject } from '../../src/model/meta'

// Strategies that the specs of the kit try.

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'shop/web:1' }] } }

/** A Rollout of five pods called `web`. */
export const rolloutOf = (strategy: object, more: object = {}): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas: 5, selector: { matchLabels: { app: 'web' } }, template, strategy, ...more },
})

export const steps = [
  { setWeight: 20 },
  { pause: {} },
  { setWeight: 40 },
  { pause: { duration: 45 } },
  { setWeight: 60 },
  { pause: { duration: 20 } },
  { setWeight: 80 },
  { pause: { duration: 10 } },
]

export const nginx = {
  canaryService: 'canary',
  stableService: 'stable',
  trafficRouting: { nginx: { stableIngress: 'web' } },
}

/** A metric that three measurements decide. */
export const analysisTemplate: KubeObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: 'rate', namespace: 'shop' },
  spec: {
    metrics: [
      {
        name: 'rate',
        interval: '20s',
        count: 3,
        failureLimit: 1,
        successCondition: 'result[0] > 0.9',
        provider: { prometheus: { address: 'http://prometheus:9090', query: 'sum(rate(ok[1m]))' } },
      },
    ],
  },
}
