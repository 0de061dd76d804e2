import { impossibility, knownConditions } from '../conditions'
import { metricRule } from '../rule'

export const conditionType = metricRule(
  {
    id: 'condition-type',
    severity: 'error',
    summary: 'a condition that ends in an error with every value of its provider',
    why: 'A condition that does not fit what the provider brings ends every measurement in an error: a Prometheus query brings a list, so the number is `result[0]`.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/363',
  },
  function* (metric, template, { controller }) {
    for (const { field, text } of knownConditions(metric, template)) {
      const problem = impossibility(metric, text, controller)
      if (problem !== undefined) yield { path: [field], message: `every measurement is an error: ${problem}` }
    }
  },
)
