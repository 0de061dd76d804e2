import type { ProviderContext } from '../../src/metrics/exchange/context'

/** Stand-in until the condition language is there. */
export const conditions: Pick<ProviderContext, 'evaluate' | 'evaluateTime'> = {
  evaluate: (_result, metric) =>
    metric.successCondition || metric.failureCondition
      ? { phase: 'Error', error: 'no conditions yet' }
      : { phase: 'Successful' },
  evaluateTime: (expression, now) => (expression === 'now()' ? { time: now } : { error: 'no conditions yet' }),
}
