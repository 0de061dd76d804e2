import { givenObject } from '../../model/given'
import type { Model } from './model'

/** A quota of pods. */
export interface QuotaOptions {
  /** Of all revisions together. */
  readonly pods: number
  readonly fromSeconds?: number
  /** Not included. */
  readonly untilSeconds?: number
}

/**
 * A quota of the namespace: ReplicaSets make no pods beyond it, and do so as soon as others are gone. Pods that are
 * there stay.
 *
 * @example
 * import { quota } from 'rollout-engine/simulate'
 * const { room } = quota({ pods: 6, untilSeconds: 600 })
 * room?.(null, 599) // => { pods: 6 }
 * room?.(null, 600) // => {}
 */
export function quota(options: QuotaOptions): Model<null> {
  const { pods, fromSeconds = 0, untilSeconds = Number.POSITIVE_INFINITY } = givenObject<QuotaOptions>(options)
  return {
    name: 'quota',
    start: null,
    step: () => ({ state: null }),
    next: (_, { atSeconds }) => [fromSeconds, untilSeconds].find((second) => second > atSeconds),
    room: (_, atSeconds) => (atSeconds >= fromSeconds && atSeconds < untilSeconds ? { pods } : {}),
  }
}
