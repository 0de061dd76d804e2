/** Random runs of a check. */
export const mostRuns = 1_000_000

/** What takes longer never ends. */
export const mostReconciles = 20_000
