import type { KubeObject } from '../../src/model/meta'
import { formatTime, parseTime } from '../../src/model/time'
import type { RolloutObservation } from '../../src/rollout/observation'
import { observeRollout, simulate } from '../../src/simulate/index'
import type { SimulationInput } from '../../src/simulate/simulation'

// States of Rollouts on their way, as a host would observe them.

const template = { metadata: { labels: { app: 'fig' } }, spec: { containers: [{ name: 'fig', image: 'fig:1' }] } }

export const start = '2030-01-01T00:00:00Z'
export const key = 'rollouts/shop/fig'

export function rolloutWith(strategy: object, spec: object = {}): KubeObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'fig', namespace: 'shop' },
    spec: { replicas: 4, selector: { matchLabels: { app: 'fig' } }, strategy, template, ...spec },
  }
}

export const template2 = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: 'rate', namespace: 'shop' },
  spec: {
    metrics: [{ name: 'rate', interval: '20s', count: 3, provider: { web: { url: 'http://example.test' } } }],
  },
} as KubeObject

/** The cluster of a story at a second. */
export function observedAt(story: SimulationInput, second: number): RolloutObservation {
  const { objects } = simulate({ startAt: start, pods: { readyAfterSeconds: 5 }, ...story, untilSeconds: second })
  const now = formatTime((parseTime(start) ?? 0) + second)
  return observeRollout(objects, key, now, story.options)
}

const canary = (steps: readonly object[], more: object = {}): object => ({ canary: { steps, ...more } })
const update = { atSeconds: 10, image: 'fig:2' }
const routed = {
  stableService: 'fig',
  canaryService: 'fig-canary',
  trafficRouting: { nginx: { stableIngress: 'fig' } },
}

/** Stories that come to waits of every kind, with the second at which they are looked at. */
export const stories: Readonly<Record<string, SimulationInput>> = {
  'a pause for a person': {
    manifests: [rolloutWith(canary([{ setWeight: 25 }, { pause: {} }]))],
    events: [update],
  },
  'a pause for a while': {
    manifests: [rolloutWith(canary([{ setWeight: 25 }, { pause: { duration: '90s' } }]))],
    events: [update],
  },
  'an analysis': {
    manifests: [rolloutWith(canary([{ analysis: { templates: [{ templateName: 'rate' }] } }])), template2],
    events: [update],
  },
  'pods that never become ready': {
    manifests: [rolloutWith(canary([{ setWeight: 50 }]))],
    events: [update],
    pods: { readyAfterSeconds: 5, neverReadyImages: ['fig:2'] },
  },
  'blue-green, promoted by a person': {
    manifests: [rolloutWith({ blueGreen: { activeService: 'a', previewService: 'p', autoPromotionEnabled: false } })],
    events: [update],
  },
  'blue-green, promoted after a while': {
    manifests: [rolloutWith({ blueGreen: { activeService: 'a', previewService: 'p', autoPromotionSeconds: 45 } })],
    events: [update],
  },
  'an abort': {
    manifests: [rolloutWith(canary([{ setWeight: 25 }, { pause: {} }]))],
    events: [update, { atSeconds: 30, command: 'abort' }],
  },
  'a pause by hand': {
    manifests: [rolloutWith(canary([{ setWeight: 25 }, { pause: { duration: 60 } }]))],
    events: [update, { atSeconds: 20, command: 'pause' }],
  },
  'an abort that gets stuck': {
    manifests: [
      rolloutWith(
        canary([{ setWeight: 50 }, { pause: {} }, { setWeight: 100 }, { pause: {} }], {
          ...routed,
          dynamicStableScale: true,
          abortScaleDownDelaySeconds: 30,
        }),
      ),
    ],
    events: [update, { atSeconds: 40, command: 'promote' }, { atSeconds: 80, command: 'abort' }],
  },
  'an abort that keeps its pods and gets stuck': {
    manifests: [
      rolloutWith(
        canary([{ setWeight: 5 }, { pause: {} }], { ...routed, dynamicStableScale: true, minPodsPerReplicaSet: 2 }),
      ),
    ],
    events: [update, { atSeconds: 40, command: 'abort' }],
  },
  'nothing at all': { manifests: [rolloutWith(canary([{ setWeight: 25 }, { pause: {} }]))] },
}
