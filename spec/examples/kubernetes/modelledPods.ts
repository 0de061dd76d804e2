import type { KubeObject } from '../../../src/model/meta'
import type { ReplicaSet } from '../../../src/model/workload'
import type { ObjectServer } from './objectServer'

const place = 'apps/v1/replicasets'

/** A ReplicaSet controller whose pods are ready a moment after they are wanted. Returns its end. */
export function modelledPods(objects: ObjectServer, readyAfterMilliseconds = 20): () => void {
  const timers = new Set<NodeJS.Timeout>()
  const settle = (object: KubeObject): void => {
    const set = objects.get(place, object.metadata.namespace ?? '', object.metadata.name) as ReplicaSet | undefined
    if (!set) return
    const replicas = set.spec.replicas ?? 1
    const status = {
      replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      fullyLabeledReplicas: replicas,
      observedGeneration: set.metadata.generation,
    }
    objects.patch(place, set.metadata.namespace ?? '', set.metadata.name, { status }, 'status')
  }
  const end = objects.watch(({ place: changed, type, object }) => {
    const { replicas, observedGeneration } = (object.status ?? {}) as { replicas?: number; observedGeneration?: number }
    const wanted = (object as unknown as ReplicaSet).spec?.replicas
    const isSettled = replicas === wanted && observedGeneration === object.metadata.generation
    if (changed !== place || type === 'DELETED' || isSettled) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      settle(object)
    }, readyAfterMilliseconds)
    timers.add(timer)
  })
  return () => {
    end()
    for (const timer of timers) clearTimeout(timer)
  }
}
