import { compileGoRegex } from '../../go/regex'
import { templateRule } from '../rule'

export const dryRunMatchesNothing = templateRule(
  {
    id: 'dry-run-matches-nothing',
    severity: 'error',
    summary: 'a dryRun rule that matches no metric',
    why: 'Each rule of `dryRun` has to match a metric. A run with one that matches none is refused, and the update is aborted.',
    thread: 'https://github.com/argoproj/argo-rollouts/pull/1627',
  },
  function* (template) {
    const names = (template.spec.metrics ?? []).map(({ name }) => name)
    if ((template.spec.templates ?? []).length > 0 || names.length === 0) return
    for (const [index, { metricName }] of (template.spec.dryRun ?? []).entries()) {
      const compiled = compileGoRegex(metricName)
      if (!('regex' in compiled) || names.some((name) => compiled.regex.test(name))) continue
      yield {
        path: ['spec', 'dryRun', index, 'metricName'],
        message: `no metric matches ${metricName}: there are ${names.join(', ')}`,
      }
    }
  },
)
