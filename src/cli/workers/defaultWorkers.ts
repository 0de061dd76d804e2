import { availableParallelism } from 'node:os'

/**
 * One thread for each processor but one, which compiles and collects garbage for the others: two threads on two
 * processors take longer than one for up to 2,000 runs of a check.
 */
export const defaultWorkers = (): number => Math.max(1, availableParallelism() - 1)
