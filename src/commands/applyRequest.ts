import { applyMergePatch } from '../kube/mergePatch'
import { givenObject, givenText } from '../model/given'
import { isJsonObject, isWalkableList } from '../model/json'
import type { KubeObject } from '../model/meta'
import { sameJson } from '../model/sameJson'
import type { CommandRequest, JsonPatchOperation, PatchRequest } from './plan'
import { takeObject, takeRequest } from './wellFormed'

/**
 * The object after a request, as the API server would keep it: the generation increases if anything but metadata and
 * status changed. A JSON patch with a missing path is refused with the API server's text.
 *
 * @example
 * import { applyRequest, pause } from 'rollout-engine/commands'
 * const rollout = { kind: 'Rollout', metadata: { name: 'web', generation: 4 }, spec: {} }
 * const [request] = pause(rollout).requests
 * request && applyRequest(rollout, request) // => { object: { kind: 'Rollout', metadata: { name: 'web', generation: 5 }, spec: { paused: true } } }
 */
export function applyRequest(
  given: KubeObject,
  asked: CommandRequest,
): { readonly object: KubeObject } | { readonly refused: string } {
  const object = takeObject(given)
  const request = takeRequest(asked)
  if (request.verb === 'create') return { object: request.object as unknown as KubeObject }
  const next = request.verb === 'update' ? takeObject(request.object) : patched(object, request)
  if ('refused' in next) return next as { readonly refused: string }
  return { object: counted(object, next as KubeObject) }
}

type Patched = KubeObject | { readonly refused: string }

function patched(object: KubeObject, { patch }: PatchRequest): Patched {
  if (isJsonObject(patch)) return takeObject(applyMergePatch(object, patch))
  if (!isWalkableList(patch)) return { refused: 'the patch is neither an object nor a list of operations' }
  return patch.reduce<Patched>(
    (before, operation) => ('refused' in before ? before : replaced(before as KubeObject, operation)),
    object,
  )
}

function replaced(object: KubeObject, operation: unknown): Patched {
  const { path: pointer, value } = givenObject<JsonPatchOperation>(operation)
  const path = givenText(pointer)
  const missing = { refused: `replace operation does not apply: doc is missing path: ${path}: missing value` }
  const put = (holder: unknown, keys: readonly string[]): unknown => {
    const [key, ...deeper] = keys
    if (key === undefined) return value
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) return undefined
    const inner = put((holder as Readonly<Record<string, unknown>>)[key], deeper)
    if (inner === undefined) return undefined
    if (Array.isArray(holder)) return holder.map((one, at) => (String(at) === key ? inner : one))
    return { ...holder, [key]: inner }
  }
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  const next = put(object, keys)
  return next === undefined ? missing : takeObject(next)
}

/** Status and metadata do not count. */
function counted(before: KubeObject, after: KubeObject): KubeObject {
  const { metadata: _m, status: _s, ...left } = before as KubeObject & { readonly status?: unknown }
  const { metadata, status: _t, ...right } = after as KubeObject & { readonly status?: unknown }
  if (sameJson(left, right)) return after
  return { ...after, metadata: { ...metadata, generation: (before.metadata.generation ?? 0) + 1 } }
}
