import { mender } from '../kube/types/mend'
import type { Shape } from '../kube/types/shape'
import { type Take, takes } from '../kube/types/takes'
import type { KubeObject } from '../model/meta'
import type { Rollout } from '../model/rollout'
import type { ReplicaSet } from '../model/workload'
import type { CommandPlan, CommandRequest, Named, TargetRef } from './plan'

// What commands read, in the notation of kube/types/shape.ts. What has another type counts as missing.

const types: Shape['types'] = {
  Named: 'metadata:Meta',
  Meta: 'name:string namespace?:string uid?:string generation?:int64 labels?:map[]string annotations?:map[]string ownerReferences?:[]Owner',
  Owner: 'kind?:string name?:string uid?:string controller?:*bool',
  Object: 'kind?:string metadata:Meta',
  Rollout: 'metadata:Meta spec?:*Spec status?:*Status',
  Spec: 'paused?:bool selector?:*Selector workloadRef?:*Ref strategy?:*Strategy template?:rawJSON',
  Selector: 'matchLabels?:map[]string matchExpressions?:[]Expression',
  Expression: 'key:string operator:string values?:[]string',
  Ref: 'kind?:string name?:string',
  Strategy: 'canary?:*Canary',
  Canary: 'steps?:[]rawJSON',
  Status:
    'currentPodHash?:string stableRS?:string currentStepIndex?:*int32 pauseConditions?:[]rawJSON controllerPause?:bool canary?:*CanaryStatus',
  CanaryStatus: 'currentStepAnalysisRunStatus?:*RunStatus',
  RunStatus: 'status?:string',
  History: 'replicaSets:[]ReplicaSet',
  ReplicaSet: 'metadata:Meta spec?:*SetSpec',
  SetSpec: 'template?:rawJSON',
  Plan: 'requests:[]Request withoutStatusSubresource?:[]Request message:string refused?:string',
  Request: 'verb:string target:Target object?:*Object patch?:rawJSON',
  Target: 'resource:string namespace:string name:string',
  Replies: 'replies:[]Reply',
  Reply: 'reason?:string message?:string',
  RunOptions: 'args?:[]string name?:string generateName?:string instanceId?:string namespace:string',
}

export const takeNamed = mender<Named>({ root: 'Named', types })
/** Of an object that is written back a null stays where it is. */
export const takeObject = mender<KubeObject>({ root: 'Object', types }, { withNulls: ['Meta'] })
export const takeRollout = mender<Rollout>({ root: 'Rollout', types })
export const takeTarget = mender<TargetRef>({ root: 'Target', types })
export const takeRequest = mender<CommandRequest>({ root: 'Request', types })
export const takePlan = mender<CommandPlan & { readonly refused?: string }>({ root: 'Plan', types })
export const takeRunOptions: Take = takes(types)('RunOptions')

const history = mender<{ readonly replicaSets: readonly ReplicaSet[] }>({ root: 'History', types })
export const takeReplicaSets = (given: unknown): readonly ReplicaSet[] => history({ replicaSets: given }).replicaSets

const answered = takes(types)('Replies')
export const takeReplies = <T>(replies: readonly T[]): readonly T[] => answered({ replies }).replies
