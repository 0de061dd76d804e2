import type { Model, ModelView } from './model'
import type { Traffic } from './traffic'

/** A HorizontalPodAutoscaler and the load that it looks at. */
export interface AutoscalerOptions {
  readonly traffic: Traffic
  /** Requests per second that bring a pod to 100 % utilisation. */
  readonly requestsPerPod: number
  /** Percent. */
  readonly targetUtilisation: number
  readonly minReplicas: number
  readonly maxReplicas: number
  /** How far off the target it does nothing. Default 0.1, as in Kubernetes. */
  readonly tolerance?: number
  /** It scales down only to the highest that it wanted in so many seconds. Default 300, as in Kubernetes. */
  readonly downStabilisationSeconds?: number
  /** Pods that it adds, or takes away, at most at a time. Default: any number. */
  readonly mostPodsUp?: number
  readonly mostPodsDown?: number
  /** Default 15, as in Kubernetes. */
  readonly everySeconds?: number
}

/** What it wanted lately. */
export interface AutoscalerState {
  readonly nextSecond: number
  readonly wanted: readonly { readonly atSeconds: number; readonly replicas: number }[]
}

/**
 * An autoscaler of the Rollout's scale: it reads `status.HPAReplicas`, as the real one does, and writes
 * `spec.replicas`. A canary's pods count in the former (AR#2857). Behaviour policies are the two limits of pods at a
 * time; percentages and periods are not modelled.
 *
 * @example
 * import { autoscaler, constantTraffic, simulate } from 'rollout-engine/simulate'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { replicas: 2, selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const hpa = autoscaler({ traffic: constantTraffic(400), requestsPerPod: 100, targetUtilisation: 50, minReplicas: 2, maxReplicas: 10 })
 * const { frames } = simulate({ manifests: [{ kind: 'Rollout', metadata: { name: 'web' }, spec }], models: [hpa], untilSeconds: 60 })
 * frames.at(-1)?.replicas // => 8
 */
export const autoscaler = (options: AutoscalerOptions): Model<AutoscalerState> => ({
  name: 'autoscaler',
  start: { nextSecond: 0, wanted: [] },
  step: (state, view) => {
    if (view.atSeconds < state.nextSecond || !view.rollout) return { state }
    const { everySeconds = 15, downStabilisationSeconds = 300 } = options
    const current = view.rollout.status?.HPAReplicas ?? 0
    const replicas = current === 0 ? undefined : wantedReplicas(options, view, current)
    const nextSecond = view.atSeconds + everySeconds
    if (replicas === undefined) return { state: { ...state, nextSecond } }
    const recent = state.wanted.filter(({ atSeconds }) => atSeconds > view.atSeconds - downStabilisationSeconds)
    const wanted = [...recent, { atSeconds: view.atSeconds, replicas }]
    const stable = replicas < current ? Math.min(current, Math.max(...wanted.map((one) => one.replicas))) : replicas
    const next = limited(options, current, stable)
    const isSame = next === view.frame.replicas
    return { state: { nextSecond, wanted }, ...(!isSame && { deeds: [{ replicas: next }] }) }
  },
  next: ({ nextSecond }) => nextSecond,
})

/** As Kubernetes computes it: in proportion, up to the tolerance, rounded up. */
function wantedReplicas(
  { traffic, requestsPerPod, targetUtilisation, tolerance = 0.1 }: AutoscalerOptions,
  { atSeconds, frame }: ModelView,
  current: number,
): number {
  const available = frame.pods.reduce((sum, pods) => sum + pods.available, 0)
  const utilisation = (traffic(atSeconds) / (Math.max(1, available) * requestsPerPod)) * 100
  const ratio = utilisation / targetUtilisation
  return Math.abs(ratio - 1) <= tolerance ? current : Math.ceil(ratio * Math.max(1, available))
}

function limited(options: AutoscalerOptions, current: number, wanted: number): number {
  const { minReplicas, maxReplicas, mostPodsUp = wanted, mostPodsDown = current } = options
  const reached = Math.max(current - mostPodsDown, Math.min(current + mostPodsUp, wanted))
  return Math.max(minReplicas, Math.min(maxReplicas, reached))
}
