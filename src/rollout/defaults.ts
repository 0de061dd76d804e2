import { integerOf } from '../model/integerText'
import type { IntOrString } from '../model/meta'
import type { Rollout } from '../model/rollout'

// behaviour 1.8

export const replicasOf = (rollout: Rollout): number => rollout.spec.replicas ?? 1
export const revisionHistoryLimitOf = (rollout: Rollout): number => rollout.spec.revisionHistoryLimit ?? 10
export const progressDeadlineSecondsOf = (rollout: Rollout): number => rollout.spec.progressDeadlineSeconds ?? 600
export const successfulRunHistoryLimitOf = (rollout: Rollout): number =>
  rollout.spec.analysis?.successfulRunHistoryLimit ?? 5
export const unsuccessfulRunHistoryLimitOf = (rollout: Rollout): number =>
  rollout.spec.analysis?.unsuccessfulRunHistoryLimit ?? 5

export const isRouted = (rollout: Rollout): boolean => rollout.spec.strategy?.canary?.trafficRouting !== undefined
export const maxWeightOf = (rollout: Rollout): number =>
  rollout.spec.strategy?.canary?.trafficRouting?.maxTrafficWeight ?? 100

/** How long an old ReplicaSet keeps its pods after it lost the traffic. A basic canary never waits. */
export function scaleDownDelaySecondsOf(rollout: Rollout): number {
  const { blueGreen, canary } = rollout.spec.strategy ?? {}
  if (blueGreen) return blueGreen.scaleDownDelaySeconds ?? 30
  if (!canary?.trafficRouting) return 0
  return canary.scaleDownDelaySeconds ?? 30
}

export interface AbortDelay {
  /** Undefined: never scaled down. */
  readonly seconds?: number
  readonly explicit: boolean
}

/** How long the canary or preview keeps its pods after an abort; an explicit 0 means forever. */
export function abortScaleDownDelayOf(rollout: Rollout): AbortDelay {
  const { blueGreen, canary } = rollout.spec.strategy ?? {}
  if (canary && !blueGreen && !canary.trafficRouting) return { seconds: 0, explicit: false }
  const set = blueGreen ? blueGreen.abortScaleDownDelaySeconds : canary?.abortScaleDownDelaySeconds
  if (set === undefined) return { seconds: 30, explicit: false }
  return set === 0 ? { explicit: true } : { seconds: set, explicit: true }
}

/** An explicit delay that is not "never". */
export const hasExplicitAbortDelay = (rollout: Rollout): boolean => {
  const delay = abortScaleDownDelayOf(rollout)
  return delay.explicit && delay.seconds !== undefined
}

/** How many old ReplicaSets may wait for their deadline at once. */
export function scaleDownDelayRevisionLimitOf(rollout: Rollout): number {
  const { blueGreen, canary } = rollout.spec.strategy ?? {}
  return (blueGreen ? blueGreen.scaleDownDelayRevisionLimit : canary?.scaleDownDelayRevisionLimit) ?? 2 ** 31 - 1
}

/** The number of `25%` or `25`, as nearly everybody writes percentages; -1 for other texts. */
function plainPercent(text: string): number {
  const end = text.endsWith('%') ? text.length - 1 : text.length
  if (end === 0 || end > 9) return -1
  let percent = 0
  for (let i = 0; i < end; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (digit < 0 || digit > 9) return -1
    percent = percent * 10 + digit
  }
  return percent
}

/** An integer is absolute; a string is a percentage, with or without `%`; anything else is undefined. */
function resolvePercent(value: IntOrString, total: number, round: (value: number) => number): number | undefined {
  if (typeof value === 'number') return value
  const percent = plainPercent(value)
  if (percent >= 0) return round((percent * total) / 100)
  const number = integerOf(value.replaceAll('%', ''))
  return number === undefined ? undefined : round((number * total) / 100)
}

interface Fenceposts {
  readonly surge: number
  readonly unavailable: number
}

/**
 * Surge rounds up, unavailable rounds down; if both are 0, one pod may be unavailable, because otherwise no pod could
 * be replaced.
 */
function fencepostsOf(rollout: Rollout): Fenceposts {
  const canary = rollout.spec.strategy?.canary
  const replicas = replicasOf(rollout)
  const surge = resolvePercent(canary?.maxSurge ?? '25', replicas, Math.ceil)
  const unavailable = resolvePercent(canary?.maxUnavailable ?? '25', replicas, Math.floor)
  if (surge === undefined || unavailable === undefined) return { surge: 0, unavailable: 0 }
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable }
}

/** Pods that a basic canary may have above `spec.replicas`. */
export const maxSurgeOf = (rollout: Rollout): number =>
  rollout.spec.strategy?.canary ? fencepostsOf(rollout).surge : 0

/** Pods that may be missing; at most all of them. */
export function maxUnavailableOf(rollout: Rollout): number {
  const replicas = replicasOf(rollout)
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  if (!canary && !blueGreen) return 0
  const unavailable = blueGreen
    ? (resolvePercent(blueGreen.maxUnavailable ?? '25', replicas, Math.floor) ?? 0)
    : fencepostsOf(rollout).unavailable
  return Math.min(unavailable, replicas)
}
