import { effectiveCount } from '../../templates/effectiveCount'
import { metricRule } from '../rule'

export const countZero = metricRule(
  {
    id: 'count-zero',
    severity: 'warning',
    summary: 'count: 0, which means no count',
    why: '`count: 0` is the same as no count: a metric with an interval is measured for ever, one without an interval once.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/analysis/',
  },
  function* (metric) {
    if (metric.count !== 0 && metric.count !== '0') return
    const means = effectiveCount(metric) === undefined ? 'measured for ever' : 'measured once'
    yield {
      path: ['count'],
      message: `0 counts as no count: the metric is ${means}`,
      fix: { op: 'remove', path: ['count'] },
    }
  },
)
