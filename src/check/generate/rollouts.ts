import * as fc from 'fast-check'
import type { KubeObject } from '../../model/meta'
import { analysisTemplates } from './analysisTemplates'
import { type Ranges, readRanges } from './ranges'
import { analysis, plans, withEdges } from './steps'
import { isValid } from './validity'

/** A field that is there in half of the Rollouts, so that each two and most three of them meet. */
const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ withCrossShrink: true }, fc.constant(undefined), value)

/** An object of the fields that are there. */
const objectOf = (
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc.record(fields).map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))

/**
 * The manifests of a Rollout called `web`, of any strategy, with the AnalysisTemplate that it refers to. The controller
 * accepts all of them. Values are small, and shrink to one pod, no steps and no router.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { rollouts } from 'rollout-engine/check'
 * const [manifests] = fc.sample(rollouts({ mostReplicas: 3 }), { numRuns: 1, seed: 1 })
 * manifests?.[0]?.kind // => 'Rollout'
 */
export function rollouts(ranges: Ranges = {}): fc.Arbitrary<readonly KubeObject[]> {
  const most = readRanges(ranges)
  return fc
    .record({
      strategy: strategies(most),
      common: commonFields(most),
      template: analysisTemplates,
      hasRole: fc.boolean(),
    })
    .map((drawn) => [rolloutOf(drawn), drawn.template] as const)
    .filter(([rollout]) => isValid(rollout))
}

/** The `strategy` of a Rollout; a few of them ask for what the others of their fields forbid. */
export const strategies = (most: Required<Ranges>): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc.oneof(
    { withCrossShrink: true },
    { arbitrary: canaries(most).map((canary) => ({ canary })), weight: 2 },
    { arbitrary: blueGreens(most).map((blueGreen) => ({ blueGreen })), weight: 1 },
  )

const labels = { app: 'web' }

interface Drawn {
  readonly strategy: unknown
  readonly common: object
  readonly hasRole: boolean
}

const rolloutOf = ({ strategy, common, hasRole }: Drawn): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    ...common,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels: { ...labels, ...(hasRole && { role: 'web' }) } },
      spec: { containers: [{ name: 'web', image: 'shop/web:1' }] },
    },
    strategy,
  },
})

const seconds = ({ mostSeconds }: Required<Ranges>): fc.Arbitrary<number> => withEdges(0, mostSeconds)

/** Few pods are likelier: with them rounding matters. */
const pods = ({ mostReplicas }: Required<Ranges>): fc.Arbitrary<number> =>
  fc.oneof(
    { withCrossShrink: true },
    fc.integer({ min: 1, max: Math.min(3, mostReplicas) }),
    fc.integer({ min: 1, max: mostReplicas }),
  )
const boundText = fc.oneof(
  withEdges(0, 3),
  withEdges(0, 4).map((quarter) => `${quarter * 25}%`),
)

/** Shorter ones run out in quiet worlds too: pods and routers of scenarios take up to a minute together. */
const shortestDeadlineSeconds = 90

const commonFields = (most: Required<Ranges>) =>
  objectOf({
    replicas: pods(most),
    progressDeadlineSeconds: sometimes(
      fc.integer({ min: shortestDeadlineSeconds, max: shortestDeadlineSeconds + most.mostSeconds }),
    ),
    progressDeadlineAbort: sometimes(fc.constant(true)),
    minReadySeconds: sometimes(withEdges(0, 5)),
    rollbackWindow: sometimes(withEdges(0, 3).map((revisions) => ({ revisions }))),
  })

/** Each router has objects of its own, so that another one finds its own after an edit. */
const nginx = { nginx: { stableIngress: 'web-nginx' } }
const alb = { alb: { ingress: 'web-alb', servicePort: 80, rootService: 'web-root' } }
const istio = { istio: { virtualService: { name: 'web' } } }
const istioOfPingPong = { istio: { virtualService: { name: 'web-ping-pong' } } }

const antiAffinity = fc.constantFrom(
  { requiredDuringSchedulingIgnoredDuringExecution: {} },
  { preferredDuringSchedulingIgnoredDuringExecution: { weight: 50 } },
)

/** A label that the controller gives pods of a role, and that the template may have too. */
const roleLabel = (role: string) => fc.constant({ labels: { role } })

function canaries(most: Required<Ranges>): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const plain = {
    steps: plans(most),
    maxSurge: sometimes(boundText),
    maxUnavailable: sometimes(boundText),
    analysis: sometimes(fc.constant(analysis)),
    minPodsPerReplicaSet: sometimes(fc.integer({ min: 1, max: 3 })),
    antiAffinity: sometimes(antiAffinity),
    canaryMetadata: sometimes(roleLabel('canary')),
    stableMetadata: sometimes(roleLabel('stable')),
  }
  // A dynamic stable has no delay of its own.
  const scaling = fc.oneof(
    fc.constant({ dynamicStableScale: true }),
    objectOf({ scaleDownDelaySeconds: sometimes(seconds(most)) }),
  )
  const routed = (routers: readonly object[]) =>
    fc
      .tuple(
        objectOf({ ...plain, abortScaleDownDelaySeconds: sometimes(seconds(most)) }),
        scaling,
        fc.constantFrom(...routers),
      )
      .map(([fields, scale, trafficRouting]) => ({ ...fields, ...scale, trafficRouting }))
  const services = { canaryService: 'web-canary', stableService: 'web-stable' }
  const pingPong = { pingPong: { pingService: 'web-ping', pongService: 'web-pong' } }
  return fc.oneof(
    { withCrossShrink: true },
    objectOf(plain),
    { arbitrary: routed([nginx, alb, istio]).map((canary) => ({ ...canary, ...services })), weight: 3 },
    routed([alb, istioOfPingPong]).map((canary) => ({ ...canary, ...pingPong })),
  )
}

const blueGreens = (most: Required<Ranges>): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  objectOf({
    activeService: fc.constant('web-active'),
    previewService: sometimes(fc.constant('web-preview')),
    autoPromotionEnabled: sometimes(fc.boolean()),
    autoPromotionSeconds: sometimes(seconds(most)),
    previewReplicaCount: sometimes(pods(most)),
    antiAffinity: sometimes(antiAffinity),
    prePromotionAnalysis: sometimes(fc.constant(analysis)),
    postPromotionAnalysis: sometimes(fc.constant(analysis)),
    scaleDownDelaySeconds: sometimes(seconds(most)),
    abortScaleDownDelaySeconds: sometimes(seconds(most)),
  })
