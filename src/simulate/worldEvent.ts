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
