import { failureWithoutData, knownConditions } from '../conditions'
import { metricRule } from '../rule'

export const conditionFailsWithoutData = metricRule(
  {
    id: 'condition-fails-without-data',
    severity: 'note',
    summary: 'a condition that ends in an error when the query finds no data',
    why: 'A query without traffic finds nothing. The condition is then an error, and five errors in a row (with the default limit of 4) end the analysis with phase Error.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/1466',
  },
  function* (metric, template) {
    for (const { field, text } of knownConditions(metric, template)) {
      const problem = failureWithoutData(metric, text)
      if (problem === undefined) continue
      const [reason = ''] = problem.split('\n')
      yield {
        path: [field],
        message: `without data the measurement is an error (${reason}): ask for len(result) first, if no data is no problem`,
      }
    }
  },
)
