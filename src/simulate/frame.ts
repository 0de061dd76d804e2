import type { Blocker } from '../model/blocker'
import type { WeightDestination } from '../model/rolloutStatus'
import type { WakeUpReason } from '../model/wakeUp'
import type { Room } from './podRules'
import type { ManagedRoute } from './router'

/** The state of the simulated Rollout from a second until the next frame. */
export interface Frame {
  readonly atSeconds: number
  readonly phase: string
  readonly message: string
  /** `status.currentStepIndex`; null without steps. */
  readonly stepIndex: number | null
  /** The last weight that was set on the router; null before the first one, and without a router. */
  readonly weight: number | null
  /** Pods of every revision that has any, the oldest revision first. */
  readonly pods: readonly RevisionPods[]
  /**
   * The revision that a blue-green Rollout's active Service selects; null before the first, 0 if no ReplicaSet has its
   * hash.
   */
  readonly active: number | null
  readonly abort: boolean
  /** Every AnalysisRun, by name. */
  readonly runs: readonly FrameRun[]
  /** Every Experiment, by name. */
  readonly experiments: Readonly<Record<string, ExperimentState>>
  /** Weights of destinations other than canary and stable: Services of an Experiment. */
  readonly destinations: readonly WeightDestination[]
  /** Header and mirror routes that the router has: no weight counts their requests. */
  readonly routes: readonly ManagedRoute[]
  /** `spec.replicas` of the Deployment that `workloadRef` names; null if there is none. */
  readonly workload: number | null
  /** Hash of the stable ReplicaSet. */
  readonly stable: string | null
  /**
   * Roles by revision: `stable`, then `canary`, or `active` and `preview` of blue-green, as `get rollout` says it (an
   * active preview is not listed). A revision without a role has no entry.
   */
  readonly roles: Readonly<Record<string, readonly Role[]>>
  /** The share of traffic that the canary really gets from the router. */
  readonly effectiveWeight: number | null
  /** The last weight that the router confirmed when it was asked; null before the first, and if it cannot. */
  readonly verifiedWeight: number | null
  /** `spec.replicas`, 1 by default. */
  readonly replicas: number
  /** The command that the Rollout waits for; null if it waits for time or for nothing. */
  readonly waitsFor: 'promote' | 'resume' | null
  /** What the Rollout waits for, as its last reconcile found it; `blockerText` makes the texts. */
  readonly blockers: readonly Blocker[]
  /**
   * Why the controller will reconcile the Rollout again by itself, the earliest first; `wakeUpText` makes the texts.
   */
  readonly wakeUps: readonly FrameWakeUp[]
  /** How many pods a quota and nodes allow; null where no model limits them. */
  readonly room: Room | null
}

/** `{ name: 'web-5f8d7c9b4-2-1', revision: 2, step: 1, kind: 'step', phase: 'Running' }`. */
export interface FrameRun {
  readonly name: string
  /** The revision that it was started for; null if nobody knows. */
  readonly revision: number | null
  /** The step that started it, from 0; null if none did. */
  readonly step: number | null
  readonly kind: RunKind
  /** Empty before its first reconcile. */
  readonly phase: string
}

/** Who started an AnalysisRun: a part of the strategy, an Experiment, or `other`: somebody else. */
export type RunKind = 'step' | 'background' | 'prePromotion' | 'postPromotion' | 'experiment' | 'other'

/** `{ atSeconds: 30, code: 'pauseStepEnds', data: { stepIndex: 2 } }`. */
export type FrameWakeUp = WakeUpReason & { readonly atSeconds: number }

/** What a revision is: the words of `get rollout`. */
export type Role = 'stable' | 'canary' | 'active' | 'preview'

/** How many pods a ReplicaSet has. */
export interface PodCounts {
  readonly wanted: number
  readonly available: number
}

/** Pods of one revision: `{ revision: 2, role: 'canary', wanted: 1, available: 0 }`. */
export interface RevisionPods extends PodCounts {
  readonly revision: number
  /** What people call it: of several roles the one that says most. `old`: none. `roles` of the frame has all. */
  readonly role: Role | 'old'
}

/** An Experiment as a frame shows it. */
export interface ExperimentState {
  /** Empty before its first reconcile; null where the Experiment is gone and ReplicaSets of it are left. */
  readonly phase: string | null
  /** Its ReplicaSets that have pods, by name. */
  readonly pods: readonly ExperimentPods[]
}

/** Pods of one ReplicaSet of an Experiment. */
export interface ExperimentPods extends PodCounts {
  readonly replicaSet: string
  /** RFC 3339; empty where nobody knows. */
  readonly createdAt: string
}
