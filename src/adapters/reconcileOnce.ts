import { isFailureDecided } from '../model/decidedFailures'
import { givenObject, givenText } from '../model/given'
import type { RolloutStatus } from '../model/rolloutStatus'
import { reconcileRollout } from '../reconcile'
import type { RolloutDecision, RolloutObservation } from '../rollout/observation'
import { waitingEventsOf } from './outbox'
import type { RolloutAnswer, RolloutPorts } from './ports'
import { type ObjectPorts, type Reconciled, reconcileObject, type Subject } from './reconcileObject'

/**
 * One reconcile against the real world: observe, decide, answer the questions, apply the changes in order, persist the
 * status, emit the events. Returns the final decision, whose `requeueAfterSeconds` and `requeueSoon` say when to call
 * again; undefined if the Rollout is gone.
 *
 * - A change that is refused and that the reducer decides about (calls of routers, evictions, the creation of an
 *   AnalysisRun or Experiment) is reported back to it, and the decision continues or ends as the controller's would.
 *   Changes that were already carried out are not repeated.
 * - Any other refused change ends the reconcile with `error`, without persisting the status.
 * - A port that rejects also ends the reconcile: the promise rejects with the port's error. Call again to observe and
 *   decide anew.
 * - Every event is emitted at least once, in the order of decisions, after the change that it reports. Events that
 *   cannot be emitted wait in `ports.outbox` and are emitted before the events of the next call.
 *
 * @throws Error the error of a port; or if the host's answers lead to new questions without end, a mistake of the host.
 *
 * @example
 * import { reconcileOnce } from 'rollout-engine/adapters'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const spec = { selector: { matchLabels: { app: 'web' } }, strategy: { canary: {} }, template }
 * const rollout = { metadata: { name: 'web', namespace: 'shop' }, spec }
 * const done: string[] = []
 * await reconcileOnce({
 *   observe: async () => ({ now: '2030-01-01T00:00:00Z', rollout, replicaSets: [] }),
 *   apply: async (change) => void done.push(change.kind),
 *   persistStatus: async ({ conditions }) => void done.push(`status: ${conditions?.[0]?.reason}`),
 *   emit: async ({ reason }) => void done.push(reason),
 *   answer: async () => ({}),
 * })
 * done[0] // => 'createReplicaSet'
 */
export const reconcileOnce = async (ports: RolloutPorts): Promise<RolloutDecision | undefined> =>
  (await reconcileAndTell(ports))?.decision

/** The final decision, and whether it changed anything that the next observation would show. */
export const reconcileAndTell = (ports: RolloutPorts): Promise<Reconciled<RolloutDecision> | undefined> =>
  reconcileObject(objectPortsOf(ports), waitingEventsOf(ports))

const objectPortsOf = (ports: RolloutPorts): ObjectPorts<RolloutDecision, RolloutAnswer> => ({
  observe: async () => {
    const observed = await ports.observe()
    return observed && subjectOf(observed)
  },
  apply: (change) => ports.apply(change),
  persistStatus: (status, before) => ports.persistStatus(status, before),
  answer: async (asks) => {
    const replies: Record<string, RolloutAnswer> = {}
    for (const ask of asks) replies[ask.key] = await ports.answer(ask)
    return { replies }
  },
})

/** A Rollout with the reducer that decides about it. */
export const subjectOf = (observed: RolloutObservation): Subject<RolloutDecision, RolloutAnswer> => ({
  now: givenText(givenObject<Partial<RolloutObservation>>(observed).now),
  statusBefore: statusOf(observed),
  reduce: (answers) => reconcileRollout({ ...observed, answers }),
  isFailureDecided: (change) => isFailureDecided('Rollout', change),
})

/** A host may observe an object that is not a Rollout; the decision reports that. */
const statusOf = (observed: RolloutObservation): RolloutStatus | undefined =>
  givenObject<Partial<RolloutObservation['rollout']>>(givenObject<Partial<RolloutObservation>>(observed).rollout).status
