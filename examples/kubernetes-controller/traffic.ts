import type { Failure, KubeObject, Rollout } from 'rollout-engine'
import type { TrafficPort } from 'rollout-engine/host'
import { type ResourceChange, routeTraffic } from 'rollout-engine/routers'
import { type Api, ApiError } from './api'
import type { ObjectCache } from './cache'
import { listPath, objectPath, resources } from './resources'

/** The kinds that routers read and write. */
const routed = [
  'Ingress',
  'VirtualService',
  'DestinationRule',
  'TrafficSplit',
  'TraefikService',
  'ApisixRoute',
  'Mapping',
]

/** Weights and routes as the routers of the cluster have them. AWS and plugins are left to a host that knows them. */
export function trafficPort(api: Api, cache: ObjectCache): TrafficPort {
  const observed = (rollout: Rollout) => {
    const namespace = rollout.metadata.namespace ?? ''
    const replicaSets = (cache.list('ReplicaSet', namespace) ?? []) as never
    const { stableRS } = rollout.status ?? {}
    return {
      rollout,
      objects: routed.flatMap((kind) => cache.list(kind, '') ?? []),
      replicaSets,
      ...(stableRS !== undefined && { stableHash: stableRS }),
    }
  }
  return {
    async apply(change, rollout) {
      const { changes, error } = routeTraffic({ ...observed(rollout), change })
      for (const one of changes) {
        const failure = await write(api, cache, one)
        if (failure) return failure
      }
      return error && { message: error.message }
    },
    verifyWeight(ask, rollout) {
      const change = { ...ask, kind: 'verifyWeight' } as const
      const { verified, error } = routeTraffic({ ...observed(rollout), change })
      return { ...(verified !== undefined && { verified }), ...(error && { error: error.message }) }
    },
  }
}

async function write(api: Api, cache: ObjectCache, change: ResourceChange): Promise<Failure | undefined> {
  const { apiVersion, resource: plural, namespace, name } = change
  const path = { apiVersion, plural }
  const place = objectPath(path, { namespace, name })
  try {
    switch (change.kind) {
      case 'createResource':
        cache.wrote(
          (await api.send({ method: 'POST', path: listPath(path, namespace), body: change.object })) as KubeObject,
        )
        return undefined
      case 'updateResource':
        cache.wrote((await api.send({ method: 'PUT', path: place, body: change.object })) as KubeObject)
        return undefined
      case 'patchResource':
        cache.wrote((await api.send({ method: 'PATCH', path: place, body: change.patch })) as KubeObject)
        return undefined
      case 'deleteResource':
        await api.send({ method: 'DELETE', path: place })
        cache.removed({ kind: kindOf(plural), namespace, name })
        return undefined
    }
  } catch (error) {
    if (error instanceof ApiError && error.code < 500 && error.code !== 409) return { message: error.message }
    throw error
  }
}

const kindOf = (plural: string): string =>
  Object.entries(resources).find(([, resource]) => resource.plural === plural)?.[0] ?? plural
