import type { ClusterObjects } from '../cluster/objects'
import type { MeasureAnswer } from '../model/ask'
import type { Blocker } from '../model/blocker'
import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import type { PodMetadata } from '../model/rollout'
import type { WakeUp } from '../model/wakeUp'
import type { ReadSeries } from '../replay/readSeries'
import type { AssumedObject } from './assume/assume'
import type { PlannedLook, QueueWait } from './eventQueue'
import type { Frame } from './frame'
import type { PassedSecond, SecondPatches } from './history'
import type { KnownLists } from './knownLists'
import type { LaterList } from './laterList'
import type { RunningModel } from './models/model'
import type { PodGroups } from './podGroup'
import type { Room } from './podRules'
import type { Reducers } from './reducers'
import type { RouterAnswer, RouterState } from './router'
import type { ResourceState, RouterCalls } from './routerResources'
import type { SimulationInput, Timeline } from './simulation'
import type { TraceEntry, Watch } from './tracedTurn'
import type { PlannedEvent, TimelineDeed } from './worldEvent'

/** What the modelled metric provider measures, by metric. */
export type ReadMetrics = ReadonlyMap<string, ReadSeries>

/** The state of one simulation. It is mutable and never leaves this folder; a fork gets a copy. */
export interface World {
  input: SimulationInput
  /** Key of the Rollout among the objects. */
  readonly key: string
  readonly namespace: string
  /** Seconds since 1970. */
  readonly start: number
  /** Seconds since the start. */
  second: number
  objects: ClusterObjects
  pods: PodsState
  router: RouterState
  /** The last weight that the router confirmed. */
  verifiedWeight: number | null
  /** Answers to questions of the Rollout that never change, by the question's key. */
  readonly standingReplies: Record<string, RouterAnswer>
  /** The same of AnalysisRuns. */
  readonly standingCleanUps: Record<string, MeasureAnswer>
  readonly metrics: ReadMetrics
  readonly frames: Frame[]
  readonly trace: TraceEntry[]
  readonly watch: Watch | undefined
  readonly reducers: Reducers
  /** The objects in the watcher's last call. */
  seenByWatch: ClusterObjects | undefined
  /** The watcher has seen enough. */
  isStopped: boolean
  /** The changes of each second, and the objects after the last one. */
  readonly history: LaterList<PassedSecond, SecondPatches>
  readonly started: ClusterObjects
  noted: ClusterObjects
  readonly events: Timeline['events'][number][]
  readonly deeds: TimelineDeed[]
  readonly issues: Issue[]
  /** Objects that are not in the manifests and are assumed to exist. */
  readonly assumed: AssumedObject[]
  /** States of the router's objects, the last one last. */
  readonly resources: LaterList<RouterCalls, ResourceState>
  reconciles: number
  created: number
  /** The number of objects at the start. */
  readonly givenObjects: number
  /** Events that wait for the Rollout to be paused. */
  waiting: readonly PlannedEvent[]
  /** Events that wait for the Rollout to be Healthy. */
  waitingForHealth: readonly PlannedEvent[]
  /** The manifest of the last `kubectl apply`, by the object's key. */
  readonly applied: Map<string, KubeObject>
  /** The controller crashes in its next reconcile of the Rollout, after this many changes. */
  crashAfterChanges: number | undefined
  /** ReplicaSets as the controller saw them last; until `untilSeconds` it sees no newer statuses of them. */
  stale: { readonly untilSeconds: number; readonly objects: ClusterObjects } | undefined
  /** When each object's wait in the controller's queue ends, by the object's key. */
  readonly queueWaits: Map<string, QueueWait>
  /** How far the controller's clock is ahead of all others. */
  clockAheadSeconds: number
  /** Until then, what a ReplicaSet reports right after the controller wrote it is lost. */
  losesEventsUntil: number | undefined
  /** ReplicaSets of which the controller's cache holds an old status, by their key. */
  readonly overwritten: Map<string, OverwrittenSet>
  /** The objects that need no check by the door of the Rollout's reducer. */
  checked: ClusterObjects | undefined
  /** The lists of the Rollout's last observation. */
  lists: KnownLists | undefined
  /** What the Rollout's reducer read last. */
  sight: Sight | undefined
  /** What the last frame was made of. */
  shown: Shown | undefined
  /** The last reconcile of each object, by its key. */
  readonly looks: Map<string, Look>
  /** Parts of the world that act by themselves. */
  models: readonly RunningModel[]
}

/** The objects as the Rollout's reducer last saw a difference in them. */
export interface Sight {
  readonly objects: ClusterObjects
  /** The objects of the last difference: as long as it is the same record, the reducer reads the same. */
  readonly token: ClusterObjects
}

/** What a frame shows. */
export interface Shown {
  readonly token: ClusterObjects
  readonly router: RouterState
  readonly look: Look | undefined
  readonly room: Room | undefined
}

/** A ReplicaSet in the controller's cache, with the status from before a write. */
export interface OverwrittenSet {
  readonly second: number
  readonly status: unknown
}

/** The last reconcile of an object: when, its observation, and whether there was nothing to do. */
export interface Look {
  readonly second: number
  readonly seen: unknown
  readonly router: RouterState
  readonly pods: PodGroups
  /** It had no effect, and will have none until the observation changes or it is due. */
  readonly isQuiet: boolean
  /** Nor will time alone change anything: it waits for nothing, and its decision did not read the clock. */
  readonly isAtRest: boolean
  /** Consecutive seconds in which its reconcile ended with an error that only a change of an object resolves. */
  readonly failedSeconds: number
  /** The error of the reconcile; absent if a router refused a call. */
  readonly error: Issue | undefined
  /** What it waits for. */
  readonly blockers: readonly Blocker[]
  /** Why it needs another reconcile, and after how many seconds. */
  readonly asked: readonly WakeUp[]
  /** When it is reconciled again. */
  readonly wakeUps: readonly PlannedLook[]
}

export interface PodsState {
  readonly groups: PodGroups
  /** The number of pods created so far. */
  readonly made: number
  /** Ephemeral metadata of pods that their template lacks, by the pod's key. */
  readonly ownMetadata: Readonly<Record<string, PodMetadata>>
  /** The time up to which pods were updated; changes of this second are applied in their turn. */
  readonly second: number
  /** The objects after the modelled ReplicaSet controller's last turn. */
  readonly seen: ClusterObjects | undefined
  /** The next second at which a pod changes by itself. */
  readonly nextSecond: number | undefined
  /** How many pods there could be in the modelled ReplicaSet controller's last turn. */
  readonly room: Room | undefined
}
