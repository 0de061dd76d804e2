/** Some runs: a job of the queue. */
export interface Batch {
  readonly firstSeed: number
  readonly runs: number
}

export const queueName = 'sweep'

/** A batch whose worker was not heard of for so long goes to another one. */
export const lockMilliseconds = 4000

/** Workers wait for Redis as long as it takes. */
export const connectionTo = (socket: string) => ({ path: socket, maxRetriesPerRequest: null })
