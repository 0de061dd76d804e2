import { isJsonObject } from '../../model/json'
import type { KubeObject } from '../../model/meta'

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
export function withoutIdleFields(rollout: KubeObject): KubeObject {
  const spec = idleFields.reduce<unknown>((current, path) => withoutIdle(current, path), rollout.spec)
  return spec === rollout.spec ? rollout : { ...rollout, spec }
}

function withoutIdle(value: unknown, [field, ...below]: readonly string[]): unknown {
  if (field === undefined || !isJsonObject(value) || value[field] === undefined) return value
  const { [field]: inner, ...others } = value
  if (below.length === 0) return inner === false || inner === 0 || inner === '' ? others : value
  const next = withoutIdle(inner, below)
  return next === inner ? value : { ...value, [field]: next }
}
