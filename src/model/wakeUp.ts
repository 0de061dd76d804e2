/** Reasons for another reconcile: data by code. `wakeUpText` makes the text. */
export interface WakeUpData {
  /** A timed pause step of a canary ends. `stepIndex` counts from 0. */
  readonly pauseStepEnds: { readonly stepIndex: number }
  /** `autoPromotionSeconds` of a blue-green Rollout end. */
  readonly autoPromotion: Nothing
  readonly progressDeadline: Nothing
  /** An old ReplicaSet of the Rollout, or one of an Experiment (without a revision), may lose its pods. */
  readonly scaleDownDelay: OldPods
  /** After an abort the new ReplicaSet may lose its pods. */
  readonly abortScaleDownDelay: OldPods
  /** The time of `spec.restartAt` comes. */
  readonly restartAt: Nothing
  /** A restart still has pods to evict. */
  readonly restartGoesOn: { readonly pods: number }
  /** The spec or its references are invalid now, and may be valid by then. */
  readonly invalidSpec: Nothing
  /** The router has not confirmed the weight. */
  readonly weightUnverified: { readonly router: string; readonly weight: number }
  /** Not every endpoint of a Service is registered in its target groups. */
  readonly targetsUnverified: { readonly service: string }
  /** A step plugin is called again after its back-off. */
  readonly stepPlugin: { readonly stepIndex: number; readonly plugin: string }
  /** A call of a step plugin failed before the plugin answered. */
  readonly stepPluginFailed: { readonly text: string }
  /** A metric has its next measurement. */
  readonly measurement: { readonly metric: string }
  /** `spec.duration` of an Experiment ends. */
  readonly experimentDuration: { readonly duration: string }
  /** A template of an Experiment has to be available by then. */
  readonly templateDeadline: { readonly template: string }
  /** An object changed or appeared after the observation; the next observation will show it. */
  readonly staleObservation: { readonly kind: string; readonly name: string }
}

interface OldPods {
  readonly replicaSet: string
  readonly revision?: number
}

type Nothing = Readonly<Record<string, never>>

/** The code of a wake-up: `pauseStepEnds`, `progressDeadline` and the like. */
export type WakeUpCode = keyof WakeUpData

/** Why a reducer wants another reconcile. */
export type WakeUpReason = {
  readonly [Code in WakeUpCode]: { readonly code: Code; readonly data: WakeUpData[Code] }
}[WakeUpCode]

/** Why a reducer wants another reconcile, and after how many seconds (at least 0) from the observation's `now`. */
export type WakeUp = WakeUpReason & { readonly afterSeconds: number }

/** The wake-ups of a decision: all of them, and the earliest. */
export function requeueOf(wakeUps: readonly WakeUp[]): {
  readonly wakeUps: readonly WakeUp[]
  readonly requeueAfterSeconds?: number
} {
  let earliest = Number.POSITIVE_INFINITY
  for (const { afterSeconds } of wakeUps) if (afterSeconds < earliest) earliest = afterSeconds
  return earliest === Number.POSITIVE_INFINITY ? { wakeUps } : { wakeUps, requeueAfterSeconds: earliest }
}
