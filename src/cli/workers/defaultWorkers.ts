import { availableParallelism } from 'node:os'

/**
 * One thread for each processor but one, which compiles and collects garbage for the others: on two processors two
 * threads took longer than one for 1,000 runs of a check, and as long for 2,000.
 */
export const defaultWorkers = (): number => Math.max(1, availableParallelism() - 1)
