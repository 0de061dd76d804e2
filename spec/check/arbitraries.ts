import type { Ranges } from '../../src/check/index'
import * as check from '../../src/check/index'
import type { KubeObject } from '../../src/model/meta'
import type { Rollout } from '../../src/model/rollout'
import { validateRollout } from '../../src/rollout/validation/validateRollout'
import { simulate } from '../../src/simulate/simulate'
import type { WorldEvent } from '../../src/simulate/worldEvent'
import type { fc } from '../properties/fc'
import { analysisTemplate, nginx, rolloutOf, steps } from './strategies'

// Every published arbitrary: what makes a value of it valid, how large it is, and what the smallest one looks like.

/** One arbitrary on the checklist. */
export interface Listed {
  readonly name: string
  readonly make: (ranges?: Ranges) => fc.Arbitrary<unknown>
  /** What the engine has against a value. */
  readonly wrongWith: (value: never) => readonly unknown[]
  /** The numbers that the ranges bound. */
  readonly sizes: (value: never) => Partial<Readonly<Record<keyof Ranges, number>>>
  readonly smallest: unknown
  /** Another value that nothing is smaller than. */
  readonly alsoSmallest?: unknown
}

export const base = rolloutOf({ canary: { ...nginx, steps } })
const images = ['shop/web:2', 'shop/web:3']

const refusals = (rollout: KubeObject | undefined): readonly unknown[] =>
  validateRollout({ rollout: rollout as unknown as Rollout })

const specOf = (rollout: KubeObject | undefined): Rollout['spec'] => (rollout as unknown as Rollout).spec

const stepCount = (rollout: KubeObject | undefined): number => specOf(rollout).strategy?.canary?.steps?.length ?? 0

const replicasOf = (rollout: KubeObject | undefined): number => specOf(rollout).replicas ?? 1

/** Every number behind a name that ends in seconds, and every duration of a pause. */
function secondsIn(value: unknown): readonly number[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    /(seconds|^duration)$/i.test(name) && typeof inner === 'number' ? [inner] : secondsIn(inner),
  )
}

/** A run whose input has a mistake says so in its issues. One second of it is enough to see that. */
const issuesOf = (input: object): readonly unknown[] =>
  simulate({ manifests: [base, analysisTemplate], missing: 'assume', untilSeconds: 1, ...input }).issues.filter(
    ({ code }) => code !== 'assumed' && code !== 'event-not-due' && !code.startsWith('command-'),
  )

const eventSizes = (events: readonly WorldEvent[]): Partial<Record<keyof Ranges, number>> => ({
  mostEvents: events.length,
  mostSeconds: Math.max(0, ...events.map(({ atSeconds = 0 }) => atSeconds)),
})

const isInOrder = (events: readonly WorldEvent[]): boolean =>
  events.every(({ atSeconds = 0 }, index) => index === 0 || (events[index - 1]?.atSeconds ?? 0) <= atSeconds)

const rolloutSizes = ([rollout]: readonly KubeObject[]): Partial<Record<keyof Ranges, number>> => ({
  mostReplicas: replicasOf(rollout),
  mostSteps: stepCount(rollout),
})

const smallestSpec = {
  replicas: 1,
  selector: { matchLabels: { app: 'web' } },
  template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'shop/web:1' }] } },
  strategy: { canary: { steps: [] } },
}

/** Where the canary that a blue-green Rollout could shrink to is not valid. */
const smallestBlueGreen = { ...smallestSpec, strategy: { blueGreen: { activeService: 'web-active' } } }
const another = { matchLabels: { app: 'another' } }

export const checklist: readonly Listed[] = [
  {
    name: 'rollouts',
    make: check.rollouts,
    wrongWith: ([rollout]: readonly KubeObject[]) => refusals(rollout),
    sizes: (manifests: readonly KubeObject[]) => ({
      ...rolloutSizes(manifests),
      // A progress deadline is longer than what pods and routers take together.
      mostSeconds: Math.max(0, ...secondsIn({ ...specOf(manifests[0]), progressDeadlineSeconds: 0 })),
    }),
    smallest: [{ kind: 'Rollout', spec: smallestSpec }, { kind: 'AnalysisTemplate' }],
    alsoSmallest: [{ kind: 'Rollout', spec: smallestBlueGreen }, { kind: 'AnalysisTemplate' }],
  },
  {
    name: 'invalidRollouts',
    make: check.invalidRollouts,
    wrongWith: ([rollout]: readonly KubeObject[]) => (refusals(rollout).length > 0 ? [] : ['nobody refuses it']),
    sizes: ([rollout]: readonly KubeObject[]) => ({ mostReplicas: replicasOf(rollout) }),
    smallest: [{ spec: { ...smallestSpec, selector: another } }, {}],
    alsoSmallest: [{ spec: { ...smallestBlueGreen, selector: another } }, {}],
  },
  {
    name: 'rolloutEdits',
    make: (ranges) => check.rolloutEdits(base, ranges),
    wrongWith: (rollout: KubeObject) => [
      ...refusals(rollout),
      ...(JSON.stringify(rollout) === JSON.stringify(base) ? ['nothing was edited'] : []),
    ],
    sizes: (rollout: KubeObject) => ({
      ...(replicasOf(rollout) !== replicasOf(base) && { mostReplicas: replicasOf(rollout) }),
      ...(stepCount(rollout) > steps.length && { mostSteps: stepCount(rollout) }),
    }),
    smallest: { spec: { ...(base.spec as object), template: { spec: { containers: [{ image: 'shop/web:2' }] } } } },
  },
  {
    name: 'worlds',
    make: (ranges) => check.worlds(images, ranges),
    wrongWith: (world: object) => issuesOf({ ...world, events: images.map((image) => ({ image })) }),
    sizes: (world: check.GeneratedWorld) => ({
      mostSeconds: Math.max(
        ...secondsIn({ ...world, router: { ...world.router, refuses: undefined } }),
        world.router.refuses?.fromSeconds ?? 0,
      ),
      mostReplicas: Math.max(0, ...Object.values(world.pods.mostReady ?? {})),
    }),
    smallest: {
      pods: { readyAfterSeconds: 0, startEverySeconds: 0, neverReadyImages: [], failAfterSeconds: {}, mostReady: {} },
      router: { lagSeconds: 0, verifies: false },
    },
  },
  {
    name: 'metricSeries',
    make: (ranges) => check.metricSeries(['rate'], ranges),
    wrongWith: (series: object) => issuesOf({ series }),
    sizes: ({ rate = [] }: { readonly rate?: readonly WorldEvent[] }) => eventSizes(rate.slice(1)),
    smallest: { rate: [{ atSeconds: 0, phase: 'Successful' }] },
  },
  {
    name: 'commandSequences',
    make: check.commandSequences,
    wrongWith: (events: readonly WorldEvent[]) => [...issuesOf({ events }), ...(isInOrder(events) ? [] : ['disorder'])],
    sizes: eventSizes,
    smallest: [],
  },
  {
    name: 'updateSchedules',
    make: (ranges) => check.updateSchedules(images, ranges),
    wrongWith: (events: readonly WorldEvent[]) => [...issuesOf({ events }), ...(isInOrder(events) ? [] : ['disorder'])],
    sizes: eventSizes,
    smallest: [],
  },
]
