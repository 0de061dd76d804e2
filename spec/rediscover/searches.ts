import type { Start } from './found'

/**
 * The searches that find the rows of the page, each a cold start: the first Rollout comes from the seed, and what a run
 * reaches decides about the next ones. They were chosen among those of an open search (`--search`), because together
 * they meet every row that one of them met; each ends once it has met its own.
 */
export const searches: readonly Start[] = [
  { controller: 'v1.7', seed: 600000, rows: [3, 4, 6, 11, 16, 17, 19, 23, 25, 26, 28, 29, 30, 31, 33, 34] },
  { controller: 'v1.9', seed: 300000, rows: [13, 14, 15] },
]

/** How they were chosen, for the page. */
export const chosen: readonly string[] = []
