import { evalTime, evaluateResult } from '../expr/condition'
import type { Metric } from '../model/analysis'
import type { ControllerVersion } from '../model/controllerVersion'
import { givenObject } from '../model/given'
import type { ProviderContext } from './exchange/context'
import type { Found } from './providers/found'

type Conditions = Pick<ProviderContext, 'evaluate' | 'evaluateTime'>

/**
 * The condition language as providers want it: the two functions of a ProviderContext, `{ metric, run,
 * ...metricConditions }`. Conditions see only the clock that they get.
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
export const metricConditions: Conditions = conditionsOf(undefined)

/**
 * The same in the language of a controller's version: v1.7 to v1.9 have an older one. Without a version the newest
 * release's.
 *
 * @example
 * import { metricConditionsOf } from 'rollout-engine/metrics'
 * const { evaluate } = metricConditionsOf('v1.9')
 * const metric = { name: 'hosts', successCondition: 'len(uniq(result)) > 1', provider: {} }
 * evaluate({ result: [1, 2], resultType: '[]float64' }, metric, '2030-01-01T00:00:00Z').error // => 'unknown name uniq'
 */
export const metricConditionsOf = (controller: ControllerVersion): Conditions => conditionsOf(controller)

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function conditionsOf(controller: ControllerVersion | undefined): Conditions {
  return {
    evaluate: (found, metric, now) => {
      const { result, resultType } = givenObject<Partial<Found>>(found)
      const { successCondition, failureCondition } = givenObject<Partial<Metric>>(metric)
      return evaluateResult({
        result,
        resultType,
        successCondition: textOf(successCondition),
        failureCondition: textOf(failureCondition),
        now,
        controller,
      })
    },
    evaluateTime: (expression, now) => {
      const outcome = evalTime(expression, now, controller)
      return 'issue' in outcome ? { error: outcome.issue.message } : outcome
    },
  }
}
