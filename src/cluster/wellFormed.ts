import { mender } from '../kube/types/mend'
import type { Shape } from '../kube/types/shape'
import type { Change } from '../model/change'
import type { ClusterObjects } from './objects'

// The fields of objects and changes that the modelled cluster reads, in the notation of kube/types/shape.ts.

const types: Shape['types'] = {
  Cluster: 'objects:map[]Object',
  Object: 'apiVersion?:string kind?:string metadata:Meta',
  Meta: 'name:string namespace?:string uid?:string generation?:int64 ownerReferences?:[]Owner',
  Owner: 'kind?:string name?:string uid?:string',
  Change:
    'kind?:string namespace?:string name?:string replicas?:int32 replicaSet?:*Object service?:*Object analysisRun?:*Object experiment?:*Object podTemplateHash?:string managedBy?:string ownerReference?:*Owner ownerUid?:string workloadKind?:string minReadySeconds?:int32',
}

const mendCluster = mender<{ readonly objects: ClusterObjects }>({ root: 'Cluster', types }, { remembered: ['Object'] })

/** The entries that are objects, with well-typed metadata; the same record if all are. */
export const wellFormedCluster = (objects: unknown): ClusterObjects => mendCluster({ objects }).objects

/** The same change if it is well-formed; malformed fields count as missing. Null removes. */
export const wellFormedChange = mender<Change>({ root: 'Change', types }, { withNulls: ['Change'] })
