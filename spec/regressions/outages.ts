import type { Scenario } from '../../src/check/scenario'
import type { KubeObject } from '../../src/model/meta'
import { nginx, rolloutOf } from '../check/strategies'

// Public reports of outages, each as a run that is as short as it can be told: those that examples/outages does not tell.
// Verdicts are the second of the violation under v1.7, v1.8, v1.9, v1.10 and main; null: the sentence holds.

type Verdicts = readonly [
  v17: number | null,
  v18: number | null,
  v19: number | null,
  v110: number | null,
  main: number | null,
]

export interface Outage {
  readonly row: number
  readonly thread: string
  readonly what: string
  readonly invariant: string
  readonly manifests: readonly KubeObject[]
  readonly scenario: Partial<Scenario>
  readonly verdicts: Verdicts
}

const rateOf = (metric: object): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: 'rate', namespace: 'shop' },
  spec: {
    metrics: [
      { name: 'rate', interval: '10s', provider: { prometheus: { address: 'http://p:9090', query: 'q' } }, ...metric },
    ],
  },
})
const analysis = { templates: [{ templateName: 'rate' }] }
const service = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
})
const alb = { trafficRouting: { alb: { ingress: 'web', servicePort: 80, rootService: 'root' } } }
const halfAndPause = [{ setWeight: 50 }, { pause: { duration: 10 } }]
const update = (atSeconds: number) => ({ atSeconds, image: 'shop/web:2' })

export const outages: readonly Outage[] = [
  {
    row: 11,
    thread: 'AR#5006',
    what: 'ping and pong are switched on, and the stable one of them selects canary pods in the next update',
    invariant: 'S9',
    manifests: [
      rolloutOf({ canary: { ...alb, canaryService: 'canary', stableService: 'stable', steps: halfAndPause } }),
      ...['canary', 'stable', 'ping', 'pong'].map(service),
    ],
    scenario: {
      events: [
        {
          atSeconds: 10,
          specPatch: {
            strategy: {
              canary: {
                canaryService: null,
                stableService: null,
                pingPong: { pingService: 'ping', pongService: 'pong' },
              },
            },
          },
        },
        update(20),
      ],
      pods: { startEverySeconds: 2 },
    },
    verdicts: [22, 22, 22, 22, 22],
  },
  {
    row: 16,
    thread: 'AR#3316',
    what: 'an event is lost, and the controller waits for pods that are there',
    invariant: 'L4',
    manifests: [rolloutOf({ canary: { steps: halfAndPause } })],
    scenario: { events: [{ atSeconds: 5, lostEventSeconds: 20 }, update(10)] },
    verdicts: [610, 610, 610, null, null],
  },
  {
    row: 17,
    thread: 'AR#1774, AR#3110',
    what: 'the pods of the first version are refused, and a good version cannot replace it',
    invariant: 'L7',
    manifests: [rolloutOf({ canary: { steps: halfAndPause } })],
    scenario: { firstInstall: true, events: [update(10)], pods: { refusedImages: ['shop/web:1'] } },
    verdicts: [700, 700, 700, 700, 700],
  },
  {
    row: 22,
    thread: 'KR#309',
    what: 'the plan loses its steps in the middle of an update',
    invariant: 'P1',
    manifests: [rolloutOf({ canary: { ...nginx, steps: [...halfAndPause, { setWeight: 80 }, { pause: {} }] } })],
    scenario: { events: [update(10), { atSeconds: 40, specPatch: { strategy: { canary: { steps: halfAndPause } } } }] },
    verdicts: [null, null, null, null, null],
  },
  {
    row: 24,
    thread: 'AR PR#4604',
    what: 'a pod dies in the pre-promotion analysis, and the Rollout promotes',
    invariant: 'V1',
    manifests: [
      rolloutOf({ blueGreen: { activeService: 'active', prePromotionAnalysis: analysis } }),
      rateOf({ count: 20 }),
    ],
    scenario: {
      events: [update(10), { atSeconds: 60, losePods: { role: 'canary', count: 1 } }],
      pods: { readyAfterSeconds: 5 },
    },
    verdicts: [65, null, null, null, null],
  },
  {
    row: 25,
    thread: 'AR#3850',
    what: 'an Inconclusive background analysis is made again and again in the pause of a step',
    invariant: 'L3',
    manifests: [
      rolloutOf({ canary: { ...nginx, analysis, steps: [{ setWeight: 40 }, { pause: { duration: 60 } }] } }),
      rateOf({ count: 3 }),
    ],
    scenario: {
      events: [update(10)],
      series: { rate: [{ phase: 'Successful' }, { atSeconds: 15, phase: 'Inconclusive' }] },
    },
    verdicts: [20, null, null, null, null],
  },
  {
    row: 26,
    thread: 'AR#4479',
    what: 'an analysis is Successful though every measurement failed',
    invariant: 'V2',
    manifests: [rolloutOf({ canary: { steps: [{ analysis }] } }), rateOf({ count: 2, failureLimit: 2 })],
    scenario: { events: [update(10)], series: { rate: [{ phase: 'Failed' }] } },
    verdicts: [20, 20, 20, 20, 20],
  },
  {
    row: 27,
    thread: 'FL PR#1095, AR#1905',
    what: 'not a number passes a failure condition',
    invariant: 'V2',
    manifests: [
      rolloutOf({ canary: { steps: [{ analysis }] } }),
      rateOf({ count: 1, failureCondition: 'result[0] < 0.9' }),
    ],
    scenario: { events: [update(10)], series: { rate: [{ value: Number.NaN }] } },
    verdicts: [10, 10, 10, 10, 10],
  },
  {
    row: 31,
    thread: 'AR#1707, AR#2281',
    what: 'one pod of two is half of the traffic, whatever the plan says',
    invariant: 'S10',
    manifests: [rolloutOf({ canary: { steps: [{ setWeight: 70 }, { pause: {} }] } }, { replicas: 1 })],
    scenario: { events: [update(10)] },
    verdicts: [10, 10, 10, 10, 10],
  },
  {
    row: 33,
    thread: 'AR PR#4868',
    what: 'an autoscaler takes the pods of stable and canary together for the needed ones',
    invariant: 'L8',
    manifests: [rolloutOf({ canary: { ...nginx, steps: [{ setWeight: 10 }, { pause: {} }] } }, { replicas: 10 })],
    scenario: { events: [{ atSeconds: 5, autoscaleSeconds: 200 }, update(10)] },
    verdicts: [21, 21, 21, 21, 21],
  },
  {
    row: 34,
    thread: 'AR#4696',
    what: 'v1.9 takes over, and starts a new revision of a template that nobody edited',
    invariant: 'S8',
    manifests: [
      rolloutOf(
        {
          canary: {
            stableMetadata: { labels: { role: 'stable' } },
            canaryMetadata: { labels: { role: 'canary' } },
            steps: [],
          },
        },
        {
          template: {
            metadata: { labels: { app: 'web', role: 'web' } },
            spec: { containers: [{ name: 'web', image: 'shop/web:1' }] },
          },
        },
      ),
    ],
    scenario: { events: [update(10), { atSeconds: 60, upgradeTo: 'v1.9' }] },
    verdicts: [60, 60, null, null, null],
  },
  {
    row: 35,
    thread: 'seen while recording',
    what: 'an experiment whose required analysis is Inconclusive is made again and again',
    invariant: 'L3',
    manifests: [
      rolloutOf({
        canary: {
          steps: [
            {
              experiment: {
                duration: '60s',
                templates: [{ name: 'e', specRef: 'canary' }],
                analyses: [{ name: 'a', templateName: 'rate', requiredForCompletion: true }],
              },
            },
          ],
        },
      }),
      rateOf({ count: 1 }),
    ],
    scenario: { events: [update(10)], series: { rate: [{ phase: 'Inconclusive' }] } },
    verdicts: [11, 11, 11, 11, 11],
  },
  {
    row: 36,
    thread: 'seen while recording',
    what: 'after an abort with a delay of its own the Service of the canary is turned there and back',
    invariant: 'L3',
    manifests: [
      rolloutOf({
        canary: {
          ...nginx,
          dynamicStableScale: true,
          abortScaleDownDelaySeconds: 30,
          steps: [{ setWeight: 40 }, { pause: {} }],
        },
      }),
    ],
    scenario: { events: [update(10), { atSeconds: 60, command: 'abort' }] },
    verdicts: [60, 60, 60, 60, 60],
  },
]
