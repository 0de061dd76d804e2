import { mender } from '../../kube/types/mend'
import type { Shape } from '../../kube/types/shape'
import type { Timeline } from '../simulation'
import type { UpdateAnswer } from './updates'

// What the answers read of a timeline, in the notation of kube/types/shape.ts: programs may keep timelines, or cut them.

const types: Shape['types'] = {
  Timeline: 'frames:[]Frame events:[]Event untilSeconds:number',
  Frame:
    'atSeconds:number phase:string message:string stepIndex?:*int64 weight?:*number pods:map[][]number abort:bool runs:map[]string experiments:map[]string experimentPods:map[][]number destinations:[]Destination workload?:*number stable?:*string roles:map[][]string effectiveWeight?:*number replicas:number waitsFor?:*string',
  Destination: 'weight:int32 serviceName?:string podTemplateHash?:string',
  Event: 'atSeconds:number reason:string message:string',
  Updates: 'updates:[]Update',
  Update: 'revision:string fromSeconds:number untilSeconds:number end:string',
}

/** A timeline as it is where it is well-formed; malformed parts count as missing. A null means something in a frame. */
export const wellFormedTimeline = mender<Timeline>({ root: 'Timeline', types }, { withNulls: ['Frame'] })

export const wellFormedUpdates = mender<{ readonly updates: readonly UpdateAnswer[] }>({ root: 'Updates', types })
