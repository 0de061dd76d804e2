import type { TrafficPort } from 'rollout-engine/host'
import type { MemoryCluster } from 'rollout-engine/memory'
import { type TrafficShare, trafficShares } from 'rollout-engine/routers'
import type { Haproxy } from './haproxy'
import type { Pod } from './pods'

/** HAProxy as the router of the Rollout. */
export interface Router extends TrafficPort {
  /** Tells HAProxy who serves now, and with which weight. */
  readonly update: () => Promise<void>
}

/** Which pods a Service means: the engine writes it into its selector, as on Kubernetes. */
const hashLabel = 'rollouts-pod-template-hash'

export function haproxyRouter(haproxy: Haproxy, clusterOf: () => MemoryCluster, serving: () => readonly Pod[]): Router {
  const told = { weight: 0 }
  const state = { last: Promise.resolve() }
  const hashOf = async (service: string): Promise<string | undefined> => {
    const found = await clusterOf().get('Service', 'shop', service)
    return (found?.spec as { readonly selector?: Readonly<Record<string, string>> } | undefined)?.selector?.[hashLabel]
  }
  const route = async (): Promise<void> => {
    const [canary, stable] = [await hashOf('web-canary'), await hashOf('web-stable')]
    const pods = serving().map(({ port, hash }) => ({ port, group: hash }))
    await haproxy.route(pods, sharesOf({ canary, stable, weight: told.weight }, pods))
  }
  // One after the other, each with what is true by then.
  const update = (): Promise<void> => {
    state.last = state.last.catch(() => {}).then(route)
    return state.last
  }
  return {
    update,
    async apply(change) {
      if (change.kind !== 'setWeight') return undefined
      told.weight = change.weight
      await update()
      return undefined
    },
    async verifyWeight({ weight }) {
      const canary = await hashOf('web-canary')
      const ports = new Set(serving().flatMap(({ port, hash }) => (hash === canary ? [port] : [])))
      const inEffect = [...(await haproxy.weights())].filter(([port]) => ports.has(port))
      const percent = inEffect.reduce((sum, [, one]) => sum + one, 0)
      // HAProxy has weights up to 256 for each server, so the sum is not exact.
      return { verified: weight === 0 || Math.abs(percent - weight) <= 2 }
    },
  }
}

interface Split {
  readonly canary: string | undefined
  readonly stable: string | undefined
  readonly weight: number
}

/** Shares by hash. Where one of the two has no pods, or both Services mean the same, the other has everything. */
function sharesOf({ canary, stable, weight }: Split, pods: readonly { readonly group: string }[]): TrafficShare[] {
  const hasPods = (hash: string | undefined): boolean => pods.some(({ group }) => group === hash)
  const [first] = pods
  if (canary === stable || !hasPods(canary))
    return hasPods(stable) ? [{ service: stable ?? '', weightPercent: 100 }] : []
  if (!hasPods(stable)) return first ? [{ service: canary ?? '', weightPercent: 100 }] : []
  return [...trafficShares({ canary: canary ?? '', stable: stable ?? '', weight })]
}
