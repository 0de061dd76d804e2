import { evalTime, evaluateResult } from '../../src/analysis/condition/condition'
import type { ProviderContext } from '../../src/metrics/exchange/context'

/** The condition language, as providers want it. */
export const conditions: Pick<ProviderContext, 'evaluate' | 'evaluateTime'> = {
  evaluate: ({ result, resultType }, { successCondition, failureCondition }, now) =>
    evaluateResult({ result, resultType, successCondition, failureCondition, now }),
  evaluateTime: (expression, now) => {
    const outcome = evalTime(expression, now)
    return 'issue' in outcome ? { error: outcome.issue.message } : outcome
  },
}
