import { parseCondition } from '../../expr/condition'
import { knownConditions } from '../conditions'
import { metricRule } from '../rule'

export const conditionWithoutResult = metricRule(
  {
    id: 'condition-without-result',
    severity: 'warning',
    summary: 'a condition that does not mention the result',
    why: 'A condition that does not mention `result` has the same value for every measurement: the metric always passes or always fails.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/analysis/',
  },
  function* (metric, template) {
    for (const { field, text } of knownConditions(metric, template)) {
      if (/\bresult\b/.test(text) || /\bnow\s*\(/.test(text) || parseCondition(text).issues.length > 0) continue
      yield { path: [field], message: `${text} is the same for every measurement: nothing is judged` }
    }
  },
)
