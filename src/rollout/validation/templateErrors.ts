import type { FieldError } from '../../model/fieldError'
import type { Rollout } from '../../model/rollout'

/** What Kubernetes finds wrong with the pod template. */
export function* templateErrors({ spec: { template } }: Rollout): Generator<FieldError> {
  const containers = template?.spec?.containers
  if (Array.isArray(containers) && containers.length > 0) return
  yield { code: 'required', path: 'spec.template.spec.containers', body: 'Required value' }
}
