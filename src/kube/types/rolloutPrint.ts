import type { ControllerVersion } from '../../model/controllerVersion'
import { hasAnEnd } from '../../model/json'
import type { Rollout, RolloutSpec } from '../../model/rollout'
import { sameJson } from '../../model/sameJson'
import { printsAsItself } from './printsAsItself'
import { rolloutShapeOf } from './rolloutShape'
import type { Shape } from './shape'
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
  const known = printedSpecs.get(spec)
  if (known?.controller === controller && known.isWorkloadUnresolved === isWorkloadUnresolved) return known.printed
  const printed = print(spec, { controller, isWorkloadUnresolved })
  printedSpecs.set(spec, { controller, isWorkloadUnresolved, printed })
  return printed
}

/** Specs are immutable values: each is printed once, not with every new revision. */
const printedSpecs = new WeakMap<RolloutSpec, PrintOptions & { readonly printed: RolloutSpec }>()

function print(spec: RolloutSpec, options: PrintOptions): RolloutSpec {
  return !spec.workloadRef && stays(spec, options.controller) ? spec : printThroughTypes(spec, options)
}

/** By shape, which never changes. */
const checks = new WeakMap<Shape, (spec: unknown) => boolean>()

function stays(spec: RolloutSpec, controller: ControllerVersion): boolean {
  const shape = rolloutShapeOf(controller)
  const check = checks.get(shape) ?? printsAsItself(shape, 'RolloutSpec')
  checks.set(shape, check)
  return check(spec)
}

/** The same by printing the spec, also where that changes nothing. */
export function printThroughTypes(spec: RolloutSpec, { controller, isWorkloadUnresolved }: PrintOptions): RolloutSpec {
  const printed = withoutNull(throughTypes<{ readonly spec: RolloutSpec }>(rolloutShapeOf(controller), { spec }).spec)
  const { template: _template, ...rest } = printed as RolloutSpec
  const written = spec.workloadRef && !isWorkloadUnresolved ? rest : printed
  // A field that no type knows may hold itself.
  return hasAnEnd(spec) && sameJson(withoutNull(spec), written) ? spec : (written as RolloutSpec)
}

/** An API server keeps no nulls. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return withoutNullItems(value)
  if (typeof value !== 'object' || value === null) return value
  const record = value as Readonly<Record<string, unknown>>
  let copy: Record<string, unknown> | undefined
  for (const key of Object.keys(record)) {
    const member = record[key]
    const kept = withoutNull(member)
    if (kept === member && member !== null && member !== undefined) continue
    copy ??= Object.fromEntries(Object.entries(record))
    if (member === null || member === undefined) delete copy[key]
    else copy[key] = kept
  }
  return copy ?? record
}

function withoutNullItems(list: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined
  for (let i = 0; i < list.length; i++) {
    const kept = withoutNull(list[i])
    if (kept === list[i]) continue
    copy ??= [...list]
    copy[i] = kept
  }
  return copy ?? list
}
