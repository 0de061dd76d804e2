import type { ControllerVersion } from '../../model/controllerVersion'
import { givenNumber } from '../../model/given'
import { printShape, writerOf } from '../types/printShape'
import { nothing } from '../types/sink'
import { typeTablesOf } from '../types/typeTables'
import { fnv32a, fnv32aOf } from './fnv32a'
import { encodedHash } from './safeEncode'

/**
 * The text that is hashed: the template after a way through Kubernetes' types. Unknown fields are gone, quantities
 * canonical, nothing defaulted. Takes any value and never throws for data; what the types refuse counts as missing.
 */
export function podTemplateJson(template: unknown, controller?: ControllerVersion): string {
  return printShape(typeTablesOf(controller).podTemplate, template)
}

/**
 * The `rollouts-pod-template-hash` of a pod template, which names the ReplicaSet (behaviour 3.3 "Hash").
 * `collisionCount` is `status.collisionCount`, an int32; null and undefined add nothing, 0 does. `controller` says
 * whose hash it is: v1.7 and v1.8 have other ones than v1.9 and later, because they print the template through older
 * types.
 *
 * `podTemplateHash({}) === '658c46c486'`
 *
 * @example
 * import { podTemplateHash } from 'rollout-engine'
 * const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
 * podTemplateHash(template) // => 'cb5d95cc5'
 * podTemplateHash(template, 1) === podTemplateHash(template) // => false
 * podTemplateHash(template, undefined, 'v1.8') // => '747b59b5cf'
 */
export function podTemplateHash(
  template: unknown,
  collisionCount?: number | null,
  controller?: ControllerVersion,
): string {
  const print = writerOf(typeTablesOf(controller).podTemplate)
  const hash = fnv32aOf((sink) => print(template, nothing, sink), collisionBytes(givenNumber(collisionCount)))
  return encodedHash(hash)
}

/** The hash of a template that is printed already. */
export const hashOfJson = (json: string, collisionCount?: number | null): string =>
  encodedHash(fnv32a(json, collisionBytes(collisionCount)))

/** Eight bytes, of which only the first four are ever used: little endian. */
function collisionBytes(count: number | null | undefined): readonly number[] {
  if (count === undefined || count === null) return []
  return [count, count >> 8, count >> 16, count >> 24, 0, 0, 0, 0]
}
