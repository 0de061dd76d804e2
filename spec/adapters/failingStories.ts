import type { KubeObject } from '../../src/model/meta'
import type { ClusterObjects } from '../../src/simulate/index'
import { rolloutKey, setImage, template, type World } from './failingHost'

// Whole lives of a Rollout, for hosts that fail. After each act the host has time until nothing happens any more.

export interface Story {
  readonly name: string
  readonly objects: ClusterObjects
  readonly acts: readonly ((world: World) => void)[]
  /** The status at the end of a life in which nothing fails. */
  readonly end: object
  /** What is created on the way. */
  readonly creates: readonly string[]
  /** Changes that every reconcile makes anew, as the controller's does; their number tells the number of reconciles only. */
  readonly repeats?: readonly string[]
}

const service = (name: string): KubeObject => ({
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: 'web' } },
})

const analysisTemplate: KubeObject = {
  kind: 'AnalysisTemplate',
  metadata: { name: 'check', namespace: 'shop' },
  spec: { metrics: [{ name: 'ok', provider: { web: { url: 'http://shop.example/ok' } } }] },
}

const objectsWith = (strategy: object): ClusterObjects => ({
  [rolloutKey]: {
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'shop', uid: 'u1', generation: 1 },
    spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: template('web:1'), strategy },
  },
  'services/shop/c': service('c'),
  'services/shop/s': service('s'),
  'analysistemplates/shop/check': analysisTemplate,
})

const routed = { canaryService: 'c', stableService: 's', trafficRouting: { smi: {} } }
const check = { templates: [{ templateName: 'check' }] }

const update = (world: World): void => setImage(world, 'web:2')
const rollBack = (world: World): void => setImage(world, 'web:1')
const abort = (world: World): void => {
  const rollout = world.objects[rolloutKey] as KubeObject
  world.objects = {
    ...world.objects,
    [rolloutKey]: { ...rollout, status: { ...(rollout.status as object), abort: true } },
  }
}
const revisions = ['createReplicaSet', 'createReplicaSet']

export const stories: readonly Story[] = [
  {
    name: 'a canary by replicas',
    objects: objectsWith({ canary: { steps: [{ setWeight: 34 }, { pause: { duration: '30s' } }, { setWeight: 67 }] } }),
    acts: [update],
    end: { phase: 'Healthy' },
    creates: revisions,
  },
  {
    name: 'a routed canary with an inline analysis',
    objects: objectsWith({
      canary: {
        ...routed,
        steps: [{ setWeight: 20 }, { analysis: check }, { pause: { duration: '30s' } }, { setWeight: 60 }],
      },
    }),
    acts: [update],
    end: { phase: 'Healthy' },
    creates: [...revisions, 'createAnalysisRun'],
  },
  {
    name: 'a canary with a background analysis',
    objects: objectsWith({
      canary: { ...routed, analysis: check, steps: [{ setWeight: 50 }, { pause: { duration: '40s' } }] },
    }),
    acts: [update],
    end: { phase: 'Healthy' },
    creates: [...revisions, 'createAnalysisRun'],
  },
  {
    name: 'a canary with an experiment',
    objects: objectsWith({
      canary: {
        steps: [
          { setWeight: 34 },
          { experiment: { templates: [{ name: 'new', specRef: 'canary' }], duration: '1m' } },
          { setWeight: 67 },
        ],
      },
    }),
    acts: [update],
    end: { phase: 'Healthy' },
    creates: [...revisions, 'createExperiment'],
  },
  {
    name: 'blue-green with analyses before and after the switch',
    objects: objectsWith({
      blueGreen: {
        activeService: 's',
        previewService: 'c',
        prePromotionAnalysis: check,
        postPromotionAnalysis: check,
        scaleDownDelaySeconds: 30,
      },
    }),
    acts: [update],
    end: { phase: 'Healthy' },
    creates: [...revisions, 'createAnalysisRun', 'createAnalysisRun'],
  },
  {
    name: 'an abort',
    objects: objectsWith({ canary: { ...routed, steps: [{ setWeight: 50 }, { pause: {} }] } }),
    acts: [update, abort],
    end: { phase: 'Degraded', abort: true },
    creates: revisions,
    // quirk: the canary Service is given to the new pods and taken away again, as long as they run.
    repeats: ['selectPods'],
  },
  {
    name: 'a rollback',
    objects: objectsWith({ canary: { ...routed, steps: [{ setWeight: 50 }, { pause: {} }] } }),
    acts: [update, rollBack],
    end: { phase: 'Healthy' },
    creates: revisions,
  },
]
