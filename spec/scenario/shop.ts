import type { KubeObject } from '../../src/model/meta'

// A routed canary that scenario specs tell stories of.

export const shop = (more: object = {}): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: {
    replicas: 10,
    selector: { matchLabels: { app: 'shop' } },
    strategy: {
      canary: {
        canaryService: 'shop-canary',
        stableService: 'shop-stable',
        trafficRouting: { nginx: { stableIngress: 'shop' } },
        steps: [{ setWeight: 20 }, { pause: { duration: '2m' } }, { setWeight: 60 }, { pause: {} }],
        analysis: { templates: [{ templateName: 'rate' }] },
      },
    },
    template: { metadata: { labels: { app: 'shop' } }, spec: { containers: [{ name: 'shop', image: 'shop:1' }] } },
    ...more,
  },
})

const metric = {
  name: 'success-rate',
  interval: '30s',
  successCondition: 'result[0] >= 0.95',
  provider: { prometheus: { address: 'http://p', query: 'q' } },
}

export const rate: KubeObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: 'rate', namespace: 'shop' },
  spec: { metrics: [metric] },
}
