import type { HttpAnswer, ProviderAnswer, ProviderAsk } from '../../src/metrics/exchange/ask'
import type {
  ProviderContext,
  ProviderOperation,
  ProviderOutcome,
  TypedResult,
} from '../../src/metrics/exchange/context'
import { continueExchange, startExchange } from '../../src/metrics/exchange/exchange'
import type { Metric } from '../../src/model/analysis'

export const noon = '2030-01-01T12:00:00Z'

/** A context whose conditions say `Successful`, and which remembers the results that it was asked about. */
export function contextOf(
  provider: Metric['provider'],
  more: Partial<ProviderContext> = {},
): ProviderContext & { readonly judged: TypedResult[] } {
  const judged: TypedResult[] = []
  return {
    metric: { name: 'success-rate', provider },
    run: { metadata: { name: 'run', namespace: 'shop', uid: '11111111-2222-3333-4444-555555555555' } },
    evaluate: (result) => {
      judged.push(result)
      return { phase: 'Successful' }
    },
    evaluateTime: (_expression, now) => ({ time: now }),
    judged,
    ...more,
  }
}

export const ok = (body: unknown, status = 200): HttpAnswer => ({
  kind: 'http',
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

export const secret = (data: Record<string, string>): ProviderAnswer => ({ kind: 'secret', data })
export const environment = (values: Record<string, string> = {}): ProviderAnswer => ({ kind: 'environment', values })
export const missing: ProviderAnswer = { kind: 'refused', reason: 'NotFound' }

export interface Story {
  readonly asks: readonly ProviderAsk[]
  readonly outcome: ProviderOutcome
}

/** Gives the answers in order, one second apart. Too few or too many answers fail the story. */
export function tell(
  context: ProviderContext,
  answers: readonly ProviderAnswer[],
  operation: ProviderOperation = { op: 'run' },
): Story {
  const asks: ProviderAsk[] = []
  let exchange = startExchange(context, operation, noon)
  for (const [at, answer] of answers.entries()) {
    if (exchange.kind === 'done') throw new Error(`done before answer ${at}: ${JSON.stringify(exchange.outcome)}`)
    asks.push(exchange.ask)
    const now = `2030-01-01T12:00:${String(at + 1).padStart(2, '0')}Z`
    exchange = continueExchange(context, exchange.state, answer, now)
  }
  if (exchange.kind === 'ask') throw new Error(`one more question: ${JSON.stringify(exchange.ask)}`)
  return { asks, outcome: exchange.outcome }
}

export const requests = (story: Story): readonly Extract<ProviderAsk, { kind: 'http' }>['request'][] =>
  story.asks.flatMap((ask) => (ask.kind === 'http' ? [ask.request] : []))
