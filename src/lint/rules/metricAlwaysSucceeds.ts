import { metricRule } from '../rule'

/** These judge by themselves; a web metric without conditions asks whether somebody answers. */
const judges: readonly string[] = ['job', 'kayenta', 'plugin', 'web']

export const metricAlwaysSucceeds = metricRule(
  {
    id: 'metric-always-succeeds',
    severity: 'warning',
    summary: 'a metric without conditions',
    why: 'A metric without conditions is Successful with every value. It fails only if the provider cannot be reached.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/analysis/',
  },
  function* (metric) {
    const field = Object.keys(metric.provider)[0] ?? ''
    const isSet = (text: string | undefined): boolean => (text ?? '').trim() !== ''
    if (judges.includes(field) || isSet(metric.successCondition) || isSet(metric.failureCondition)) return
    yield { path: ['name'], message: `${metric.name} has no condition: every value is Successful` }
  },
)
