import { evalTime, evaluateResult } from '../expr/condition'
import type { ProviderContext } from './exchange/context'

/**
 * The condition language as providers want it: the two functions of a ProviderContext, `{ metric, run, ...metricConditions }`.
 * Conditions see the clock that they are given, nothing else.
 *
 * @example
 * const context: ProviderContext = {
 *   metric: { name: 'rate', successCondition: 'result > 0.95', provider: { web: { url: 'http://a.example/rate' } } },
 *   run: { metadata: { name: 'run', namespace: 'shop' } },
 *   ...metricConditions,
 * }
 * const pending = request(context, {}, '2030-01-01T00:00:00Z')
 * pending.kind === 'request' && pending.http?.url // => 'http://a.example/rate'
 */
export const metricConditions: Pick<ProviderContext, 'evaluate' | 'evaluateTime'> = {
  evaluate: ({ result, resultType }, { successCondition, failureCondition }, now) =>
    evaluateResult({ result, resultType, successCondition, failureCondition, now }),
  evaluateTime: (expression, now) => {
    const outcome = evalTime(expression, now)
    return 'issue' in outcome ? { error: outcome.issue.message } : outcome
  },
}
