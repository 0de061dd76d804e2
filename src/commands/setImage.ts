import { isJsonObject, isWalkableList } from '../model/json'
import type { KubeObject } from '../model/meta'
import type { CommandResult, JsonPatchOperation } from './plan'
import { targetOf } from './planFor'
import { takeNamed, takeObject } from './wellFormed'

/**
 * How often upstream's command line reads the object again and retries after a conflict.
 *
 * @example
 * import { setImageAttempts } from 'rollout-engine/commands'
 * setImageAttempts // => 5
 */
export const setImageAttempts = 5

const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const

/**
 * Changes the image of the containers called `container`, or of all with `*`, in the pod template of a Rollout, or of
 * the Deployment that its `workloadRef` names: `holder` is the one of the two that has the template (`templateHolder`).
 * The whole object is written, so the API server refuses it if it was changed in the meantime; `patch` has only the
 * changes.
 *
 * Source: behaviour 8, `set image`.
 *
 * @example
 * import { setImage } from 'rollout-engine/commands'
 * const spec = { template: { spec: { containers: [{ name: 'app', image: 'web:1' }, { name: 'proxy', image: 'envoy:1' }] } } }
 * const plan = setImage({ kind: 'Rollout', metadata: { name: 'web' }, spec }, 'app', 'web:2')
 * const [request] = 'requests' in plan ? plan.requests : []
 * request?.verb === 'update' && request.patch
 * // => [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'web:2' }]
 */
export function setImage(given: KubeObject, container: string, image: string): CommandResult {
  if (typeof container !== 'string' || typeof image !== 'string')
    return { refused: 'container and image have to be texts' }
  const holder = takeObject(given)
  const named = takeNamed(given)
  const template = fieldOf(fieldOf(holder, 'spec'), 'template')
  const podSpec = fieldOf(template, 'spec')
  const operations: JsonPatchOperation[] = []
  const changed: Record<string, readonly unknown[]> = {}
  for (const list of lists) {
    const containers = podSpec?.[list]
    if (containers === undefined || containers === null) continue
    if (!isWalkableList(containers)) return { refused: `spec.template.spec.${list} is no list` }
    const isMeant = (one: unknown): boolean =>
      container === '*' || (isJsonObject(one) && (typeof one.name === 'string' ? one.name : '') === container)
    if (!containers.some(isMeant)) continue
    changed[list] = containers.map((one: unknown, index) => {
      if (!isMeant(one)) return one
      operations.push({ op: 'replace', path: `/spec/template/spec/${list}/${index}/image`, value: image })
      return { ...(one as object), image }
    })
  }
  if (operations.length === 0) return { refused: `unable to find container named "${container}"` }
  const object: KubeObject = {
    ...holder,
    spec: { ...(holder.spec as object), template: { ...template, spec: { ...podSpec, ...changed } } },
  }
  const kind = (holder.kind ?? 'Rollout').toLowerCase()
  return {
    requests: [{ verb: 'update', target: targetOf(`${kind}s`, named), object, patch: operations }],
    message: `${kind} "${named.metadata.name}" image updated\n`,
  }
}

function fieldOf(object: unknown, field: string): Readonly<Record<string, unknown>> | undefined {
  const value = isJsonObject(object) && Object.hasOwn(object, field) ? object[field] : undefined
  return isJsonObject(value) ? value : undefined
}
