import type { PodMetadata } from '../model/rollout'

/** What models say of the life of a pod; what none says is as the options of the simulation say it. */
export interface PodLife {
  /** Seconds from the start of its container until it is ready. */
  readonly readyAfterSeconds?: number
  /** Its container ends so many seconds after it became ready, time and again; the kubelet starts it anew. */
  readonly crashAfterSeconds?: number
}

/** How pods of the modelled cluster behave. */
export interface PodModel {
  /** Seconds from a pod's start until it is ready. Default 0. */
  readonly readyAfterSeconds?: number
  /** Seconds between the starts of two pods of a ReplicaSet: a cluster rarely starts all at once. Default 0. */
  readonly startEverySeconds?: number
  /** Images whose pods never become ready, whichever of their containers has them, init containers too. */
  readonly neverReadyImages?: readonly string[]
  /** Pods of these images stop being ready so many seconds after they became it. */
  readonly failAfterSeconds?: Readonly<Record<string, number>>
  /** At most so many pods of a ReplicaSet of these images become ready. */
  readonly mostReady?: Readonly<Record<string, number>>
  /** New pods of these images are not made: a quota, or an admission webhook, refuses them. */
  readonly refusedImages?: readonly string[]
}

/**
 * Pods that started in the same second: counted, not listed, so that a million pods cost what one costs. They are
 * numbered, so that objects can be made of them where somebody looks (podObjects.ts).
 */
export interface PodGroup {
  /** Negative: before the simulation began. */
  readonly startedAtSeconds: number
  readonly count: number
  /** Number of the first; the others follow. Pods are numbered in the order of their making, over all ReplicaSets. */
  readonly first: number
  /** They were there when the simulation began: older than anything that happens in it. */
  readonly isGiven?: boolean
  /** Of the template, when they were made. */
  readonly metadata?: PodMetadata
  /** One pod that was given as an object. Seconds count from the start of the simulation. */
  readonly pod?: { readonly name: string; readonly createdAtSeconds: number }
  /** What models said of them when they were made. */
  readonly life?: PodLife
  /** No node has room for them. */
  readonly isUnscheduled?: true
  /** Their node is lost: they are not ready from a second on, and are deleted later. */
  readonly lost?: { readonly unreadyAtSeconds: number; readonly goneAtSeconds: number }
}

/** The pods of each ReplicaSet, oldest first, by the ReplicaSet's key. */
export type PodGroups = Readonly<Record<string, readonly PodGroup[]>>
