/** What an object may wait for: data by code. `blockerText` makes the texts. */
export interface BlockerData {
  /** A field does not have the type that the API gives it; it counts as missing. */
  readonly malformed: { readonly path: string }
  /** The number of further fields that are not listed. */
  readonly malformedBeyond: { readonly count: number }
  /** An answer of the host. `ask` is the kind of the question, `key` the question itself. */
  readonly ask: { readonly ask: string; readonly key: string }
  /** The reconcile ended with an error. `path`: the field of the Rollout that leads to it. */
  readonly error: { readonly path: string; readonly message: string }
  /** The Rollout creates ReplicaSets without end. */
  readonly growth: { readonly message: string }
  /** `spec.paused`. */
  readonly paused: Nothing
  /**
   * A pause of the controller; without seconds only a user can end it. `isOver`: the next reconcile ends
   * it, as its seconds have passed, or a new update has begun. `needsPods`: the controller looks at it only while all
   * new pods are available, and some are not.
   */
  readonly pause: {
    readonly reason: string
    readonly seconds?: number
    readonly isOver?: true
    readonly needsPods?: true
  }
  readonly aborted: Nothing
  /** The progress deadline is over. */
  readonly deadline: { readonly message: string }
  /** Pods or ReplicaSets cannot be created. */
  readonly replicaFailure: { readonly message: string }
  /** A Rollout waits for an AnalysisRun of its own. */
  readonly analysis: { readonly analysisRun: string }
  /** A Rollout waits for an Experiment of its own. */
  readonly experiment: { readonly experiment: string }
  readonly plugin: { readonly plugin: string; readonly stepIndex: number }
  /** The plugin of the step failed for now, and is tried again. */
  readonly pluginRetry: { readonly plugin: string; readonly stepIndex: number; readonly message: string }
  /** The router has not confirmed the weight. */
  readonly weight: { readonly weight: number }
  readonly pods: { readonly replicaSet: string; readonly available: number; readonly wanted: number }
  /** A ReplicaSet has more pods than it should have: they are on their way out. */
  readonly podsLeaving: { readonly replicaSet: string; readonly present: number; readonly wanted: number }
  /**
   * All pods that the step makes are available, and `replicaProgressThreshold` wants more: so many pods, or percent
   * of them.
   */
  readonly threshold: {
    readonly replicaSet: string
    readonly available: number
    readonly value: number
    readonly unit: 'pods' | 'percent'
  }
  /** The active Service goes only to as many pods as `spec.replicas`, and the preview has another size. */
  readonly previewSize: { readonly replicaSet: string; readonly pods: number; readonly replicas: number }
  /** Pods that are older than `spec.restartAt` are made anew. */
  readonly restart: { readonly restartAt: string }
  /** Nothing in particular; `message` is that of the status. */
  readonly progress: { readonly message: string }
  /** The spec of a Rollout or an Experiment is invalid. */
  readonly invalidSpec: { readonly path: string; readonly message: string }
  /** Several objects of the kind represent one template of an Experiment. */
  readonly ambiguous: { readonly kind: string; readonly template: string }
  /** A template of an Experiment waits for its pods. */
  readonly template: { readonly template: string; readonly available: number; readonly wanted: number }
  /** An Experiment waits for one of its analyses. */
  readonly experimentAnalysis: { readonly analysis: string; readonly analysisRun: string }
  /** `spec.duration` of an Experiment has to pass. */
  readonly duration: { readonly duration: string }
  /** An Experiment that runs until it is terminated. */
  readonly 'open-ended': Nothing
  /** An Experiment failed and stays in that state; the message may be empty. */
  readonly ended: { readonly message: string }
  /** A foreign ReplicaSet has the name that an Experiment needs. */
  readonly collision: { readonly name: string }
  /** A ReplicaSet keeps its pods for so long, though it has nothing to do any more. */
  readonly scaleDownDelay: { readonly replicaSet: string; readonly seconds: number }
  /** A measurement of a metric is in progress. */
  readonly measurement: { readonly metric: string }
  /** A metric has its next measurement in so many seconds. */
  readonly interval: { readonly metric: string; readonly seconds: number }
  /** A metric has every measurement, and the run is assessed in the next reconcile. */
  readonly assessment: { readonly metric: string }
}

type Nothing = Readonly<Record<string, never>>

/** The code of a blocker: `pause`, `pods`, `analysis` and the like. */
export type BlockerCode = keyof BlockerData

/**
 * Why an object makes no progress: what it waits for, as data, and since when. `blockerText` makes a text of it, with
 * what ends the wait.
 */
export type Blocker = {
  readonly [Code in BlockerCode]: {
    readonly code: Code
    readonly data: BlockerData[Code]
    /** RFC 3339, where known. */
    readonly since?: string
    /** RFC 3339: the latest time at which the blocker ends by itself; absent if it does not end by time alone. */
    readonly until?: string
  }
}[BlockerCode]
