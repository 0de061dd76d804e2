import type { CommandPlan, CommandRequest } from './plan'
import { takePlan, takeReplies } from './wellFormed'

/** What the API server said to a request. */
export interface Reply {
  /** Why it refused, as Kubernetes names it: `NotFound`, `Conflict`, `Forbidden`; absent: it did as asked. */
  readonly reason?: string
  readonly message?: string
}

/** What comes next of a command. */
export type NextRequest =
  | { readonly request: CommandRequest }
  /** Everything is done. */
  | { readonly done: true }
  /** The API server's refusal ends the command; what was done before stands. */
  | { readonly failed: string }

/**
 * What a plan asks next, after so many replies: the host sends it, puts the reply at the end, and asks again. Where the
 * status turns out to be no subresource, the plan goes on with the patches that do without it.
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
