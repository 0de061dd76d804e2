import { metricRule } from '../rule'

export const conditionsContradict = metricRule(
  {
    id: 'conditions-contradict',
    severity: 'warning',
    summary: 'two conditions that are one',
    why: 'With the same text for success and failure a measurement is never Successful: failure wins where both hold, and where none holds it is Inconclusive.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/analysis/',
  },
  function* (metric) {
    const { successCondition = '', failureCondition = '' } = metric
    if (successCondition.trim() === '' || successCondition.trim() !== failureCondition.trim()) return
    yield { path: ['failureCondition'], message: 'it is the successCondition: no measurement can be Successful' }
  },
)
