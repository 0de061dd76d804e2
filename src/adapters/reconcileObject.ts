import type { Answers } from '../model/ask'
import type { Change } from '../model/change'
import { changeKey } from '../model/changeKey'
import type { Decision, EngineEvent, Failure } from '../model/decision'
import { nextRound } from '../model/nextRound'
import { sameJson } from '../model/sameJson'
import type { WaitingEvents } from './outbox'

/** One observed object, with the reducer that decides about it. */
export interface Subject<Made extends AnyDecision, Answer> {
  /** RFC 3339: the clock of the decision. */
  readonly now: string
  /** Undefined if it has none. */
  readonly statusBefore: Made['status'] | undefined
  readonly reduce: (answers: Answers<Answer>) => Made
  /** Whether the reducer decides what follows from the failure of this change. */
  readonly isFailureDecided: (change: Change) => boolean
}

/** What the reconcile of one object needs from the host. */
export interface ObjectPorts<Made extends AnyDecision, Answer> {
  readonly observe: () => Promise<Subject<Made, Answer> | undefined>
  readonly apply: (change: Change) => Promise<Failure | undefined>
  readonly persistStatus: (status: Made['status'], before: Made['status'] | undefined) => Promise<void>
  readonly answer: (asks: readonly Made['asks'][number][]) => Promise<Answers<Answer>>
}

/** A decision of any of the reducers. */
export type AnyDecision = Decision<unknown, Change, { readonly key: string }>

/** The final decision, and whether it changed anything that the next observation will show. */
export interface Reconciled<Made> {
  readonly decision: Made
  readonly isNews: boolean
  /** RFC 3339: the clock of the decision. */
  readonly now: string
}

/** What resolves doubtful events: the next observation and decision. */
export interface Evidence {
  readonly statusBefore: unknown
  readonly decision?: AnyDecision
}

const mostRounds = 200

/**
 * One reconcile of one object against the real world, as `reconcileOnce` documents it for Rollouts. Undefined if the
 * object is gone.
 */
export async function reconcileObject<Made extends AnyDecision, Answer>(
  ports: ObjectPorts<Made, Answer>,
  waiting: WaitingEvents<Evidence>,
): Promise<Reconciled<Made> | undefined> {
  // Events that cannot be emitted must not stop the object: they are retried at the end.
  const trouble = await problemOf(waiting.emitAll)
  const subject = await ports.observe()
  if (!subject) {
    if (trouble) passOn(trouble.error)
    return undefined
  }
  const work: Work<Made, Answer> = {
    subject,
    statusBefore: subject.statusBefore,
    answers: {},
    tried: 0,
    applied: new Set(),
  }
  const refused = await carriedOut(ports, work, waiting)
  const decision = work.decision as Made
  if (refused) {
    await announce(waiting, work)
    return { decision: endedBy(refused, decision, subject), isNews: false, now: subject.now }
  }
  waiting.settleDoubts(work)
  const isPersisted = await persisted(ports, work, waiting)
  await waiting.emitAll()
  const isNews = isPersisted || decision.changes.some((change) => !('router' in change))
  return { decision, isNews, now: subject.now }
}

/** The state of one reconcile. */
interface Work<Made extends AnyDecision, Answer> extends Evidence {
  readonly subject: Subject<Made, Answer>
  answers: Answers<Answer>
  /** Changes of the decision that must not be tried again. */
  tried: number
  /** Keys of the changes that were carried out. */
  readonly applied: Set<string>
  /** Key of the change that is being carried out. */
  trying?: string
  decision?: Made
}

/**
 * Does the work and returns the refusal that ended it, if any. If a port rejects, events that are already true are
 * emitted first.
 */
async function carriedOut<Made extends AnyDecision, Answer>(
  ports: ObjectPorts<Made, Answer>,
  work: Work<Made, Answer>,
  waiting: WaitingEvents<Evidence>,
): Promise<Refused | undefined> {
  try {
    return await carryOut(ports, work)
  } catch (error) {
    await problemOf(() => announce(waiting, work))
    doubtChange(waiting, work)
    return passOn(error)
  }
}

async function carryOut<Made extends AnyDecision, Answer>(
  ports: ObjectPorts<Made, Answer>,
  work: Work<Made, Answer>,
): Promise<Refused | undefined> {
  for (let round = 0; round < mostRounds; round++) {
    const decision = work.subject.reduce(work.answers)
    work.decision = decision
    const refused = await applyRest(ports, decision, work)
    if (refused && !work.subject.isFailureDecided(refused.change)) return refused
    if (refused) {
      work.answers = merged(work.answers, { failures: { [refused.key]: refused.failure } })
      continue
    }
    const next = nextRound(decision, work.answers, work.tried)
    if (next.kind !== 'ask') return decision.asks.length > 0 ? unsettled(decision.asks) : undefined
    work.answers = merged(work.answers, await ports.answer(next.asks))
  }
  throw new Error('the answers of the host keep opening new questions')
}

const merged = <Answer>(known: Answers<Answer>, more: Answers<Answer>): Answers<Answer> => ({
  ...known,
  ...(more.replies && { replies: { ...known.replies, ...more.replies } }),
  ...(more.failures && { failures: { ...known.failures, ...more.failures } }),
})

/** Why a reconcile ended early. */
interface Refused {
  readonly code: string
  readonly key: string
  readonly failure: Failure
}

const unsettled = ([ask]: AnyDecision['asks']): Refused => ({
  code: 'malformed-answer',
  key: ask?.key ?? '',
  failure: { message: 'the answer of the host does not have the shape that the question asks for' },
})

/** Applies the changes that were not tried yet, up to the first failure. */
async function applyRest<Made extends AnyDecision, Answer>(
  ports: ObjectPorts<Made, Answer>,
  decision: Made,
  work: Work<Made, Answer>,
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

type Told = Pick<Work<AnyDecision, never>, 'decision' | 'applied' | 'trying' | 'statusBefore'>

/** Events that are true although the decision was not carried out completely. The others will be decided again. */
const reportedEvents = ({ decision, applied }: Told): readonly EngineEvent[] =>
  (decision?.events ?? []).filter(({ change }) => change !== undefined && applied.has(change))

async function announce(waiting: WaitingEvents<Evidence>, work: Told): Promise<void> {
  if (!work.decision) return
  waiting.settleDoubts(work)
  await waiting.add(reportedEvents(work))
  await waiting.emitAll()
}

/**
 * The change on which `apply` rejected may have been carried out: then the next decision does not contain it any more.
 */
function doubtChange(waiting: WaitingEvents<Evidence>, { decision, trying }: Told): void {
  const events = (decision?.events ?? []).filter(({ change }) => change !== undefined && change === trying)
  waiting.doubt(events, ({ change }, next) => !next.decision?.changes.some((one) => changeKey(one) === change))
}

/**
 * Stores the events and then persists the status, so that no event is lost in between. Returns whether there was
 * anything to persist.
 */
async function persisted<Made extends AnyDecision, Answer>(
  ports: ObjectPorts<Made, Answer>,
  work: Work<Made, Answer>,
  waiting: WaitingEvents<Evidence>,
): Promise<boolean> {
  const { status, events } = work.decision as Made
  const { statusBefore: before } = work
  try {
    await waiting.add(events)
    if (status === before) return false
    await ports.persistStatus(status, before)
    return true
  } catch (error) {
    const reported = reportedEvents(work)
    const others = events.filter((event) => !reported.includes(event))
    waiting.doubt(others, (event, next) => !sameJson(next.statusBefore, before) && !isRepeated(event, next))
    await problemOf(async () => {
      await waiting.keepOnly(reported)
      await waiting.emitAll()
    })
    return passOn(error)
  }
}

const isRepeated = (event: EngineEvent, { decision }: Evidence): boolean =>
  decision?.events.some(({ reason, message }) => reason === event.reason && message === event.message) ?? false

/**
 * Applied changes remain, later ones are not applied, the status is not persisted, and the reconcile is retried soon.
 */
const endedBy = <Made extends AnyDecision>(
  { code, key, failure }: Refused,
  decision: Made,
  { statusBefore }: Subject<Made, never>,
): Made => ({
  ...decision,
  status: statusBefore ?? decision.status,
  events: [],
  requeueSoon: true,
  error: { code, path: key, message: failure.message },
})

/** Rejects with the error of a port. */
function passOn(error: unknown): never {
  throw error
}

/** The error of the work. */
async function problemOf(work: () => Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return { error }
  }
}
