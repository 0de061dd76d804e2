import type { Decision } from './decision'
import { givenList, givenNumber, givenObject } from './given'
import { isJsonObject } from './json'

/** The host's next action for a decision. */
export type Round<Ask> =
  /** Carry out the changes from this index on, in order, up to the first that fails. */
  | { readonly kind: 'apply'; readonly from: number }
  /** Answer these, then reduce again with the same observation and clock. */
  | { readonly kind: 'ask'; readonly asks: readonly Ask[] }
  /** All changes are carried out and all questions answered: persist the status and emit the events. */
  | { readonly kind: 'complete' }

/**
 * Returns the host's next action for a decision that was made with these answers. Every loop of this package uses it:
 * the host's, the measuring one and the simulator's.
 *
 * Changes come before questions, as in the controller: a weight can be verified only after it was set. The next
 * decision begins with the same changes, so none of them is tried again.
 *
 * `tried`: how many changes were already tried. A failure that the reducer decides about goes into `answers.failures`;
 * the next decision has the same changes up to the failed one.
 *
 * If a question is asked again although it was answered, the answer was malformed: the action is `complete` with open
 * `asks`, and neither status nor events of that decision count.
 *
 * @example
 * import { nextRound } from 'rollout-engine'
 * const ask = { key: 'verifyWeight/smi' }
 * const changes = [{ kind: 'evictPod', namespace: 'shop', name: 'web-1' }]
 * nextRound({ asks: [ask], changes }, {}, 0) // => { kind: 'apply', from: 0 }
 * nextRound({ asks: [ask], changes }, {}, 1) // => { kind: 'ask', asks: [ask] }
 * nextRound({ asks: [], changes }, { replies: { 'verifyWeight/smi': {} } }, 1) // => { kind: 'complete' }
 */
export function nextRound<Ask extends { readonly key: string }>(
  decision: Pick<Decision<unknown, unknown, Ask>, 'asks' | 'changes'>,
  answers: { readonly replies?: object; readonly failures?: object },
  tried: number,
): Round<Ask> {
  const { asks, changes } = givenObject<Partial<typeof decision>>(decision)
  const done = givenNumber(tried) ?? 0
  if (done < givenList(changes).length) return { kind: 'apply', from: done }
  const replies = givenObject(givenObject(answers).replies)
  const failures = givenObject(givenObject(answers).failures)
  const open = givenList(asks).filter((ask) => isOpen(ask, replies, failures))
  return open.length > 0 ? { kind: 'ask', asks: open } : { kind: 'complete' }
}

const isOpen = (ask: unknown, replies: object, failures: object): boolean =>
  isJsonObject(ask) &&
  typeof ask.key === 'string' &&
  !Object.hasOwn(replies, ask.key) &&
  !Object.hasOwn(failures, ask.key)
