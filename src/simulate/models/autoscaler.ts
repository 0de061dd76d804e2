import { givenNumber, givenObject } from '../../model/given'
import { fieldOf } from '../assume/walk'
import { autoscalerDoubts, autoscalerOf, readAutoscaler } from './autoscalerObject'
import type { Model, ModelView } from './model'
import {
  type AutoscalerRules,
  limitOf,
  longestWindowSeconds,
  type Recommendation,
  type ScaleChange,
  stabilised,
} from './scalingRules'
import type { Traffic } from './traffic'

/** A HorizontalPodAutoscaler and the load that it looks at. What is not said is read from the one of the manifests. */
export interface AutoscalerOptions extends Partial<AutoscalerRules> {
  readonly traffic: Traffic
  /** Requests per second that bring a pod to 100 % utilisation. */
  readonly requestsPerPod?: number
  /** Default 15, as in Kubernetes. */
  readonly everySeconds?: number
}

/** What it wanted and did lately. */
export interface AutoscalerState {
  readonly nextSecond: number
  readonly wanted: readonly Recommendation[]
  readonly changes: readonly ScaleChange[]
}

/**
 * An autoscaler of the Rollout's scale, which writes `spec.replicas`: target utilisation, bounds, tolerance,
 * stabilisation windows and behaviour policies are computed as by Kubernetes' controller. The manifests may hold a
 * HorizontalPodAutoscaler for the Rollout, and one that is applied later counts from then on.
 *
 * @example
 * import { autoscaler, constantTraffic, simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const hpa = autoscaler({ traffic: constantTraffic(400), requestsPerPod: 100, targetUtilisation: 50, minReplicas: 2, maxReplicas: 10 })
 * const { frames } = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], models: [hpa], untilSeconds: 60 })
 * frames.map(({ atSeconds, replicas }) => `${atSeconds}: ${replicas}`) // => ['0: 2', '1: 4', '16: 8']
 */
export function autoscaler(options: AutoscalerOptions): Model<AutoscalerState> {
  const given = givenObject<AutoscalerOptions>(options)
  const everySeconds = Math.max(1, givenNumber(given.everySeconds) ?? 15)
  return {
    name: 'autoscaler',
    start: { nextSecond: 0, wanted: [], changes: [] },
    step: (state, view) => {
      const { atSeconds, rollout, frame } = view
      if (atSeconds < state.nextSecond || !rollout) return { state }
      const later = { ...state, nextSecond: atSeconds + everySeconds }
      const current = frame.replicas
      const rules = rulesOf(given, view)
      const wanted = rules && current > 0 ? wantedReplicas(given, rules, view) : undefined
      if (!rules || wanted === undefined) return { state: later }
      const recent = state.wanted.filter((one) => one.atSeconds > atSeconds - longestWindowSeconds)
      // What it found at its start is its first wish.
      const known = recent.length === 0 && state.nextSecond === 0 ? [{ atSeconds, replicas: current }] : recent
      const changes = state.changes.filter((one) => one.atSeconds > atSeconds - longestPeriodSeconds)
      const replicas = allowed(rules, wanted, current, { ...later, wanted: known, changes }, atSeconds)
      const noted = { ...later, wanted: [...known, { atSeconds, replicas: wanted }] }
      if (replicas === current) return { state: { ...noted, changes } }
      return {
        state: { ...noted, changes: [...changes, { atSeconds, pods: replicas - current }] },
        deeds: [{ replicas }],
      }
    },
    next: ({ nextSecond }) => nextSecond,
    doubts: (view) => doubtsOf(given, view),
  }
}

/** What keeps it from scaling, and what is not modelled of the manifest. */
function doubtsOf(given: AutoscalerOptions, view: Pick<ModelView, 'objects' | 'rollout'>): readonly string[] {
  const object = autoscalerOf(view)
  const { requestsPerPod } = given
  const { maxReplicas, targetUtilisation, targetPerPod } = { ...readAutoscaler(view), ...withoutMissing(given) }
  if (!object && maxReplicas === undefined)
    return ['no HorizontalPodAutoscaler has the Rollout as its target: the load scales nothing']
  const wantsUtilisation = targetPerPod === undefined && targetUtilisation !== undefined
  return [
    ...(wantsUtilisation && requestsPerPod === undefined
      ? [
          `the autoscaler wants ${targetUtilisation} % utilisation: requestsPerPod (--requests-per-pod) says which load is 100 % of a pod; without it nothing scales`,
        ]
      : []),
    ...(object ? autoscalerDoubts(object) : []),
  ]
}

/** Periods of policies may not be longer. */
const longestPeriodSeconds = 1800

function rulesOf(given: AutoscalerOptions, view: ModelView): AutoscalerRules | undefined {
  const rules = { ...readAutoscaler(view), ...withoutMissing(given) }
  const { minReplicas = 1, maxReplicas } = rules
  return maxReplicas === undefined ? undefined : { ...rules, minReplicas, maxReplicas }
}

const withoutMissing = (given: AutoscalerOptions): Partial<AutoscalerRules> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))

/** As Kubernetes computes it: in proportion, up to the tolerance, rounded up. Undefined: it knows nothing. */
function wantedReplicas(
  { traffic, requestsPerPod = Number.NaN }: AutoscalerOptions,
  { targetUtilisation = Number.NaN, targetPerPod, tolerance = 0.1, metric }: AutoscalerRules,
  view: ModelView,
): number | undefined {
  const load = traffic(view.atSeconds) / (targetPerPod ?? (requestsPerPod * targetUtilisation) / 100)
  const isTolerated = (ratio: number): boolean => Math.abs(ratio - 1) <= tolerance + 1e-9
  // Without what comes of dividing fractions.
  const pods = Math.ceil(Math.round(load * 1e9) / 1e9)
  if (!Number.isFinite(pods)) return undefined
  if (metric === 'External') {
    const counted = view.rollout?.status?.HPAReplicas ?? 0
    if (counted === 0) return undefined
    return isTolerated(load / counted) ? counted : pods
  }
  const { ready, all } = podsSeen(view)
  if (ready === 0) return undefined
  const current = view.frame.replicas
  const ratio = load / ready
  if (ratio <= 1 || ready === all) return isTolerated(ratio) ? current : pods
  // Pods that start use nothing yet: they may be enough.
  const later = load / all
  return isTolerated(later) || later < 1 || pods < current ? current : pods
}

/** Pods that `status.selector` selects: of a blue-green Rollout the active ones. */
function podsSeen({ frame: { pods, active, roles }, rollout }: ModelView): {
  readonly ready: number
  readonly all: number
} {
  const isBlueGreen = fieldOf(fieldOf(rollout?.spec, 'strategy'), 'blueGreen') !== undefined && active !== null
  const seen = isBlueGreen ? pods.filter(({ revision }) => roles[String(revision)]?.includes('active')) : pods
  return {
    ready: seen.reduce((sum, { available }) => sum + available, 0),
    all: seen.reduce((sum, { available, wanted }) => sum + Math.max(available, wanted), 0),
  }
}

/** What windows, policies and bounds leave of a wish. */
function allowed(
  { minReplicas, maxReplicas, behavior }: AutoscalerRules,
  wanted: number,
  current: number,
  { wanted: recent, changes }: AutoscalerState,
  second: number,
): number {
  if (current > maxReplicas) return maxReplicas
  if (current < minReplicas) return minReplicas
  const { scaleUp: up = {}, scaleDown: down = {} } = behavior ?? {}
  const stable = stabilised(wanted, current, recent, second, { up, down })
  if (stable > current) {
    // Without a behaviour the old rule holds: at most twice as many, or four.
    const most = behavior ? limitOf('up', up, current, changes, second) : Math.max(2 * current, 4)
    return Math.min(stable, Math.max(current, most), maxReplicas)
  }
  if (stable === current) return current
  const least = limitOf('down', down, current, changes, second)
  return Math.max(stable, Math.min(current, least), minReplicas)
}
