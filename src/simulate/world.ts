import type { ClusterObjects } from '../cluster/objects'
import type { Issue } from '../model/issue'
import type { KubeObject } from '../model/meta'
import type { PodMetadata } from '../model/rollout'
import type { WakeUp } from '../model/wakeUp'
import type { AssumedObject } from './assume/assume'
import type { SecondPatches } from './history'
import type { ReadMetrics } from './metrics'
import type { PodGroups } from './pods'
import type { RouterAnswer, RouterState } from './router'
import type { ResourceState } from './routerResources'
import type { SimulationInput, Timeline } from './simulation'
import type { Frame } from './timeline'
import type { TraceEntry, Watch } from './trace'
import type { PlannedLook } from './wakeUps'
import type { PlannedEvent } from './worldEvent'

/** One simulation in the making. It is mutable and never leaves its room; a fork gets a copy. */
export interface World {
  readonly input: SimulationInput
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
  /** Answers to questions of the Rollout that never change, by the question's key. */
  readonly standingReplies: Record<string, RouterAnswer>
  readonly metrics: ReadMetrics
  readonly frames: Frame[]
  readonly trace: TraceEntry[]
  readonly watch: Watch | undefined
  /** The objects of which the watcher was told last. */
  seenByWatch: ClusterObjects | undefined
  /** The watcher has seen enough. */
  isStopped: boolean
  /** What each second changed, and the objects that the last of them left. */
  readonly history: SecondPatches[]
  readonly started: ClusterObjects
  noted: ClusterObjects
  readonly events: Timeline['events'][number][]
  readonly issues: Issue[]
  /** What is not among the manifests and was taken to exist. */
  readonly assumed: AssumedObject[]
  /** States of the router's objects, the last one last. */
  readonly resources: ResourceState[]
  reconciles: number
  created: number
  /** How many objects there were at the start. */
  readonly givenObjects: number
  /** Events that wait for the Rollout to be paused. */
  waiting: readonly PlannedEvent[]
  /** Events that wait for the Rollout to be Healthy. */
  waitingForHealth: readonly PlannedEvent[]
  /** What the last `kubectl apply` had, by the object's key. */
  readonly applied: Map<string, KubeObject>
  /** The controller dies in its next reconcile of the Rollout, after so many changes. */
  crashAfterChanges: number | undefined
  /** The last look of each reducer at its object, by the object's key. */
  readonly looks: Map<string, Look>
}

/** When a reducer looked at its object, what it saw, and whether there was nothing to do. */
export interface Look {
  readonly second: number
  readonly seen: unknown
  readonly router: RouterState
  readonly pods: PodGroups
  /** It did nothing, and would do nothing again until what it saw changes or its time comes. */
  readonly isQuiet: boolean
  /** Seconds in a row in which its reconcile ended with an error that only a change of an object ends. */
  readonly failedSeconds: number
  /** What the reconcile ended with; not where a router refused a call. */
  readonly error: Issue | undefined
  /** Why it wants to look again, and after how many seconds. */
  readonly asked: readonly WakeUp[]
  /** When it looks again. */
  readonly wakeUps: readonly PlannedLook[]
}

export interface PodsState {
  readonly groups: PodGroups
  /** How many pods were ever made. */
  readonly made: number
  /** What pods wear that their template does not say, by the pod's key. */
  readonly worn: Readonly<Record<string, PodMetadata>>
  /** Until when pods lived: what became of them in this second is known once their turn has come. */
  readonly second: number
  /** What the modelled ReplicaSet controller left behind last. */
  readonly seen: ClusterObjects | undefined
  /** The next second at which a pod changes by itself. */
  readonly nextSecond: number | undefined
}
