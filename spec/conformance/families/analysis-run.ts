import type { AnalysisRunDecision, AnalysisRunObservation } from '../../../src/analysis/observation'
import { reconcileAnalysisRun } from '../../../src/analysis/reconcileAnalysisRun'
import { applied, applyStatus } from '../../../src/cluster/applied'
import { type ClusterObjects, objectKey } from '../../../src/cluster/objects'
import type { AnalysisRun } from '../../../src/model/analysis'
import type { AnalysisRunAsk, MeasureAnswer, SecretAnswer } from '../../../src/model/ask'
import { controllerOf } from '../controller'
import { judgeTrace, type Outcome, type Situation } from '../trace'
import type { ConformanceCase, Unit } from '../types'

/** More rounds of questions than a decision can have: secrets, measurements, clean-up. */
const mostRounds = 4

/** Every judged reconcile of a trace of one AnalysisRun. */
export const judge = (testCase: ConformanceCase): readonly Unit[] =>
  judgeTrace(testCase, reconcileAnalysisRunAsRecorded)

/** Reconciles the AnalysisRun of a recorded step and applies the decision; the recorded host answers. */
export function reconcileAnalysisRunAsRecorded(situation: Situation): Outcome {
  const { decision, calls } = decide(situation)
  return outcomeOf(situation, decision, calls)
}

/** The finished decision, and the provider calls that were made on the way. */
export function decide(situation: Situation): {
  readonly decision: AnalysisRunDecision
  readonly calls: readonly AnalysisRunAsk[]
  /** With all answers. */
  readonly observation: AnalysisRunObservation
} {
  const analysisRun = situation.objects[situation.key] as unknown as AnalysisRun
  const replies: Record<string, SecretAnswer | MeasureAnswer> = {}
  const calls: AnalysisRunAsk[] = []
  const options = { controller: controllerOf(situation.testCase) }
  let observed: AnalysisRunObservation = { now: situation.now, analysisRun, options }
  for (let round = 0; round < mostRounds; round++) {
    const decision = reconcileAnalysisRun(observed)
    if (decision.asks.length === 0) return { decision, calls, observation: observed }
    for (const ask of decision.asks) {
      const reply = answer(situation, ask)
      replies[ask.key] = reply
      if (ask.kind === 'measure' && !('providerError' in reply)) calls.push(ask)
    }
    observed = { ...observed, answers: { replies: { ...replies } } }
  }
  throw new Error('the run does not stop asking')
}

function answer({ objects, given }: Situation, ask: AnalysisRunAsk): SecretAnswer | MeasureAnswer {
  if (ask.kind === 'secret') return readSecret(objects, ask.namespace, ask.name)
  const { name } = ask.metric
  const providerError = given.providerErrors?.[name]
  if (providerError !== undefined) return { providerError }
  const recorded = given.measurements?.find(
    (entry: { op: string; metric: string }) => entry.op === ask.operation && entry.metric === name,
  )
  return { measurement: recorded?.measurement, metadata: given.metadata?.[name] }
}

function readSecret(objects: ClusterObjects, namespace: string, name: string): SecretAnswer {
  const secret = objects[`secrets/${namespace}/${name}`] as { data?: Record<string, string> } | undefined
  if (!secret) return { error: `secrets "${name}" not found` }
  const decoded = Object.entries(secret.data ?? {}).map(([key, value]) => [
    key,
    Buffer.from(value, 'base64').toString('utf8'),
  ])
  return { data: Object.fromEntries(decoded) }
}

function outcomeOf(
  { objects: before, key, now, uidOf }: Situation,
  decision: AnalysisRunDecision,
  calls: readonly AnalysisRunAsk[],
): Outcome {
  const context = { now, uidOf: uidOf ?? ((created: string) => created) }
  const changed = decision.changes.reduce((objects, change) => applied(objects, change, context), before)
  const printedCalls = calls
    .filter((call) => call.kind === 'measure')
    .map(({ operation, metric, limit }) => ({
      op: operation,
      metric: metric.name,
      provider: operation === 'run' ? metric.provider : undefined,
      limit,
    }))
    .sort((a, b) => (a.metric < b.metric ? -1 : a.metric > b.metric ? 1 : 0))
  return {
    objects: applyStatus(changed, key, decision.status),
    events: decision.events.map(({ object, ...event }) => ({
      object: objectKey(object.kind, object.namespace, object.name),
      ...event,
    })),
    requeueAfterSeconds: decision.requeueAfterSeconds,
    requeueSoon: decision.requeueSoon,
    error: decision.error?.message,
    asks: printedCalls,
  }
}
