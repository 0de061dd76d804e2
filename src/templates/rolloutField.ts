import { rolloutShape } from '../kube/types/rolloutShape'
import { throughTypes } from '../kube/types/throughTypes'
import { isJsonObject } from '../model/json'
import type { Rollout } from '../model/rollout'

export type FieldReading = { readonly value: string } | { readonly error: string }

/**
 * The value of a field reference in a Rollout, as text (behaviour 4.2). The path consists of names and list indices,
 * separated by `.`, `[` and `]`; it is resolved in the Rollout as the controller prints it, without empty fields
 * (`paused: false`). Numbers read as Go's `%v`: a million is `1e+06`.
 *
 * Errors, with upstream's text: `invalid index 'x'`, `index 2 out of range`, `invalid path p in rollout`, `path p in
 * rollout must terminate in a primitive value`.
 */
export function rolloutField(rollout: Rollout, path: string): FieldReading {
  let current: unknown = asPrinted(rollout)
  for (const section of path.split(/[.[\]]+/)) {
    if (section === '') continue
    if (Array.isArray(current)) {
      const index = /^[+-]?\d+$/.test(section) ? Number(section) : undefined
      if (index === undefined || Math.abs(index) >= 2 ** 63) return { error: `invalid index '${section}'` }
      // A negative index crashes the upstream controller.
      if (index >= current.length || index < 0) return { error: `index ${BigInt(section)} out of range` }
      current = current[index]
    } else if (isJsonObject(current)) {
      current = Object.hasOwn(current, section) ? current[section] : undefined
    } else return { error: `invalid path ${path} in rollout` }
  }
  if (current === undefined || current === null) return { error: `invalid path ${path} in rollout` }
  if (typeof current === 'object') return { error: `path ${path} in rollout must terminate in a primitive value` }
  return { value: typeof current === 'number' ? goFloat(current) : String(current) }
}

/** A template that comes from `workloadRef` is never printed (behaviour 1.1, "Marshalling"). */
function asPrinted(rollout: Rollout): unknown {
  const printed = throughTypes<{ readonly spec: Readonly<Record<string, unknown>> }>(rolloutShape, rollout)
  if (!isJsonObject(printed.spec.workloadRef)) return printed
  const { template: _template, ...spec } = printed.spec
  return { ...printed, spec }
}

/** `%v` of a float64: the shortest digits, with an exponent below 1e-4 and from 1e6 on. */
function goFloat(value: number): string {
  const [mantissa = '', exponentText = ''] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (exponent >= -4 && exponent < 6) return String(value)
  const digits = String(Math.abs(exponent)).padStart(2, '0')
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`
}
