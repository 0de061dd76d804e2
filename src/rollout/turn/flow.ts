/** The result of a stage: continue with the next, end the reconcile, or end it with an error. */
export type Flow = 'continue' | 'done' | Problem

export interface Problem {
  readonly error: string
  readonly code?: string
  /** The field of the Rollout that leads to it. */
  readonly path: string
  /** The controller drops "not found" errors instead of retrying. */
  readonly forgotten?: boolean
}

export const isProblem = (flow: unknown): flow is Problem =>
  typeof flow === 'object' && flow !== null && 'error' in flow
