import { mender } from '../../kube/types/mend'
import type { Shape } from '../../kube/types/shape'
import type { Condition, StringMap } from '../../model/meta'

// What Argo CD's rules read of the three kinds, in the notation of model/hash/shape.ts.

const types: Shape['types'] = {
  Object: 'kind?:string metadata:Meta spec:Spec status?:*Status',
  Meta: 'generation?:*int64 deletionTimestamp?:*time annotations?:*Annotations finalizers?:[]string',
  Annotations: '_?:string',
  Spec: 'replicas?:*int32 paused?:bool terminate?:bool workloadRef?:rawJSON strategy?:*Strategy',
  Strategy: 'canary?:*Canary blueGreen?:rawJSON',
  Canary: 'steps?:[]rawJSON',
  Status:
    'phase?:*string message?:*string abort?:bool replicas?:*int32 updatedReplicas?:*int32 availableReplicas?:*int32 currentStepIndex?:*int32 currentPodHash?:*string stableRS?:*string observedGeneration?:*intOrString workloadObservedGeneration?:*intOrString pauseConditions?:[]rawJSON conditions?:[]Condition canary?:*CanaryStatus blueGreen?:*BlueGreenStatus',
  Condition: 'type:string reason?:string message?:*string',
  CanaryStatus: 'stableRS?:*string',
  BlueGreenStatus: 'activeSelector?:*string',
}

/** A Rollout, AnalysisRun or Experiment of any age, as far as Argo CD reads it. */
export interface JudgedObject {
  readonly kind?: string
  readonly metadata: {
    readonly generation?: number
    readonly deletionTimestamp?: string
    readonly annotations?: StringMap
    readonly finalizers?: readonly string[]
  }
  readonly spec: {
    readonly replicas?: number
    readonly paused?: boolean
    readonly terminate?: boolean
    readonly workloadRef?: unknown
    readonly strategy?: { readonly canary?: { readonly steps?: readonly unknown[] }; readonly blueGreen?: unknown }
  }
  readonly status?: JudgedStatus
}

export interface JudgedStatus {
  readonly phase?: string
  readonly message?: string
  readonly abort?: boolean
  readonly replicas?: number
  readonly updatedReplicas?: number
  readonly availableReplicas?: number
  readonly currentStepIndex?: number
  readonly currentPodHash?: string
  readonly stableRS?: string
  readonly observedGeneration?: string | number
  readonly workloadObservedGeneration?: string | number
  readonly pauseConditions?: readonly unknown[]
  readonly conditions?: readonly Condition[]
  /** Before v0.8 the hash of the stable ReplicaSet was here. */
  readonly canary?: { readonly stableRS?: string }
  readonly blueGreen?: { readonly activeSelector?: string }
}

export const judgedObject = mender<JudgedObject>({ root: 'Object', types })
