import type { ControllerVersion } from '../../model/controllerVersion'
import type { Rollout, RolloutSpec } from '../../model/rollout'
import { sameJson } from '../../model/sameJson'
import { rolloutShapeOf } from './rolloutShape'
import { throughTypes } from './throughTypes'

export interface PrintOptions {
  readonly controller: ControllerVersion
  /** Then the empty template is printed. */
  readonly isWorkloadUnresolved: boolean
}

/**
 * The spec that an update of the whole Rollout writes, as the controller's types print it: fields that say nothing
 * (`paused: false`) and unknown ones vanish, others appear (`resources: {}`), and that is a new generation. What
 * `workloadRef` filled in is not printed. The observed spec itself if nothing changes.
 */
export function printedSpec({ spec }: Rollout, { controller, isWorkloadUnresolved }: PrintOptions): RolloutSpec {
  const printed = withoutNull(throughTypes<{ readonly spec: RolloutSpec }>(rolloutShapeOf(controller), { spec }).spec)
  const { template: _template, ...rest } = printed as RolloutSpec
  const written = spec.workloadRef && !isWorkloadUnresolved ? rest : printed
  return sameJson(withoutNull(spec), written) ? spec : (written as RolloutSpec)
}

/** An API server keeps no nulls. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, member]) => member !== null && member !== undefined)
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutNull(member)]))
}
