import type { Experiment } from '../model/experiment'
import { progressDeadlineSeconds } from './phases'

/**
 * The error in the spec, or undefined; while there is an error, nothing else happens (behaviour 2.6). `path` is the
 * field's path; `message` is the controller's.
 */
export function invalidSpec(experiment: Experiment): { readonly path: string; readonly message: string } | undefined {
  const names = new Set<string>()
  for (const [index, template] of (experiment.spec.templates ?? []).entries()) {
    const path = `spec.templates[${index}]`
    const { selector, minReadySeconds, name } = template
    if (!selector) {
      const message = `Rollout has missing field '.Spec.Templates[${index}].Selector'`
      return { path: `${path}.selector`, message }
    }
    if (!selector.matchLabels && !selector.matchExpressions) {
      const message = `This experiment is selecting all pods at index ${index}. A non-empty selector is required.`
      return { path: `${path}.selector`, message }
    }
    if ((minReadySeconds ?? 0) > progressDeadlineSeconds(experiment)) {
      const message = `MinReadySeconds cannot be longer than ProgressDeadlineSeconds. Check template index ${index}`
      return { path: `${path}.minReadySeconds`, message }
    }
    if (!name) {
      const message = `Experiment ${experiment.metadata.name} has empty template name at index ${index}`
      return { path: `${path}.name`, message }
    }
    if (names.has(name)) {
      const message = `Experiment ${experiment.metadata.name} has repeated template name '${name}' in templates`
      return { path: `${path}.name`, message }
    }
    names.add(name)
  }
  return undefined
}
