import type { RolloutAsk } from '../model/ask'
import type { Change } from '../model/change'
import { changeKey } from '../model/changeKey'
import { isFailureDecided } from '../model/decidedFailures'
import type { EngineEvent, Failure } from '../model/decision'
import { givenObject } from '../model/given'
import { nextRound } from '../model/nextRound'
import type { RolloutStatus } from '../model/rolloutStatus'
import { sameJson } from '../model/sameJson'
import { reconcileRollout } from '../reconcile'
import type { RolloutDecision, RolloutObservation } from '../rollout/observation'
import { type WaitingEvents, waitingEventsOf } from './outbox'
import type { RolloutAnswer, RolloutPorts } from './ports'

type Answers = NonNullable<RolloutObservation['answers']>

const mostRounds = 200

/**
 * One reconcile against the real world: observe, decide, answer what is asked, apply the changes in order, persist the
 * status, emit the events. Returns the final decision, whose `requeueAfterSeconds` and `requeueSoon` say when to call again;
 * undefined if the Rollout is gone.
 *
 * - A change that is refused and that the reducer decides about (calls of routers, evictions, the creation of an AnalysisRun or
 *   Experiment) is reported back to it, and the decision goes on, or ends, where the controller's would. What was carried out
 *   already is not done again.
 * - Any other refused change ends the reconcile with `error`, without persisting the status.
 * - A port that rejects ends the reconcile too: the promise rejects with the port's error. Call again: everything is observed and
 *   decided anew.
 * - Every event is emitted at least once, in the order of decisions, after what it reports was carried out. What cannot be emitted
 *   waits in `ports.outbox` and goes out before the events of the next call.
 *
 * @throws Error what a port rejected with, or that the host's answers keep opening new questions for ever: a mistake of the host.
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
export async function reconcileAndTell(
  ports: RolloutPorts,
): Promise<{ readonly decision: RolloutDecision; readonly isNews: boolean } | undefined> {
  const waiting: Waiting = waitingEventsOf(ports)
  // Events that nobody takes must not stop the Rollout: they are tried again at the end.
  const trouble = await problemOf(waiting.emitAll)
  const observed = await ports.observe()
  if (!observed) {
    if (trouble) passOn(trouble.error)
    return undefined
  }
  const work: Work = { observed, answers: {}, tried: 0, applied: new Set() }
  const refused = await carriedOut(ports, work, waiting)
  const decision = work.decision as RolloutDecision
  if (refused) {
    await announce(waiting, work)
    return { decision: endedBy(refused, decision, observed), isNews: false }
  }
  await waiting.settleDoubts(work)
  const isPersisted = await persisted(ports, work, waiting)
  await waiting.emitAll()
  return { decision, isNews: isPersisted || decision.changes.some((change) => !('router' in change)) }
}

/** A reconcile in the making. */
interface Work {
  readonly observed: RolloutObservation
  answers: Answers
  /** Changes of the decision that need not be tried again. */
  tried: number
  /** Keys of the changes that were carried out. */
  readonly applied: Set<string>
  /** Key of the change that is being carried out. */
  trying?: string
  decision?: RolloutDecision
}

type Waiting = WaitingEvents<Work>

/** Carries the work out; the refusal that ended it, if any. If a port rejects, what is true already is announced first. */
async function carriedOut(ports: RolloutPorts, work: Work, waiting: Waiting): Promise<Refused | undefined> {
  try {
    return await carryOut(ports, work)
  } catch (error) {
    await problemOf(() => announce(waiting, work))
    doubtChange(waiting, work)
    return passOn(error)
  }
}

async function carryOut(ports: RolloutPorts, work: Work): Promise<Refused | undefined> {
  for (let round = 0; round < mostRounds; round++) {
    const decision = reconcileRollout({ ...work.observed, answers: work.answers })
    work.decision = decision
    const refused = await applyRest(ports, decision, work)
    if (refused && !isFailureDecided('Rollout', refused.change)) return refused
    if (refused) {
      work.answers = { ...work.answers, failures: { ...work.answers.failures, [refused.key]: refused.failure } }
      continue
    }
    const next = nextRound(decision, work.answers, work.tried)
    if (next.kind !== 'ask') return decision.asks.length > 0 ? unsettled(decision.asks) : undefined
    work.answers = { ...work.answers, replies: { ...work.answers.replies, ...(await repliesTo(ports, next.asks)) } }
  }
  throw new Error('the answers of the host keep opening new questions')
}

async function repliesTo(ports: RolloutPorts, asks: readonly RolloutAsk[]): Promise<Record<string, RolloutAnswer>> {
  const replies: Record<string, RolloutAnswer> = {}
  for (const ask of asks) replies[ask.key] = await ports.answer(ask)
  return replies
}

/** What ends a reconcile before its end. */
interface Refused {
  readonly code: string
  readonly key: string
  readonly failure: Failure
}

const unsettled = ([ask]: readonly RolloutAsk[]): Refused => ({
  code: 'malformed-answer',
  key: ask?.key ?? '',
  failure: { message: 'the answer of the host does not have the shape that the question asks for' },
})

/** Applies what was not tried yet, up to the first failure. */
async function applyRest(
  ports: RolloutPorts,
  decision: RolloutDecision,
  work: Work,
): Promise<(Refused & { readonly change: Change }) | undefined> {
  const next = nextRound(decision, work.answers, work.tried)
  if (next.kind !== 'apply') return undefined
  for (const change of decision.changes.slice(next.from)) {
    const key = changeKey(change)
    work.trying = key
    const failure = await ports.apply(change)
    work.trying = undefined
    work.tried++
    if (failure) return { code: 'change-failed', change, key, failure }
    work.applied.add(key)
  }
  return undefined
}

/** Events that are true though the decision was not carried out to its end. The others will be decided again. */
const reportedEvents = ({ decision, applied }: Work): readonly EngineEvent[] =>
  (decision?.events ?? []).filter(({ change }) => change !== undefined && applied.has(change))

async function announce(waiting: Waiting, work: Work): Promise<void> {
  if (!work.decision) return
  await waiting.settleDoubts(work)
  await waiting.add(reportedEvents(work))
  await waiting.emitAll()
}

/** The change on which `apply` rejected may have been carried out: then the next decision does not want it any more. */
function doubtChange(waiting: Waiting, { decision, trying }: Work): void {
  const events = (decision?.events ?? []).filter(({ change }) => change !== undefined && change === trying)
  waiting.doubt(events, ({ change }, next) => !next.decision?.changes.some((one) => changeKey(one) === change))
}

/** A host may observe nothing that is a Rollout; the decision says so. */
const statusOf = (observed: RolloutObservation): RolloutStatus | undefined =>
  givenObject<Partial<RolloutObservation['rollout']>>(givenObject<Partial<RolloutObservation>>(observed).rollout).status

/** Notes the events down and then persists the status, so that none is lost in between; whether there was anything to persist. */
async function persisted(ports: RolloutPorts, work: Work, waiting: Waiting): Promise<boolean> {
  const { status, events } = work.decision as RolloutDecision
  const before = statusOf(work.observed)
  try {
    await waiting.add(events)
    if (status === before) return false
    await ports.persistStatus(status, before)
    return true
  } catch (error) {
    const reported = reportedEvents(work)
    const others = events.filter((event) => !reported.includes(event))
    waiting.doubt(others, (event, next) => !sameJson(statusOf(next.observed), before) && !isRepeated(event, next))
    await problemOf(async () => {
      await waiting.keepOnly(reported)
      await waiting.emitAll()
    })
    return passOn(error)
  }
}

const isRepeated = (event: EngineEvent, { decision }: Work): boolean =>
  decision?.events.some(({ reason, message }) => reason === event.reason && message === event.message) ?? false

/** What was applied stands, nothing later is applied, the status is not persisted, and it is tried again soon. */
const endedBy = (
  { code, key, failure }: Refused,
  decision: RolloutDecision,
  observed: RolloutObservation,
): RolloutDecision => ({
  ...decision,
  status: statusOf(observed) ?? decision.status,
  events: [],
  requeueSoon: true,
  error: { code, path: key, message: failure.message },
})

/** Rejects with what a port rejected with. */
function passOn(error: unknown): never {
  throw error
}

/** What the work rejected with. */
async function problemOf(work: () => Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return { error }
  }
}
