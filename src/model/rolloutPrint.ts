import { isJsonObject } from './json'

// Fields of a Rollout's spec whose zero value the controller's types do not print.
const idleFields: readonly (readonly string[])[] = [
  ['paused'],
  ['minReadySeconds'],
  ['progressDeadlineAbort'],
  ['strategy', 'canary', 'dynamicStableScale'],
  ['strategy', 'canary', 'canaryService'],
  ['strategy', 'canary', 'stableService'],
  ['strategy', 'blueGreen', 'autoPromotionSeconds'],
  ['strategy', 'blueGreen', 'previewService'],
]

/** A Rollout without fields that say nothing (`paused: false`); the same object where there are none. */
export function withoutIdleFields<T extends { readonly metadata: unknown }>(rollout: T): T {
  const { spec } = rollout as { readonly spec?: unknown }
  const printed = idleFields.reduce<unknown>((current, path) => withoutIdle(current, path), spec)
  return printed === spec ? rollout : { ...rollout, spec: printed }
}

function withoutIdle(value: unknown, [field, ...below]: readonly string[]): unknown {
  if (field === undefined || !isJsonObject(value) || value[field] === undefined) return value
  const { [field]: inner, ...others } = value
  if (below.length === 0) return inner === false || inner === 0 || inner === '' ? others : value
  const next = withoutIdle(inner, below)
  return next === inner ? value : { ...value, [field]: next }
}
