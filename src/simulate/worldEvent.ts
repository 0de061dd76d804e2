import type { ModelObject } from '../input/kinds'
import type { ControllerVersion } from '../model/controllerVersion'
import type { LostNodes } from './loseNodes'

/** An object of a cluster: one that `parseManifests` gave, or any other. */
export type Manifest = ModelObject

/** When something happens; without any of them at second 0. */
export interface EventTime {
  /** Seconds since the start; with `whenPaused` the earliest. */
  readonly atSeconds?: number
  /** As soon as the Rollout is paused and waits for a user; several are used one after the other. */
  readonly whenPaused?: boolean
  /** As soon as the Rollout is Healthy; several are used one after the other. */
  readonly whenHealthy?: boolean
}

/** A user sets a new image. */
export interface ImageDeed {
  /** New image of `container`, in the workload where the Rollout names one. */
  readonly image: string
  /** Default: the container with the Rollout's name, otherwise the first. `*`: all. */
  readonly container?: string
}

/** A user applies manifests. */
export interface ApplyDeed {
  /**
   * `kubectl apply` of these objects, the Rollout or anything else: fields of the last apply that this one lacks are
   * removed, fields of others stay, whole lists are replaced. Missing objects are created.
   */
  readonly apply: readonly Manifest[]
}

/** A user or an autoscaler scales the Rollout. */
export interface ReplicasDeed {
  /** `spec.replicas`. */
  readonly replicas: number
}

/** A user or an autoscaler scales the workload. */
export interface WorkloadReplicasDeed {
  /** `spec.replicas` of the Deployment that `workloadRef` names: it is scaled from outside. */
  readonly workloadReplicas: number
}

/** A user runs a command. */
export interface CommandDeed {
  readonly command: SimulatedCommand
  /** Of `undo`: 0 or absent means the revision before the current one. */
  readonly toRevision?: number
}

/** Somebody edits the spec. */
export interface SpecPatchDeed {
  /**
   * JSON merge patch (RFC 7386) of the Rollout's `spec`: a user edits it. A template in it replaces the whole old one.
   */
  readonly specPatch: Readonly<Record<string, unknown>>
}

/** Pods are lost. */
export interface LosePodsDeed {
  /** Fault: this many pods are lost at once, as with a node; the ReplicaSet starts others. */
  readonly losePods: LostPods
}

/** Nodes are lost. */
export interface LoseNodesDeed {
  /** Fault: nodes are lost with their pods, which stop being ready after a while and are deleted later. */
  readonly loseNodes: LostNodes
}

/** The controller dies. */
export interface CrashDeed {
  /**
   * Fault: the controller crashes in its next reconcile of the Rollout, after this many of the decided changes and
   * before it wrote the status; it restarts at once and reconciles the remaining state.
   */
  readonly crashAfterChanges: number
}

/** The controller's cache lags. */
export interface StaleDeed {
  /**
   * Fault: for so many seconds the controller sees the pods of ReplicaSets (their statuses) as they are now: events of
   * its watch come late.
   */
  readonly staleSeconds: number
}

/** Events of the controller's watch are lost. */
export interface LostEventDeed {
  /**
   * Fault: for so many seconds, what a ReplicaSet reports right after the controller wrote it is lost. Up to v1.9 the
   * controller puts its own copy into its cache, over what came in between, and sees that until the ReplicaSet changes
   * again (AR#4073); later versions only read what the watch brings.
   */
  readonly lostEventSeconds: number
}

/** Another version of the controller takes over. */
export interface UpgradeDeed {
  /** Fault: the controller is replaced by this version, and reconciles what the other left. */
  readonly upgradeTo: ControllerVersion
}

/** Events of the controller's watch come twice. */
export interface RepeatDeed {
  /**
   * Fault: the events of the last so many seconds come twice, as after the watch was opened again at an API server that
   * lags: for a second the controller sees the pods of ReplicaSets (their statuses) as they were then.
   */
  readonly repeatSeconds: number
}

/** The controller's clock jumps. */
export interface ClockStepDeed {
  /** Fault: the controller's clock jumps by so many seconds, back if negative; all other clocks stay right. */
  readonly clockStepSeconds: number
}

/** Another program writes an object. */
export interface OtherWriteDeed {
  /**
   * Fault: somebody else writes an object that the controller manages: a Service without its pod template hash, a
   * ReplicaSet with other replicas.
   */
  readonly otherWrite: OtherWrite
}

/** An autoscaler looks at the Rollout. */
export interface AutoscaleDeed {
  /**
   * Fault: for so many seconds an autoscaler looks at the Rollout every 15 s. Its load never changes, and needs as many
   * pods as `spec.replicas` when it begins. As with Kubernetes' metrics that have an `AverageValue`, a number of pods
   * that `status.HPAReplicas` reports is kept if it is within 10 % of the needed one.
   */
  readonly autoscaleSeconds: number
}

type AnyDeed = ImageDeed &
  ApplyDeed &
  ReplicasDeed &
  WorkloadReplicasDeed &
  CommandDeed &
  SpecPatchDeed &
  LosePodsDeed &
  LoseNodesDeed &
  CrashDeed &
  StaleDeed &
  LostEventDeed &
  RepeatDeed &
  ClockStepDeed &
  OtherWriteDeed &
  UpgradeDeed &
  AutoscaleDeed

/** Exactly one action, identified by its field. */
type Only<Deed> = Deed & { readonly [Field in Exclude<keyof AnyDeed, keyof Deed>]?: undefined }

/** The action: exactly one of the action fields is set. */
export type WorldDeed =
  | Only<ImageDeed>
  | Only<ApplyDeed>
  | Only<ReplicasDeed>
  | Only<WorkloadReplicasDeed>
  | Only<CommandDeed>
  | Only<SpecPatchDeed>
  | Only<LosePodsDeed>
  | Only<LoseNodesDeed>
  | Only<CrashDeed>
  | Only<StaleDeed>
  | Only<LostEventDeed>
  | Only<RepeatDeed>
  | Only<ClockStepDeed>
  | Only<OtherWriteDeed>
  | Only<UpgradeDeed>
  | Only<AutoscaleDeed>

/** An event of a simulation, caused by a user or by the environment, with its time. */
export type WorldEvent = EventTime & WorldDeed

/** Something that a user, a model or a fault did: `{ atSeconds: 30, event: { image: 'web:2' }, isRefused: false }`. */
export interface TimelineDeed {
  readonly atSeconds: number
  readonly event: WorldEvent
  /** The command was refused: `issues` says why. */
  readonly isRefused: boolean
}

/** An event with its place in the input, for issues. */
export interface PlannedEvent {
  readonly event: WorldEvent
  readonly path: string
}

/** Pods of the stable ReplicaSet, or of the newest one. */
export interface LostPods {
  readonly role: 'stable' | 'canary'
  readonly count: number
}

/** An object of the Rollout's namespace, and what another program writes to it. */
export interface OtherWrite {
  /** Such as `Service`. The Rollout has events of its own. */
  readonly kind: string
  readonly name?: string
  /** Without a name: the ReplicaSet of the stable revision, or of the newest one. */
  readonly role?: 'stable' | 'canary'
  /** JSON merge patch (RFC 7386) of the object; of its metadata only labels and annotations count. */
  readonly patch: Readonly<Record<string, unknown>>
}

/** The commands of Argo Rollouts' command line; `delete` is kubectl's. */
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
