import type { IntOrString } from '../../model/meta'
import { metricRule } from '../rule'

/** A number, or a text that is one: arguments are not known. */
const whole = (value: IntOrString | undefined): number | undefined =>
  value !== undefined && /^\d+$/.test(String(value)) ? Number(value) : undefined

const limits = [
  ['failureLimit', 'Failed'],
  ['inconclusiveLimit', 'Inconclusive'],
] as const

export const limitNeverReached = metricRule(
  {
    id: 'limit-never-reached',
    severity: 'warning',
    summary: 'a limit that the count of measurements cannot exceed',
    why: 'A metric fails when it has more failures than `failureLimit`. With no more measurements than that it can never fail. The other limits work the same way.',
    thread: 'https://github.com/argoproj/argo-rollouts/issues/2026',
  },
  function* (metric) {
    const count = whole(metric.count)
    if (count === undefined || count === 0) return
    for (const [field, phase] of limits) {
      const limit = whole(metric[field])
      if (limit === undefined || limit < count) continue
      const all = count === 1 ? '1 measurement never exceeds' : `${count} measurements never exceed`
      yield { path: [field], message: `${all} ${limit}: the metric cannot be ${phase}` }
    }
  },
)
