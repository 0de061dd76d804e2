import { metricRule } from '../rule'

export const conditionsContradict = metricRule(
  {
    id: 'conditions-contradict',
    severity: 'warning',
    summary: 'the same condition for success and failure',
    why: 'With the same text for success and failure no measurement is Successful: if the condition holds, failure wins; if it does not, the measurement is Inconclusive.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/analysis/',
  },
  function* (metric) {
    const { successCondition = '', failureCondition = '' } = metric
    if (successCondition.trim() === '' || successCondition.trim() !== failureCondition.trim()) return
    yield { path: ['failureCondition'], message: 'the same as successCondition: no measurement can be Successful' }
  },
)
