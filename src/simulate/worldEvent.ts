/** What a person, or the world, does at a time of a simulation. */
export interface WorldEvent {
  /** Seconds since the start; `whenPaused` instead: as soon as the Rollout is paused and waits for a person. */
  readonly atSeconds?: number
  readonly whenPaused?: boolean
  /** New image of `container`, in the workload where the Rollout names one (default: the container called as the Rollout, else the first). */
  readonly image?: string
  readonly container?: string
  /** `spec.replicas`. */
  readonly replicas?: number
  /** `spec.replicas` of the Deployment that `workloadRef` names: somebody else scales it. */
  readonly workloadReplicas?: number
  readonly command?: SimulatedCommand
  /** Of `undo`: 0 or absent means the revision before the current one. */
  readonly toRevision?: number
  /** JSON merge patch (RFC 7386) of the Rollout's `spec`: somebody edits it. A template in it replaces the old one whole. */
  readonly specPatch?: Readonly<Record<string, unknown>>
  /** Fault: so many pods vanish at once, as with a node; the ReplicaSet starts others. */
  readonly losePods?: LostPods
  /**
   * Fault: the controller dies in its next reconcile of the Rollout, after so many of the changes that it decided, before it
   * wrote the status; it is back at once and looks at what it left behind.
   */
  readonly crashAfterChanges?: number
}

/** Pods of the stable ReplicaSet, or of the newest one where that is another. */
export interface LostPods {
  readonly role: 'stable' | 'canary'
  readonly count: number
}

/** What a person may type, as the command line of Argo Rollouts has it; `delete` is kubectl's. */
export type SimulatedCommand =
  | 'promote'
  | 'promote --full'
  | 'abort'
  | 'retry'
  | 'undo'
  | 'pause'
  | 'resume'
  | 'restart'
  | 'delete'
