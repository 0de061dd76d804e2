import type { AnalysisRunDecision } from '../../src/analysis/observation'
import { reconcileAnalysisRun } from '../../src/analysis/reconcileAnalysisRun'
import type { AnalysisRun, AnalysisRunSpec, Metric } from '../../src/model/analysis'
import type { AnalysisRunAsk, MeasureAnswer, SecretAnswer } from '../../src/model/ask'
import { ownValue } from '../../src/model/json'
import { formatTime, parseTime } from '../../src/model/time'
import { deepFreeze } from '../properties/recorded'

export const start = '2030-01-01T00:00:00Z'

/** So many seconds after the start. */
export const at = (seconds: number): string => formatTime((parseTime(start) ?? 0) + seconds)

export const metric = (name: string, more: Partial<Metric> = {}): Metric => ({
  name,
  provider: { prometheus: { address: 'http://prometheus.example', query: 'up' } },
  ...more,
})

export const runOf = (spec: AnalysisRunSpec): AnalysisRun => ({
  metadata: { name: 'verdict', namespace: 'shop', uid: 'u1' },
  spec,
})

export type Answering = (ask: AnalysisRunAsk) => SecretAnswer | MeasureAnswer

/** A measurement that began and ended now. */
export const measured = (phase: MeasurePhase, now: string, message?: string): MeasureAnswer => ({
  measurement: { phase, startedAt: now, finishedAt: now, ...(message ? { message } : {}) },
})

type MeasurePhase = 'Successful' | 'Failed' | 'Error' | 'Inconclusive'

export interface Finished extends AnalysisRunDecision {
  /** What was asked on the way, as `run latency`. */
  readonly asked: readonly string[]
  /** The run with the decision's status. */
  readonly next: AnalysisRun
}

/** One reconcile of a host: asks are answered until there are none. Everything the reducer sees is frozen. */
export function reconcile(analysisRun: AnalysisRun, now: string, answer: Answering): Finished {
  const replies: Record<string, SecretAnswer | MeasureAnswer> = {}
  const asked: string[] = []
  for (let round = 0; round < 5; round++) {
    const decision = reconcileAnalysisRun(deepFreeze({ now, analysisRun, answers: { replies: { ...replies } } }))
    if (decision.asks.length === 0) return { ...decision, asked, next: { ...analysisRun, status: decision.status } }
    for (const ask of decision.asks) {
      asked.push(ask.kind === 'secret' ? `secret ${ask.name}` : `${ask.operation} ${ask.metric.name}`)
      replies[ask.key] = answer(ask)
    }
  }
  throw new Error('the reducer does not stop asking')
}

/** Reconciles at each of the seconds; the n-th measurement of a metric has the n-th phase, the last one repeats. */
export function play(
  analysisRun: AnalysisRun,
  seconds: readonly number[],
  phases: Readonly<Record<string, readonly MeasurePhase[]>>,
): readonly Finished[] {
  const taken = new Map<string, number>()
  let run = analysisRun
  return seconds.map((second) => {
    const finished = reconcile(run, at(second), (ask) => {
      if (ask.kind === 'secret' || ask.operation === 'garbageCollect') return {}
      const series = ownValue(phases, ask.metric.name) ?? []
      const index = taken.get(ask.metric.name) ?? 0
      taken.set(ask.metric.name, index + 1)
      return measured(series[Math.min(index, series.length - 1)] ?? 'Error', at(second))
    })
    run = finished.next
    return finished
  })
}

export const messages = ({ events }: Pick<AnalysisRunDecision, 'events'>): readonly string[] =>
  events.map(({ type, reason, message }) => `${type} ${reason}: ${message}`)
