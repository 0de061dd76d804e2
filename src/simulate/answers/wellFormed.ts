import { mender } from '../../kube/types/mend'
import type { Shape } from '../../kube/types/shape'
import { hasAnEnd } from '../../model/json'
import type { Frame } from '../frame'
import type { Timeline } from '../simulation'
import type { UpdateAnswer } from './updates'

// What the answers read of a timeline, in the notation of kube/types/shape.ts: programs may keep timelines, or cut
// them.

const types: Shape['types'] = {
  Timeline:
    'frames:[]Frame events:[]Event untilSeconds:number controller:string outcome:string objects:map[]Object history:History key:string startAt:string deeds:[]Deed resources:[]Resources issues:[]Issue assumed:[]Assumed',
  Deed: 'atSeconds:number isRefused:bool event:Deeds',
  Deeds:
    'image?:string container?:string replicas?:number workloadReplicas?:number command?:string toRevision?:number losePods?:LostPods crashAfterChanges?:number apply?:[]Object',
  LostPods: 'role:string count:number',
  Resources: 'atSeconds:number objects:[]Object problems:[]string',
  Issue: 'code:string path:string message:string severity?:string',
  Assumed: 'kind:string name:string',
  History: 'start:map[]Object seconds:[]Second',
  Second: 'atSeconds:number patches:[]Patch',
  Patch: 'op:string path:[]string',
  Object: 'kind?:string metadata:Meta',
  Meta: 'name:string namespace?:string labels?:map[]string annotations?:map[]string',
  Frame:
    'atSeconds:number phase:string message:string stepIndex?:*int64 weight?:*number pods:[]RevisionPods abort:bool runs:[]Run experiments:map[]ExperimentState destinations:[]Destination routes:[]Route workload?:*number stable?:*string roles:map[][]string effectiveWeight?:*number verifiedWeight?:*number active?:*number replicas:number waitsFor?:*string blockers:[]Blocker wakeUps:[]WakeUp room?:*Room',
  Run: 'name:string revision?:*number step?:*number kind:string phase:string',
  Blocker: 'code:string data:map[]rawJSON since?:string',
  Route: 'name:string kind:string percentage?:number',
  Room: 'pods?:number running?:number',
  RevisionPods: 'revision:number role:string wanted:number available:number',
  ExperimentState: 'phase?:*string pods:[]ExperimentPods',
  ExperimentPods: 'replicaSet:string wanted:number available:number createdAt:string',
  WakeUp: 'atSeconds:number code:string data:map[]rawJSON',
  Destination: 'weight:int32 serviceName?:string podTemplateHash?:string',
  Event: 'atSeconds:number reason:string message:string',
  Updates: 'updates:[]Update',
  Update: 'revision:string fromSeconds:number untilSeconds:number end:string',
}

const mend = mender<Timeline>({ root: 'Timeline', types })

/** What a frame has no value for is null there, and nowhere else. */
const nothing = {
  stepIndex: null,
  weight: null,
  active: null,
  workload: null,
  stable: null,
  effectiveWeight: null,
  verifiedWeight: null,
  room: null,
  waitsFor: null,
} as const satisfies Partial<Frame>

/** A timeline of which malformed parts count as missing, and frames that contain themselves as well. */
export function wellFormedTimeline(given: unknown): Timeline {
  const timeline = mend(given)
  return { ...timeline, frames: timeline.frames.filter(hasAnEnd).map((frame) => ({ ...nothing, ...frame })) }
}

export const wellFormedFrames = (frames: unknown): readonly Frame[] => wellFormedTimeline({ frames }).frames

/** One that contains itself is a frame without any values. */
export const wellFormedFrame = (frame: unknown): Frame => wellFormedFrames([frame, {}])[0] as Frame

export const wellFormedUpdates = mender<{ readonly updates: readonly UpdateAnswer[] }>({ root: 'Updates', types })
