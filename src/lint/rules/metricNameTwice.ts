import { templateRule } from '../rule'

export const metricNameTwice = templateRule(
  {
    id: 'metric-name-twice',
    severity: 'error',
    summary: 'two metrics with the same name',
    why: 'Results are kept by the name of the metric. A run with two metrics of the same name is refused as soon as it starts.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/analysis/',
  },
  function* (template) {
    const seen = new Set<string>()
    for (const [index, { name }] of (template.spec.metrics ?? []).entries()) {
      if (seen.has(name))
        yield { path: ['spec', 'metrics', index, 'name'], message: `another metric is called ${name}` }
      seen.add(name)
    }
  },
)
