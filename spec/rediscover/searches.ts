import type { Start } from './found'

/**
 * The searches that find the rows of the page, each a cold start: the first Rollout comes from the seed, and what a run
 * reaches decides about the next ones. They were chosen among those of an open search (`--search`), because together
 * they meet every row that one of them met; each ends once it has met its own.
 */
export const searches: readonly Start[] = []

/** How they were chosen, for the page. */
export const chosen: readonly string[] = []
