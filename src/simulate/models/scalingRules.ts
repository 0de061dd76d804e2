/** How many pods a rule lets come or go within a time. The names are those of a HorizontalPodAutoscaler. */
export interface ScalingPolicy {
  readonly type: 'Pods' | 'Percent'
  readonly value: number
  readonly periodSeconds: number
}

/** What limits an autoscaler in one direction. */
export interface ScalingRules {
  /** It goes only as far as everything that it wanted in this time agrees. Default: up 0, down 300. */
  readonly stabilizationWindowSeconds?: number
  /** Which of the policies counts: that of the largest change (default), of the least, or none at all is allowed. */
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled'
  /** Default: up 4 pods or 100 % in 15 seconds, down 100 %. */
  readonly policies?: readonly ScalingPolicy[]
}

/** The rules of a HorizontalPodAutoscaler. */
export interface AutoscalerRules {
  /** Percent of what a pod can do, which is `requestsPerPod`. */
  readonly targetUtilisation?: number
  /** Or requests per second of a pod: `averageValue`. */
  readonly targetPerPod?: number
  readonly minReplicas: number
  readonly maxReplicas: number
  /** How far off the target it does nothing. Default 0.1, as in Kubernetes. */
  readonly tolerance?: number
  readonly behavior?: { readonly scaleUp?: ScalingRules; readonly scaleDown?: ScalingRules }
  /**
   * `Resource` (default): the average of the ready pods that `status.selector` selects. `External`: the load over
   * `status.HPAReplicas` pods; within the tolerance it then wants so many, a canary's pods included (AR#2857).
   */
  readonly metric?: 'Resource' | 'External'
}

/** A change that was made; negative where pods went. */
export interface ScaleChange {
  readonly atSeconds: number
  readonly pods: number
}

/** What it wanted once. */
export interface Recommendation {
  readonly atSeconds: number
  readonly replicas: number
}

const usualUp: readonly ScalingPolicy[] = [
  { type: 'Pods', value: 4, periodSeconds: 15 },
  { type: 'Percent', value: 100, periodSeconds: 15 },
]
const usualDown: readonly ScalingPolicy[] = [{ type: 'Percent', value: 100, periodSeconds: 15 }]

/** Windows may not be longer. */
export const longestWindowSeconds = 3600

const windowOf = ({ stabilizationWindowSeconds: seconds }: ScalingRules, usual: number): number =>
  Math.min(longestWindowSeconds, typeof seconds === 'number' ? seconds : usual)

/** What is wanted now, moved towards `current` as far as what was wanted lately asks for it. */
export function stabilised(
  wanted: number,
  current: number,
  recent: readonly Recommendation[],
  second: number,
  { up, down }: { readonly up: ScalingRules; readonly down: ScalingRules },
): number {
  const within = (seconds: number): number[] => [
    wanted,
    ...recent.filter(({ atSeconds }) => atSeconds > second - seconds).map(({ replicas }) => replicas),
  ]
  const least = Math.min(...within(windowOf(up, 0)))
  const most = Math.max(...within(windowOf(down, 300)))
  return Math.min(Math.max(current, least), most)
}

/** How far up or down the policies let it go from here. */
export function limitOf(
  direction: 'up' | 'down',
  { policies, selectPolicy = 'Max' }: ScalingRules,
  current: number,
  changes: readonly ScaleChange[],
  second: number,
): number {
  if (selectPolicy === 'Disabled') return current
  const isUp = direction === 'up'
  const limits = (policies ?? (isUp ? usualUp : usualDown)).map(({ type, value, periodSeconds }) => {
    const before = current - sumOf(changes.filter(({ atSeconds }) => atSeconds > second - periodSeconds))
    if (type === 'Pods') return isUp ? before + value : before - value
    return isUp ? Math.ceil(before * (1 + value / 100)) : Math.trunc(before * (1 - value / 100))
  })
  if (limits.length === 0) return current
  const isWidest = selectPolicy !== 'Min'
  return isUp === isWidest ? Math.max(...limits) : Math.min(...limits)
}

const sumOf = (changes: readonly ScaleChange[]): number => changes.reduce((sum, { pods }) => sum + pods, 0)
