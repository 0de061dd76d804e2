/** Random runs of a check. */
export const mostRuns = 1_000_000

/** What takes longer never ends. */
export const mostReconciles = 20_000

/** Reconciles of an exhaustive check, for each state that it may reach: eleven ways go on from one. */
export const mostReconcilesForState = 500
