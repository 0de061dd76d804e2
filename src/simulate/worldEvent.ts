import type { ModelObject } from '../input/kinds'

/** An object of a cluster: one that `parseManifests` gave, or any other. */
export type Manifest = ModelObject

/** When something happens; without any of them at second 0. */
export interface EventTime {
  /** Seconds since the start; with `whenPaused` the earliest. */
  readonly atSeconds?: number
  /** As soon as the Rollout is paused and waits for a person; several are used one after the other. */
  readonly whenPaused?: boolean
  /** As soon as the Rollout is Healthy; several are used one after the other. */
  readonly whenHealthy?: boolean
}

/** Somebody sets a new image. */
export interface ImageDeed {
  /** New image of `container`, in the workload where the Rollout names one. */
  readonly image: string
  /** Default: the container called as the Rollout, else the first. `*`: all. */
  readonly container?: string
}

/** Somebody applies manifests. */
export interface ApplyDeed {
  /**
   * `kubectl apply` of these objects, the Rollout or anything else: what the last apply had and this one has not goes,
   * what others set stays, lists are replaced whole. Objects that are not there are created.
   */
  readonly apply: readonly Manifest[]
}

/** Somebody scales the Rollout. */
export interface ReplicasDeed {
  /** `spec.replicas`. */
  readonly replicas: number
}

/** Somebody scales the workload. */
export interface WorkloadReplicasDeed {
  /** `spec.replicas` of the Deployment that `workloadRef` names: somebody else scales it. */
  readonly workloadReplicas: number
}

/** Somebody types a command. */
export interface CommandDeed {
  readonly command: SimulatedCommand
  /** Of `undo`: 0 or absent means the revision before the current one. */
  readonly toRevision?: number
}

/** Somebody edits the spec. */
export interface SpecPatchDeed {
  /**
   * JSON merge patch (RFC 7386) of the Rollout's `spec`: somebody edits it. A template in it replaces the old one
   * whole.
   */
  readonly specPatch: Readonly<Record<string, unknown>>
}

/** Pods are lost. */
export interface LosePodsDeed {
  /** Fault: so many pods vanish at once, as with a node; the ReplicaSet starts others. */
  readonly losePods: LostPods
}

/** The controller dies. */
export interface CrashDeed {
  /**
   * Fault: the controller dies in its next reconcile of the Rollout, after so many of the changes that it decided,
   * before it wrote the status; it is back at once and looks at what it left behind.
   */
  readonly crashAfterChanges: number
}

type AnyDeed = ImageDeed &
  ApplyDeed &
  ReplicasDeed &
  WorkloadReplicasDeed &
  CommandDeed &
  SpecPatchDeed &
  LosePodsDeed &
  CrashDeed

/** One deed and no other: its own field tells them apart. */
type Only<Deed> = Deed & { readonly [Field in Exclude<keyof AnyDeed, keyof Deed>]?: undefined }

/** What is done: exactly one of the fields that name a deed is there. */
export type WorldDeed =
  | Only<ImageDeed>
  | Only<ApplyDeed>
  | Only<ReplicasDeed>
  | Only<WorkloadReplicasDeed>
  | Only<CommandDeed>
  | Only<SpecPatchDeed>
  | Only<LosePodsDeed>
  | Only<CrashDeed>

/** What a person, or the world, does at a time of a simulation. */
export type WorldEvent = EventTime & WorldDeed

/** An event with its place in the input, for issues. */
export interface PlannedEvent {
  readonly event: WorldEvent
  readonly path: string
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
