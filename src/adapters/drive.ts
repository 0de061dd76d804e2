import { secondsUntilNextLook } from './lookAgain'
import type { RolloutPorts } from './ports'
import { reconcileAndTell } from './reconcileOnce'

/** Additional ports of `drive`. */
export interface LoopPorts extends RolloutPorts {
  /** Resolves after the seconds, or earlier when the host observed a change. If it rejects, so does `drive`. */
  readonly wait: (seconds: number) => Promise<void>
  /**
   * Called with the error of a port that rejected; the loop continues. If this throws, the loop ends with that error.
   * Without it failing ports are silent.
   */
  readonly onError?: (error: unknown) => void
}

const firstRetrySeconds = 1
const longestRetrySeconds = 300
const afterNewsSeconds = 1

/**
 * Drives a Rollout until `stopped` returns true or the Rollout is gone: reconcileOnce, then wait as long as the
 * decision requests, or until something changes.
 *
 * - A port that rejects does not end the loop: `onError` is called, and the reconcile is retried after 1 s, 2 s, 4 s
 *   and so on up to 300 s. Decisions with `requeueSoon` are treated the same. The first successful reconcile resets the
 *   delay.
 * - After a reconcile that changed an object or the status it reconciles again after 1 s, even if nothing ended the
 *   wait earlier.
 * - A reconcile that creates a ReplicaSet directly after another one that did counts as a failure: a Rollout that does
 *   not find its own ReplicaSet must not create another one every second. The reducer itself stops at 100 ReplicaSets
 *   in addition to the history (blocker `growth`).
 * - A reconcile in the very second in which a wait ends is repeated after 1 s: pauses end strictly after their time,
 *   and a clock of whole seconds may still show that time.
 * - If a decision requests nothing, it reconciles again after 900 s.
 *
 * @example
 * import { drive } from 'rollout-engine/adapters'
 * const waits: number[] = []
 * const ports = {
 *   observe: async () => undefined,
 *   apply: async () => undefined,
 *   persistStatus: async () => {},
 *   emit: async () => {},
 *   answer: async () => ({}),
 *   wait: async (seconds: number) => void waits.push(seconds),
 * }
 * await drive(ports, () => false)
 * waits // => []
 */
export async function drive(ports: LoopPorts, stopped: () => boolean): Promise<void> {
  let troubles = 0
  let creations = 0
  while (!stopped()) {
    const looked = await look(ports)
    if (looked === 'gone') return
    if (looked !== 'trouble') creations = looked.created ? creations + 1 : 0
    if (looked === 'trouble' || creations > 1) {
      troubles++
      await ports.wait(retrySeconds(troubles))
      continue
    }
    troubles = 0
    await ports.wait(looked.seconds)
  }
}

type Looked =
  | 'gone'
  | 'trouble'
  | {
      readonly seconds: number
      /** The decision creates a ReplicaSet. */
      readonly created: boolean
    }

async function look(ports: LoopPorts): Promise<Looked> {
  try {
    const told = await reconcileAndTell(ports)
    if (!told) return 'gone'
    const { decision, isNews, now } = told
    if (decision.requeueSoon) return 'trouble'
    const created = decision.changes.some(({ kind }) => kind === 'createReplicaSet')
    const seconds = secondsUntilNextLook(decision, now)
    return { seconds: isNews ? Math.min(seconds, afterNewsSeconds) : seconds, created }
  } catch (error) {
    ports.onError?.(error)
    return 'trouble'
  }
}

const retrySeconds = (troubles: number): number =>
  Math.min(longestRetrySeconds, firstRetrySeconds * 2 ** Math.min(troubles - 1, 30))
