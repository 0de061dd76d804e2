import { type CodedFieldError, fieldErrorText } from '../../kube/fieldErrorBody'
import { type ControllerVersion, ofVersion } from '../../model/controllerVersion'
import type { Issue } from '../../model/issue'
import { mendedPaths } from '../../model/malformed'
import { dialects } from './dialect'
import { missingErrors, referenceErrors, referencesOf } from './references/referenceErrors'
import { specErrors } from './specRules'
import type { ValidationInput } from './validationInput'
import { wellFormed } from './wellFormed'

/** A list of steps may be long, and every step may be wrong. */
const mostIssues = 1000

/**
 * All errors for which the controller would refuse a Rollout, in its order and with its texts; empty if it would accept
 * the Rollout. A reconcile stops at the first error until that is fixed; this is the whole list, to fix everything at
 * once. The Rollout is validated as in its manifest: with `workloadRef`, the workload's template is not checked.
 * References are checked against the given lists: an object that is not in its list does not exist; an absent list is
 * not checked. At most 1,000 issues; malformed data is an issue as well (`malformed`), never a throw.
 *
 * `code` is the stable name of the rule; `path` is upstream's, which leaves the strategy's name out where it judges the
 * spec alone (`spec.strategy.steps[0].setWeight`).
 *
 * `controller`: the version that refuses it, by default the newest release. Each has its own texts and limits.
 *
 * @see behaviour 2; https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 *
 * @example
 * import { validateRollout } from 'rollout-engine'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * const strategy = { canary: { steps: [{ setWeight: 120 }, {}] } }
 * const spec = { selector: { matchLabels: { app: 'web' } }, template, strategy }
 * const issues = validateRollout({ rollout: { metadata: { name: 'web', namespace: 'shop' }, spec } })
 * issues.map(({ code, path }) => `${code} ${path}`)
 * // => ['weight-range spec.strategy.steps[0].setWeight', 'one-step-kind spec.strategy.steps[1]']
 * issues[0]?.message // => 'spec.strategy.steps[0].setWeight: Invalid value: 120: SetWeight needs to be between 0 and 100'
 */
export function validateRollout(input: ValidationInput, controller?: ControllerVersion): readonly Issue[] {
  const given = { ...input, now: '1970-01-01T00:00:00Z', replicaSets: [] }
  const mended = wellFormed(given)
  const issues: Issue[] = mendedPaths(given, mended).map((path) => {
    const message = `${path} does not have the type that the API gives it; it counts as missing`
    return { code: 'malformed', path, message }
  })
  for (const error of allErrors(mended, controller)) {
    if (issues.length >= mostIssues) break
    issues.push({ code: error.code, path: error.path, message: fieldErrorText(error) })
  }
  return issues
}

function* allErrors(
  { rollout, ...input }: ValidationInput,
  controller: ControllerVersion | undefined,
): Generator<CodedFieldError> {
  const surroundings = { ...input, namespace: rollout.metadata.namespace ?? '' }
  const references = referencesOf(rollout, surroundings)
  yield* specErrors(rollout, { isTemplateResolved: false, dialect: ofVersion(dialects, controller) })
  yield* missingErrors(rollout, surroundings, references)
  yield* referenceErrors(rollout, references)
}
