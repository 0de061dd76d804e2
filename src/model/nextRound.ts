import type { Decision } from './decision'
import { givenList, givenNumber, givenObject } from './given'
import { isJsonObject } from './json'

/** What a host does next with a decision. */
export type Round<Ask> =
  /** Carry out the changes from this index on, in order, up to the first that fails. */
  | { readonly kind: 'apply'; readonly from: number }
  /** Answer these, then reduce again with the same observation and clock. */
  | { readonly kind: 'ask'; readonly asks: readonly Ask[] }
  /** Everything is carried out and answered: the status and the events are next. */
  | { readonly kind: 'complete' }

/**
 * Says what a host does next with a decision that was made with these answers. Every loop of this package goes by it:
 * the host's, the measuring one and the simulator's.
 *
 * Changes come before questions, as in the controller: whether a weight is in effect can be asked once the router was
 * told. The next decision has the same changes up to there, so none of them is tried again.
 *
 * `tried`: how many changes were tried already. A failure that the reducer decides about goes into `answers.failures`;
 * the next decision has the same changes up to the failed one.
 *
 * A question that is asked again though it was answered is one that no answer settles (the answer was malformed):
 * `complete` with open `asks` says so, and neither status nor events of such a decision count.
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
