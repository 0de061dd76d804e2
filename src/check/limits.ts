/** Random runs of a check. */
export const mostRuns = 1_000_000

/** What takes longer never ends. */
export const mostReconciles = 20_000

/** Reconciles of all ways of an exhaustive check together, for each state that may be reached: eleven ways go on from one. */
export const mostReconcilesForState = 500
