import { type ClusterObjects, listObjects } from '../cluster/objects'
import { podTemplateHashLabel } from '../model/labelKeys'
import type { Rollout } from '../model/rollout'
import type { RouterState } from '../simulate/router'

// Which share of the traffic each revision may get: by the weights between commanded and in effect, and by the
// Services.

export const isRouted = ({ spec }: Rollout): boolean => {
  const { trafficRouting } = spec.strategy?.canary ?? {}
  return trafficRouting !== undefined && trafficRouting !== null
}

export const mostWeightOf = (rollout: Rollout): number =>
  rollout.spec.strategy?.canary?.trafficRouting?.maxTrafficWeight ?? 100

/** The highest share that each hash may get. Without a router only the active Service of blue-green directs traffic. */
export function sharesOf(rollout: Rollout, objects: ClusterObjects, router: RouterState): ReadonlyMap<string, number> {
  const shares = new Map<string, number>()
  const give = (hash: string | undefined, percent: number): void => {
    if (hash !== undefined && percent > 0) shares.set(hash, Math.min(100, (shares.get(hash) ?? 0) + percent))
  }
  const { canary, blueGreen } = rollout.spec.strategy ?? {}
  if (blueGreen) give(selectedHash(rollout, objects, blueGreen.activeService), 100)
  if (!canary || !isRouted(rollout)) return shares
  // At the end of an update ping and pong change roles: the weights on their way belong to the old ones.
  const { stableRS, currentPodHash } = rollout.status ?? {}
  if (canary.pingPong && stableRS === currentPodHash) return new Map(stableRS === undefined ? [] : [[stableRS, 100]])
  const { canary: most, stable: mostStable } = mostWeights(router, mostWeightOf(rollout))
  const { canaryHash, stableHash } = routedHashes(rollout, objects)
  give(canaryHash, most)
  give(stableHash, mostStable)
  return shares
}

/** In percent, the worst case: the commanded weight and the one still in effect both count. */
function mostWeights(router: RouterState, outOf: number): { readonly canary: number; readonly stable: number } {
  const weights = [router.effective, ...router.onTheWay.map(({ weight }) => weight), router.commanded ?? 0]
  const percent = weights.map((weight) => (weight / outOf) * 100)
  return { canary: Math.max(...percent), stable: 100 - Math.min(...percent) }
}

/** The targets of the router's two roles: through their Services, otherwise the revisions with these roles. */
function routedHashes(
  rollout: Rollout,
  objects: ClusterObjects,
): { readonly canaryHash: string | undefined; readonly stableHash: string | undefined } {
  const { status = {} } = rollout
  const { canary, stable } = roleServices(rollout)
  return {
    canaryHash: selectedHash(rollout, objects, canary) ?? status.currentPodHash,
    stableHash: selectedHash(rollout, objects, stable) ?? status.stableRS,
  }
}

/** Names of the Services of a routed canary's two roles. */
export function roleServices({ spec, status = {} }: Rollout): {
  readonly canary: string | undefined
  readonly stable: string | undefined
} {
  const { canaryService, stableService, pingPong } = spec.strategy?.canary ?? {}
  if (!pingPong) return { canary: canaryService, stable: stableService }
  const { pingService, pongService } = pingPong
  const isPing = status.canary?.stablePingPong === 'ping'
  return isPing ? { canary: pongService, stable: pingService } : { canary: pingService, stable: pongService }
}

/** The Service is there, and the controller never turned it to a revision. */
export const selectsEveryRevision = (rollout: Rollout, objects: ClusterObjects, name: string): boolean => {
  const services = listObjects(objects, 'Service', rollout.metadata.namespace ?? '')
  return services.some(({ metadata }) => metadata.name === name) && selectedHash(rollout, objects, name) === undefined
}

export function selectedHash(
  rollout: Rollout,
  objects: ClusterObjects,
  service: string | undefined,
): string | undefined {
  if (service === undefined) return undefined
  const services = listObjects(objects, 'Service', rollout.metadata.namespace ?? '')
  return services.find(({ metadata }) => metadata.name === service)?.spec?.selector?.[podTemplateHashLabel]
}
