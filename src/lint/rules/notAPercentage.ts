import type { FieldPath } from '../../input/places'
import type { IntOrString } from '../../model/meta'
import { blueGreenPath, canaryPath } from '../facts'
import { type Complaint, rolloutRule } from '../rule'

export const notAPercentage = rolloutRule(
  {
    id: 'not-a-percentage',
    severity: 'warning',
    summary: 'a maxSurge or maxUnavailable in quotes that is no percentage',
    why: 'A number of pods stands without quotes. A text is always a percentage to the controller, also without `%`, and a text that is no number makes 0 of both: no pod more and no pod less, so a canary without a router gets no pods.',
    thread: 'https://argo-rollouts.readthedocs.io/en/stable/features/specification/',
  },
  function* (rollout) {
    const { canary, blueGreen } = rollout.spec.strategy ?? {}
    yield* complaintsOf([...canaryPath, 'maxSurge'], canary?.maxSurge)
    yield* complaintsOf([...canaryPath, 'maxUnavailable'], canary?.maxUnavailable)
    yield* complaintsOf([...blueGreenPath, 'maxUnavailable'], blueGreen?.maxUnavailable)
  },
)

function* complaintsOf(path: FieldPath, value: IntOrString | undefined): Generator<Complaint> {
  if (typeof value !== 'string' || /^\d+%$/.test(value)) return
  if (/^\d+$/.test(value)) {
    const message = `"${value}" counts as ${value} %: write ${value}% if that is meant, or the number of pods without quotes`
    yield { path, message }
    return
  }
  if (/^[+-]?\d+$/.test(value.replaceAll('%', ''))) return
  yield {
    path,
    message: `"${value}" is no percentage and counts as 0: write a percentage such as 25%, or a number of pods`,
  }
}
