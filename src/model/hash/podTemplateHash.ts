import { fnv32a } from './fnv32a'
import type { HashVariant } from './hashVariant'
import { podTemplateShape, podTemplateShapeBefore034 } from './podTemplateShape.generated'
import { printShape } from './printShape'
import { safeEncode } from './safeEncode'
import type { Shape } from './shape'

const shapes: Readonly<Record<HashVariant, Shape>> = {
  'kubernetes-0.34': podTemplateShape,
  'before-kubernetes-0.34': podTemplateShapeBefore034,
}

/**
 * The text that is hashed: the template after a way through Kubernetes' types. Unknown fields are gone, quantities
 * canonical, nothing defaulted. Takes any value and never throws for data; what the types refuse counts as missing.
 */
export function podTemplateJson(template: unknown, variant: HashVariant = 'kubernetes-0.34'): string {
  return printShape(shapes[variant], template)
}

/**
 * The `rollouts-pod-template-hash` of a pod template, which names the ReplicaSet (behaviour 3.3 "Hash").
 * `collisionCount` is `status.collisionCount`, an int32; null and undefined add nothing, 0 does.
 *
 * `podTemplateHash({}) === '658c46c486'`
 *
 * @example
 * import { podTemplateHash } from 'rollout-engine'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * podTemplateHash(template) // => 'cb5d95cc5'
 * podTemplateHash(template, 1) === podTemplateHash(template) // => false
 */
export function podTemplateHash(
  template: unknown,
  collisionCount?: number | null,
  variant: HashVariant = 'kubernetes-0.34',
): string {
  return safeEncode(String(fnv32a(podTemplateJson(template, variant), collisionBytes(collisionCount))))
}

/** Eight bytes, of which only the first four are ever used: little endian. */
function collisionBytes(count: number | null | undefined): readonly number[] {
  if (count === undefined || count === null) return []
  return [count, count >> 8, count >> 16, count >> 24, 0, 0, 0, 0]
}
