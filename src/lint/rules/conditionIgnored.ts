import { metricRule } from '../rule'

export const conditionIgnored = metricRule(
  {
    id: 'condition-ignored',
    severity: 'warning',
    summary: 'a condition on a metric whose provider ignores conditions',
    why: 'A Job is judged by how it ends, Kayenta by its score and thresholds: conditions written there are never evaluated.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/analysis/job/',
  },
  function* (metric) {
    const field = Object.keys(metric.provider)[0] ?? ''
    if (field !== 'job' && field !== 'kayenta') return
    for (const name of ['successCondition', 'failureCondition'] as const) {
      if ((metric[name] ?? '') === '') continue
      const judge = field === 'job' ? 'how the Job ends' : 'its score and thresholds'
      yield {
        path: [name],
        message: `${field} is judged by ${judge}: the condition is ignored`,
        fix: { op: 'remove', path: [name] },
      }
    }
  },
)
