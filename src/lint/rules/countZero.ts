import { effectiveCount } from '../../templates/effectiveCount'
import { metricRule } from '../rule'

export const countZero = metricRule(
  {
    id: 'count-zero',
    severity: 'warning',
    summary: 'a count of 0, which means for ever',
    why: '`count: 0` is no count: with an interval the metric is measured for ever, without one once.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/analysis/',
  },
  function* (metric) {
    if (metric.count !== 0 && metric.count !== '0') return
    const means = effectiveCount(metric) === undefined ? 'measured for ever' : 'measured once'
    yield { path: ['count'], message: `0 is no count: the metric is ${means}`, fix: { op: 'remove', path: ['count'] } }
  },
)
