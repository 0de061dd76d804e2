import type { PodGroup, PodGroups } from './podGroup'

/** Nodes that are lost at once, with every pod on them. */
export interface LostNodes {
  readonly count: number
  /** How many nodes there were: pods are spread evenly over them. */
  readonly of: number
  /** Seconds until the pods count as not ready. Default 40, the grace of Kubernetes' node controller. */
  readonly unreadyAfterSeconds?: number
  /** Seconds until the pods are deleted, so that their ReplicaSets make others. Default 340: 300 more are tolerated. */
  readonly goneAfterSeconds?: number
}

const secondsOr = (given: number | undefined, usual: number): number =>
  given !== undefined && Number.isFinite(given) ? Math.max(0, Math.trunc(given)) : usual

/** The pods after the loss: those of the lost nodes stop being ready and are deleted later. */
export function withLostNodes(groups: PodGroups, nodes: LostNodes, second: number): PodGroups {
  const of = Math.max(1, secondsOr(nodes.of, 1))
  const count = Math.min(of, secondsOr(nodes.count, 0))
  const unreadyAtSeconds = second + secondsOr(nodes.unreadyAfterSeconds, 40)
  const goneAtSeconds = Math.max(unreadyAtSeconds, second + secondsOr(nodes.goneAfterSeconds, 340))
  // The n-th pod of all is on node n modulo their number: how many of the first n are on the lost ones.
  const lostOfFirst = (pods: number): number => Math.floor(pods / of) * count + Math.min(pods % of, count)
  let seen = 0
  const next: [key: string, groups: readonly PodGroup[]][] = []
  for (const [key, own] of Object.entries(groups)) {
    const parts = own.flatMap((group) => {
      if (group.lost || group.isUnscheduled) return [group]
      const gone = lostOfFirst(seen + group.count) - lostOfFirst(seen)
      seen += group.count
      if (gone === 0) return [group]
      const lost = { ...group, count: gone, lost: { unreadyAtSeconds, goneAtSeconds } }
      if (gone === group.count) return [lost]
      return [lost, { ...group, first: group.first + gone, count: group.count - gone }]
    })
    next.push([key, parts])
  }
  return Object.fromEntries(next)
}
