import type { Shape } from '../kube/types/shape'
import { type Take, takes } from '../kube/types/takes'

// What is printed of views, in the notation of kube/types/shape.ts: programs may keep views, or make their own.

const types: Shape['types'] = {
  RolloutView:
    'objectMeta:Meta status:string message:string icon:string strategy:string step:string setWeight:string actualWeight:string ready:int64 current:int64 desired:int64 updated:int64 available:int64 replicaSets:[]ReplicaSetView experiments:[]ExperimentView analysisRuns:[]AnalysisRunView',
  ExperimentView:
    'objectMeta:Meta status:string message:string icon:string revision:int64 replicaSets:[]ReplicaSetView analysisRuns:[]AnalysisRunView',
  ReplicaSetView:
    'objectMeta:Meta status:string icon:string revision:int64 stable:bool canary:bool active:bool preview:bool ping:bool pong:bool replicas:int64 available:int64 template:string scaleDownDeadline:string images:[]string initContainerImages:[]string pods:[]PodView',
  PodView: 'objectMeta:Meta status:string icon:string ready:string restarts:int64',
  AnalysisRunView:
    'objectMeta:Meta status:string icon:string revision:int64 successful:int64 failed:int64 inconclusive:int64 error:int64 jobs:[]JobView nonJobInfo:[]NonJobView metrics:[]MetricView',
  JobView: 'objectMeta:Meta icon:string status:string metricName:string startedAt?:*time',
  NonJobView: 'value:string status:string metricName:string startedAt?:*time',
  MetricView: 'name:string',
  Meta: 'name:string namespace:string uid:string creationTimestamp?:*time',
  Options: 'now:string colour?:bool namespaces?:bool timestamp?:string',
  Rows: 'rollouts?:[]RolloutRow experiments?:[]ExperimentRow',
  RolloutRow:
    'namespace:string name:string strategy:string status:string step:string setWeight:string ready:string desired:int64 upToDate:int64 available:int64',
  Table: 'headings:[]string rows:[][]string',
  ExperimentRow: 'namespace:string name:string status:string duration:string remaining:string age:string',
}

const take = takes(types)

export const wellFormedView: Take = take('RolloutView')
export const wellFormedExperimentView: Take = take('ExperimentView')
export const wellFormedOptions: Take = take('Options')
export const wellFormedTable: Take = take('Table')
export const wellFormedRows: Take = take('Rows')
