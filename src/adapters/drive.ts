import type { RegisteredTargetsAnswer, RolloutAsk, StepPluginAnswer, VerifyWeightAnswer } from '../model/ask'
import type { Change } from '../model/change'
import { changeKey } from '../model/changeKey'
import type { EngineEvent, Failure } from '../model/decision'
import type { RolloutStatus } from '../model/rolloutStatus'
import { reconcileRollout } from '../reconcile'
import type { RolloutDecision, RolloutObservation } from '../rollout/observation'

/** What a host implements so that decisions reach its world. */
export interface RolloutPorts {
  /** Everything that the decision reads, as it is now; undefined once the Rollout is gone. */
  readonly observe: () => Promise<RolloutObservation | undefined>
  /** Carries one change out; a failure is returned, never thrown. */
  readonly apply: (change: Change) => Promise<Failure | undefined>
  readonly persistStatus: (status: RolloutStatus, before: RolloutStatus | undefined) => Promise<void>
  readonly emit: (event: EngineEvent) => Promise<void>
  /** Answers a question in the middle of a decision. */
  readonly answer: (ask: RolloutAsk) => Promise<VerifyWeightAnswer | StepPluginAnswer | RegisteredTargetsAnswer>
}

type Answers = NonNullable<RolloutObservation['answers']>

const mostRounds = 200

/**
 * One reconcile against the real world: observe, decide, answer what is asked, apply the changes in order, persist the
 * status, emit the events. A change that fails is reported back to the reducer, and the decision goes on, or ends, where the
 * controller's would; what was carried out already is not done again. A failure that the reducer has no say in (anything but a
 * router's call or an eviction) ends the reconcile with `error`, without persisting the status. Returns the final decision, whose
 * `requeueAfterSeconds` and `requeueSoon` say when to call again; undefined if the Rollout is gone.
 *
 * @throws Error if the host's answers keep opening new questions for ever: that is a mistake of the host.
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
export async function reconcileOnce(ports: RolloutPorts): Promise<RolloutDecision | undefined> {
  const observed = await ports.observe()
  if (!observed) return undefined
  let answers: Answers = {}
  let applied = 0
  for (let round = 0; round < mostRounds; round++) {
    const decision = reconcileRollout({ ...observed, answers })
    if (decision.asks.length > 0) {
      answers = { ...answers, replies: { ...answers.replies, ...(await repliesTo(ports, decision.asks)) } }
      continue
    }
    const failed = await applyFrom(ports, decision.changes, applied, answers)
    if (failed) {
      if (!isForReducer(failed.change)) return endedBy(failed, decision, observed)
      applied = failed.applied
      answers = { ...answers, failures: { ...answers.failures, [failed.key]: failed.failure } }
      continue
    }
    if (decision.status !== observed.rollout.status) await ports.persistStatus(decision.status, observed.rollout.status)
    for (const event of decision.events) await ports.emit(event)
    return decision
  }
  throw new Error('the answers of the host keep opening new questions')
}

/** Failures that the reducer decides about itself: the rest of the decision depends on them. */
const isForReducer = (change: Change): boolean => 'router' in change || change.kind === 'evictPod'

/**
 * Any other failure ends the reconcile as it ends the controller's: what was applied stands, nothing later is applied, the
 * status is not persisted, and it is tried again soon.
 */
const endedBy = (
  { key, failure }: Failed,
  decision: RolloutDecision,
  observed: RolloutObservation,
): RolloutDecision => ({
  ...decision,
  status: observed.rollout.status ?? decision.status,
  events: [],
  requeueSoon: true,
  error: { code: 'change-failed', path: key, message: failure.message },
})

async function repliesTo(ports: RolloutPorts, asks: readonly RolloutAsk[]): Promise<Answers['replies']> {
  const replies: Record<string, VerifyWeightAnswer | StepPluginAnswer | RegisteredTargetsAnswer> = {}
  for (const ask of asks) replies[ask.key] = await ports.answer(ask)
  return replies
}

interface Failed {
  readonly change: Change
  readonly key: string
  readonly failure: Failure
  /** Changes that need not be tried again: those before, and the failed one. */
  readonly applied: number
}

/** Applies what is not applied yet, up to the first failure that the reducer does not know of. */
async function applyFrom(
  ports: RolloutPorts,
  changes: readonly Change[],
  from: number,
  answers: Answers,
): Promise<Failed | undefined> {
  for (const [index, change] of changes.entries()) {
    const key = changeKey(change)
    if (index < from || answers.failures?.[key]) continue
    const failure = await ports.apply(change)
    if (failure) return { change, key, failure, applied: index + 1 }
  }
  return undefined
}

/**
 * Drives a Rollout until `stopped` says so or it is gone: reconcileOnce, then wait as long as the decision asks for or until
 * something changes. `wait` resolves after the seconds, or earlier when the host observed a change.
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
export async function drive(
  ports: RolloutPorts & { readonly wait: (seconds: number) => Promise<void> },
  stopped: () => boolean,
): Promise<void> {
  while (!stopped()) {
    const decision = await reconcileOnce(ports)
    if (!decision) return
    await ports.wait(decision.requeueSoon ? soonSeconds : (decision.requeueAfterSeconds ?? resyncSeconds))
  }
}

const soonSeconds = 1
const resyncSeconds = 900
