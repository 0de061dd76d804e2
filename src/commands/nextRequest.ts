import type { CommandPlan, CommandRequest } from './plan'
import { takePlan, takeReplies } from './wellFormed'

/** The API server's answer to a request. */
export interface Reply {
  /** Kubernetes' reason of a refusal: `NotFound`, `Conflict`, `Forbidden`; absent: the request succeeded. */
  readonly reason?: string
  readonly message?: string
}

/** The next action of a command. */
export type NextRequest =
  | { readonly request: CommandRequest }
  /** Everything is done. */
  | { readonly done: true }
  /** The API server's refusal ends the command; earlier requests remain in effect. */
  | { readonly failed: string }

/**
 * The next request of a plan after the replies so far: the host sends it, appends the reply, and calls this again. If
 * the status is not a subresource, the plan continues with patches of the object.
 *
 * @example
 * import { abort, nextRequest } from 'rollout-engine/commands'
 * const plan = abort({ metadata: { name: 'web' } })
 * nextRequest(plan, []) // => { request: plan.requests[0]! }
 * nextRequest(plan, [{}]) // => { done: true }
 * nextRequest(plan, [{ reason: 'NotFound', message: 'rollouts.argoproj.io "web" not found' }]) // => { request: plan.withoutStatusSubresource![0]! }
 * nextRequest(plan, [{ reason: 'Forbidden', message: 'not allowed' }]) // => { failed: 'not allowed' }
 */
export function nextRequest(plan: CommandPlan, answered: readonly Reply[]): NextRequest {
  const { requests, withoutStatusSubresource, refused } = takePlan(plan)
  const replies = takeReplies(answered)
  if (refused !== undefined) return { failed: refused }
  const [first] = replies
  const goesOtherwise = first?.reason === 'NotFound' && withoutStatusSubresource !== undefined
  const all = goesOtherwise ? [...requests.slice(0, 1), ...withoutStatusSubresource] : requests
  const failed = replies.find(({ reason }, at) => reason !== undefined && !(goesOtherwise && at === 0))
  if (failed) return { failed: failed.message ?? failed.reason ?? '' }
  const request = all[replies.length]
  return request ? { request } : { done: true }
}
