import type { CodedFieldError } from '../../kube/fieldErrorBody'
import { labelSelector } from '../../kube/labels'
import type { Spot } from '../../kube/rule'

/**
 * Kubernetes' errors about a label selector (behaviour 2.1, rule 3). Go iterates over the labels in random order, we
 * sort by key.
 */
export function selectorErrors(selector: unknown, path: string): readonly CodedFieldError[] {
  const spot: Spot = { value: selector, path, errors: [] }
  labelSelector(spot)
  return spot.errors.map(({ path, body }) => ({ code: 'invalid-selector', path, body }))
}
