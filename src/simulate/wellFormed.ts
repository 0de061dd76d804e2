import { mender } from '../kube/types/mend'
import type { Issue } from '../model/issue'
import { mendedPaths } from '../model/malformed'
import type { SimulationInput } from './simulation'

// The fields of the input that a simulation reads, in the notation of kube/types/shape.ts. The reducers check what
// manifests hold; here it need only have an end (`rawJSON`).

const types = {
  Input:
    'manifests?:[]Manifest name?:string events?:[]Event untilSeconds?:number startAt?:string pods?:Pods router?:Router plugins?:map[][]PluginPoint models?:rawJSON trace?:bool series?:rawJSON options?:Options missing?:string everySecond?:bool wholeSeconds?:bool keepsOrphans?:bool maxReconciles?:number',
  Manifest:
    'kind?:string metadata?:Meta spec?:rawJSON status?:rawJSON data?:rawJSON stringData?:rawJSON subsets?:rawJSON',
  Meta: 'name?:string namespace?:string uid?:string generation?:int64 creationTimestamp?:*time labels?:map[]string annotations?:map[]string ownerReferences?:rawJSON',
  Event:
    'atSeconds?:number whenPaused?:bool whenHealthy?:bool apply?:[]Manifest image?:string container?:string replicas?:int32 workloadReplicas?:int32 command?:string toRevision?:int64 specPatch?:rawJSON losePods?:*LostPods loseNodes?:*LostNodes crashAfterChanges?:number staleSeconds?:number lostEventSeconds?:number repeatSeconds?:number clockStepSeconds?:number otherWrite?:*OtherWrite upgradeTo?:string autoscaleSeconds?:number',
  LostPods: 'role?:string count:int32',
  OtherWrite: 'kind:string name?:string role?:string patch:rawJSON',
  LostNodes: 'count:int32 of:int32 unreadyAfterSeconds?:number goneAfterSeconds?:number',
  PluginPoint: 'phase:string atSeconds?:number message?:string',
  Pods: 'readyAfterSeconds?:number startEverySeconds?:number neverReadyImages?:[]string failAfterSeconds?:map[]number mostReady?:map[]number refusedImages?:[]string',
  Router: 'lagSeconds?:number verifies?:bool lies?:bool refuses?:*Refusal partial?:*Partial',
  Refusal: 'fromSeconds:number untilSeconds:number calls?:[]string',
  Partial: 'share:number fromSeconds:number untilSeconds:number',
  Options: 'controller?:string disabledPlugins?:[]string verifyTargetGroups?:bool sharesTemplates?:bool',
}

const mend = mender<SimulationInput>({ root: 'Input', types })

/** The input without fields of a wrong type, and an issue for each of them. */
export function wellFormedInput(given: unknown): {
  readonly input: SimulationInput
  readonly issues: readonly Issue[]
} {
  const mended = mend(given)
  const issues = mended === given ? [] : mendedPaths(given, mended).map(wrongType)
  return { input: { ...mended, manifests: mended.manifests ?? [] }, issues }
}

const wrongType = (path: string): Issue => ({
  code: 'wrong-type',
  path,
  message: 'has not the type that it should have, and counts as missing',
})
