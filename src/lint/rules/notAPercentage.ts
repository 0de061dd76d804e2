import type { FieldPath } from '../../input/places'
import type { IntOrString } from '../../model/meta'
import { blueGreenPath, canaryPath } from '../facts'
import { type Complaint, rolloutRule } from '../rule'

export const notAPercentage = rolloutRule(
  {
    id: 'not-a-percentage',
    severity: 'warning',
    summary: 'a quoted maxSurge or maxUnavailable that is not a percentage',
    why: 'A number of pods is written without quotes. The controller reads a text as a percentage, even without `%`. A text that is not a number counts as 0; with both at 0, a canary without a router gets no pods.',
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
    message: `"${value}" is not a percentage and counts as 0: write a percentage such as 25%, or a number of pods`,
  }
}
