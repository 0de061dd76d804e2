import { givenList, givenNumbers } from '../../model/given'
import { isJsonObject } from '../../model/json'
import type { WorldDeed } from '../worldEvent'
import type { Model } from './model'

/** Nodes, and when some of them are lost. */
export interface NodesOptions {
  readonly count: number
  /** Pods of this Rollout for which a node has room. */
  readonly podsPerNode: number
  readonly losses?: readonly NodeLoss[]
}

/** So many nodes are lost at once. */
export interface NodeLoss {
  /** From second 1 on. */
  readonly atSeconds: number
  readonly count: number
  /** Others take their place so much later. Default: none do. */
  readonly replacedAfterSeconds?: number
}

/**
 * Nodes with room for so many pods: more wait until there is room. The pods of a lost node stop being ready after 40
 * seconds and are deleted five minutes later, as Kubernetes does it; only then their ReplicaSets make others.
 *
 * @example
 * import { nodes } from 'rollout-engine/simulate'
 * const { room } = nodes({ count: 3, podsPerNode: 4, losses: [{ atSeconds: 60, count: 1, replacedAfterSeconds: 300 }] })
 * ;[59, 60, 360].map((second) => room?.({ done: 0 }, second).running) // => [12, 8, 12]
 */
export function nodes(options: NodesOptions): Model<{ readonly done: number }> {
  const { count, podsPerNode, losses: given } = givenNumbers<NodesOptions>(options, ['count', 'podsPerNode'])
  const losses = givenList<NodeLoss>(given)
    .filter((loss) => isJsonObject(loss))
    .map((loss) => givenNumbers<NodeLoss>(loss, ['atSeconds', 'count', 'replacedAfterSeconds']))
    .sort((one, other) => one.atSeconds - other.atSeconds)
  const left = (atSeconds: number): number =>
    losses.reduce((sum, loss) => (isLost(loss, atSeconds) ? sum - loss.count : sum), count)
  const times = losses.flatMap(({ atSeconds, replacedAfterSeconds = Number.POSITIVE_INFINITY }) => [
    atSeconds - 1,
    atSeconds,
    atSeconds + replacedAfterSeconds,
  ])
  return {
    name: 'nodes',
    start: { done: 0 },
    // Deeds are done a second later.
    step: ({ done }, { atSeconds }) => {
      const due = losses.slice(done).filter((loss) => loss.atSeconds <= atSeconds + 1)
      const deeds = due.map(
        (loss): WorldDeed => ({ loseNodes: { count: loss.count, of: Math.max(1, left(loss.atSeconds - 1)) } }),
      )
      return { state: { done: done + due.length }, deeds }
    },
    next: (_, { atSeconds }) => least(times.filter((second) => second > atSeconds)),
    room: (_, atSeconds) => ({ running: Math.max(0, left(atSeconds)) * podsPerNode }),
  }
}

const isLost = ({ atSeconds: from, replacedAfterSeconds = Number.POSITIVE_INFINITY }: NodeLoss, second: number) =>
  second >= from && second < from + replacedAfterSeconds

const least = (seconds: readonly number[]): number | undefined =>
  seconds.length === 0 ? undefined : seconds.reduce((one, other) => Math.min(one, other))
