import type { JsonValue } from '../model/json'
import type { CommandPlan, Named, PatchRequest, TargetRef } from './plan'
import { takeNamed } from './wellFormed'

export const targetOf = (resource: string, { metadata }: Named): TargetRef => ({
  resource,
  namespace: metadata.namespace ?? 'default',
  name: metadata.name,
})

/** What a command does to a named object; nothing can be asked of the API server about one without a name. */
export function planFor(resource: string, object: unknown, plan: (target: TargetRef) => CommandPlan): CommandPlan {
  const target = targetOf(resource, takeNamed(object))
  return target.name === '' ? { requests: [], message: `${nameless}\n` } : plan(target)
}

const nameless = 'nothing is asked of the API server: the object has no metadata.name'

/** A merge patch of an object, or of its status. */
export const mergeRequest = (
  target: TargetRef,
  patch: Readonly<Record<string, JsonValue>>,
  subresource?: 'status',
): PatchRequest => ({ verb: 'patch', target, ...(subresource && { subresource }), patchType: 'merge', patch })
